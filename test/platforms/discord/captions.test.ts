/** Captions in Discord: both kinds in one message. */
import { expect, test } from 'vitest';
import { transcript } from '../../doubles/discord/transcript.ts';
import { sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { srt, subtitling, vtt } from '../captions-story.ts';
import { startStudio } from './studio.ts';

test('a press on "Captions" under the video posts them in the thread', async () => {
  const studio = await startStudio({ draft: sevenScenes, rules: { autoExport: 'always' } });
  const { discord, nemo } = studio;
  nemo.script(...subtitling);
  const asked = discord.mention(
    discord.general,
    discord.alice,
    'Add subtitles to my harbour film.',
  );
  const video = await studio.hear(asked.id, /Video ready/);
  await studio.idle();
  discord.interactions.press(video, 'Captions', discord.bob);
  const posted = await studio.hear(asked.id, /Here are the captions/);
  const texts = posted.files.map(({ filename, bytes }) => [filename, bytes.toString()]);
  expect(texts).toEqual([
    ['captions.srt', srt],
    ['captions.vtt', vtt],
  ]);
  await studio.idle();
  await expect(transcript(discord, 'Captions', ['the thread', asked.id])).toMatchFileSnapshot(
    'transcripts/captions.md',
  );
});
