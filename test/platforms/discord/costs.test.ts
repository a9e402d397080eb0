/** What a video has cost, and what is offered under it, as people see it. */
import { expect, test } from 'vitest';
import { patient } from '../../conversation/scenarios/support.ts';
import { transcript } from '../../doubles/discord/transcript.ts';
import { has, makesVideo, turnsIt } from '../../doubles/nemo/spending.ts';
import { gate, type Studio, startStudio } from './studio.ts';

const kept = (studio: Studio, name: string, title: string, ...places: [string, string][]) =>
  expect(transcript(studio.discord, title, ...places)).toMatchFileSnapshot(
    `transcripts/${name}.md`,
  );

test('a cost line, suggestions, and portrait by one press', async () => {
  const studio = await startStudio({ timers: patient, rules: { autoExport: 'first' } });
  const { discord, nemo } = studio;
  has(nemo, 1000);
  const words = 'The tea film is done.\n\nNext: add subtitles | a slower ending | export';
  nemo.script(...makesVideo(nemo, 96, words));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const video = await studio.hear(asked.id, /Video ready/);
  await studio.idle();
  nemo.script(...turnsIt(nemo, 51));
  discord.interactions.press(video, 'Portrait', discord.bob);
  discord.interactions.press(video, 'Portrait', discord.alice);
  await studio.hear(asked.id, /Video ready! v2 \(1080×1920/);
  await studio.idle();
  const answer = await studio.hear(asked.id, /tea film is done/);
  discord.interactions.press(answer, 'A slower ending', discord.bob);
  await nemo.arrival('run_sse', 3);
  await studio.idle();
  await kept(studio, 'what-it-cost', 'What it cost', ['the thread', asked.id]);
  expect(nemo.received('run_sse')).toHaveLength(3);
});

test('no cost line where another thread ran at the same time', async () => {
  const studio = await startStudio({ scale: 0.02 });
  const { discord, nemo } = studio;
  has(nemo, 1000);
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened }, ...makesVideo(nemo, 96));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  nemo.script(...makesVideo(nemo, 50));
  const other = discord.mention(discord.general, discord.bob, 'A film about bread.');
  await discord.until(() => discord.said(other.id).some((m) => /Done in/.test(m.content)));
  held.open();
  await studio.idle();
  await kept(
    studio,
    'two-at-once',
    'Two at the same time',
    ['one thread', asked.id],
    ['the other', other.id],
  );
});
