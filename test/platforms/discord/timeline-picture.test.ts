/** The timeline as a picture in Discord: in the thread, and in the answer that one person sees. */
import { expect, onTestFinished, test } from 'vitest';
import { transcript } from '../../doubles/discord/transcript.ts';
import { sevenEdited, sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { openTestPictures, sizeOf } from '../../pictures/draw-here.ts';
import { type Studio, startStudio } from './studio.ts';

async function begin(): Promise<Studio> {
  const pictures = await openTestPictures();
  onTestFinished(() => pictures.close());
  return startStudio({ pictures, draft: sevenScenes });
}

async function edited({ discord, nemo, hear }: Studio) {
  nemo.script({ draft: sevenEdited }, say('I changed the fourth scene.'));
  const asked = discord.mention(
    discord.general,
    discord.alice,
    'A teapot in scene 4, softer music',
  );
  const answer = await hear(asked.id, /fourth scene/);
  return { asked, answer };
}

test('the word "timeline" shows it in the thread', async () => {
  const studio = await begin();
  const { discord } = studio;
  const { asked } = await edited(studio);
  await studio.idle();
  discord.write(discord.thread(asked), discord.bob, 'timeline');
  const shown = await studio.hear(asked.id, /Nothing is running/);
  const [png] = shown.files;
  expect(sizeOf(png?.bytes ?? Buffer.alloc(0))[0]).toBe(1920);
  expect(png?.bytes.length).toBeLessThan(100_000);
  await studio.idle();
  await expect(
    transcript(discord, 'The timeline as a picture', ['the thread', asked.id]),
  ).toMatchFileSnapshot('transcripts/timeline-picture.md');
});

test('a press on "Timeline" and /status show it to one person', async () => {
  const studio = await begin();
  const { discord } = studio;
  const { asked, answer } = await edited(studio);
  const pressed = discord.interactions.press(answer, 'Timeline', discord.bob);
  const slashed = discord.interactions.slash('status', discord.bob, discord.thread(asked));
  await discord.until(() => pressed.replies.length > 0 && slashed.replies.length > 0);
  for (const { files, text } of [...pressed.replies, ...slashed.replies]) {
    expect(files.map(({ name, alt }) => [name, alt])).toEqual([
      ['timeline.png', expect.stringMatching(/^Picture of the timeline\. Timeline \(2 tracks\)/)],
    ]);
    expect(text).toMatch(/Timeline \(2 tracks\)/);
  }
});

test('where the file is refused in a private answer, the words come without it', async () => {
  const studio = await begin();
  const { discord } = studio;
  const { answer } = await edited(studio);
  const body = { message: 'Request entity too large', code: 40_005 };
  discord.failNext('PATCH /webhooks/.+', { status: 413, body });
  const pressed = discord.interactions.press(answer, 'Timeline', discord.bob);
  await discord.until(() => pressed.replies.length > 0);
  expect(pressed.replies.map(({ files }) => files.length)).toEqual([0]);
  expect(pressed.replies[0]?.text).toMatch(/Timeline \(2 tracks\)/);
});
