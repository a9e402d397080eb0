/** Captions in the playground: the player has them, and the button gives them as files. */
import { expect, onTestFinished, test } from 'vitest';
import { sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { srt, subtitling, vtt } from '../captions-story.ts';
import { startWebStudio, toldOnPage } from './studio.ts';

test('the video has them as a track, and "Captions" posts them', async () => {
  const studio = await startWebStudio({ draft: sevenScenes, rules: { autoExport: 'always' } });
  onTestFinished(() => studio.close());
  const { house } = studio;
  house.nemo.script(...subtitling);
  await studio.write('Add subtitles to my film of the harbour.');
  const video = await studio.hear(({ files }) => files.length > 0);
  await house.idle();
  const track = await studio.file(video.files[0]?.captions ?? 'none');
  expect(track.headers.get('content-type')).toBe('text/vtt');
  expect(await track.text()).toBe(vtt);
  await studio.press(video, 'Captions');
  const posted = await studio.hear(({ files }) => files.some((it) => it.name === 'captions.srt'));
  const texts = await Promise.all(
    posted.files.map(async ({ id }) => (await studio.file(id)).text()),
  );
  expect(texts).toEqual([srt, vtt]);
  await house.idle();
  await expect(await toldOnPage(studio, 'Captions')).toMatchFileSnapshot('transcripts/captions.md');
  expect(studio.errors).toEqual([]);
});
