/** What a video has cost, and what is offered under it, as people in the thread see it. */
import { afterEach, expect, test } from 'vitest';
import { gate, patient } from '../../conversation/scenarios/support.ts';
import { has, makesVideo, turnsIt } from '../../doubles/nemo/spending.ts';
import { storyOf } from './story.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(async () => {
  await town.close();
});

async function tells(title: string, thread: string): Promise<void> {
  const { slack, house } = town;
  await house.idle();
  const people = slack.thread(thread).filter((m) => !m.bot && m.text !== 'credits');
  await slack.untilTrue(() => people.every((m) => m.reactions.has('eyes')));
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await expect(storyOf(slack, title, thread)).toMatchFileSnapshot(`transcripts/${name}.md`);
  expect(slack.violations).toEqual([]);
}

test('a cost line, suggestions, and portrait by one press', async () => {
  town = await startTown({ timers: patient, rules: { autoExport: 'first' } });
  const { slack, nemo, house } = town;
  has(nemo, 1000);
  const words = 'The tea film is done.\n\nNext: add subtitles | a slower ending | export';
  nemo.script(...makesVideo(nemo, 96, words));
  const thread = await slack.write('@bot A film about tea.');
  const video = await slack.until((m) => m.thread_ts === thread && m.files.length > 0);
  await house.idle();
  nemo.script(...turnsIt(nemo, 51));
  await Promise.all([slack.click(video, /Portrait/, 'U0BOB'), slack.click(video, /Portrait/)]);
  await nemo.arrival('render', 2);
  await house.idle();
  const answer = await slack.until((m) => /tea film is done/.test(m.text));
  await slack.click(answer, /A slower ending/, 'U0BOB');
  await house.idle();
  await slack.write('credits', { thread });
  await slack.untilTrue(() => slack.ephemerals.some((m) => /Used/.test(m.text)));
  await tells('What it cost', thread);
  expect(nemo.received('run_sse')).toHaveLength(3);
});

test('no cost line where another thread ran at the same time', async () => {
  town = await startTown({ scale: 0.02 });
  const { slack, nemo } = town;
  has(nemo, 1000);
  const held = gate();
  nemo.script({ heartbeat: true }, { until: held.opened }, ...makesVideo(nemo, 96));
  const thread = await slack.write('@bot A film about tea.');
  await nemo.arrival('run_sse');
  nemo.script(...makesVideo(nemo, 50));
  const other = await slack.write('@bot A film about bread.');
  await slack.until((m) => m.thread_ts === other && /Done in/.test(m.text));
  held.open();
  await tells('Two at the same time', thread);
});
