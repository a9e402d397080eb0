/** Captions in Slack, which takes none with a video: a button under it, and a file in the thread. */
import { expect, onTestFinished, test } from 'vitest';
import { sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { srt, subtitling } from '../captions-story.ts';
import { storyOf } from './story.ts';
import { startTown } from './town.ts';

test('a press on "Captions" under the video posts them in the thread', async () => {
  const town = await startTown({ draft: sevenScenes, rules: { autoExport: 'always' } });
  onTestFinished(() => town.close());
  const { slack, house } = town;
  house.nemo.script(...subtitling);
  const thread = await slack.write('@bot Add subtitles to my film of the harbour.');
  const video = await slack.until((m) => m.files.length > 0);
  await house.idle();
  await slack.click(video, /^Captions$/);
  const posted = await slack.until((m) => m.files.some(({ name }) => name === 'captions.srt'));
  expect(posted.files.map(({ name }) => name)).toEqual(['captions.srt']);
  expect(posted.files[0]?.bytes.toString()).toBe(srt);
  await house.idle();
  await expect(storyOf(slack, 'Captions', thread)).toMatchFileSnapshot('transcripts/captions.md');
  expect(slack.violations).toEqual([]);
});
