/** A plan before anything is made, on Slack; the conversations are kept as transcripts. */
import { afterEach, expect, test } from 'vitest';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import {
  CHANGE,
  FOUR_ORDERS,
  fourPictures,
  makesFour,
  makesIt,
  PLANNED_SCRIPT,
} from '../../doubles/nemo/planned.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { storyOf } from './story.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0).reverse()) await town.close();
});

async function begin(options: TownOptions = {}): Promise<Town> {
  const town = await startTown(options);
  open.push(town);
  return town;
}

async function kept({ slack, house }: Town, title: string, thread: string): Promise<void> {
  await house.idle();
  const people = slack.thread(thread).filter((m) => !m.bot && /^<@|Plan first/.test(m.text));
  await slack.untilTrue(() => people.every((m) => m.reactions.has('eyes')));
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await expect(storyOf(slack, title, thread)).toMatchFileSnapshot(`transcripts/${name}.md`);
  expect(slack.violations).toEqual([]);
  expect(house.nemo.violations).toEqual([]);
}

const buttonsOf = ({ blocks }: SeenMessage) => blocks.flatMap((block) => block.elements ?? []);

/** As a client that shows the button sends it. */
async function press({ slack }: Town, message: SeenMessage, label: RegExp, by: string) {
  await slack.click(message, label, by);
}

async function planned(town: Town): Promise<{ thread: string; card: SeenMessage }> {
  const { slack, house } = town;
  const thread = await slack.write(`@bot ${PLANNED_SCRIPT}`);
  const card = await slack.until(
    (m) => m.thread_ts === thread && /Nothing is made yet/.test(m.text),
  );
  await house.idle();
  return { thread, card };
}

test('plan, change by words, make: two people press at once', async () => {
  const town = await begin();
  const { slack, nemo, house } = town;
  const { thread, card } = await planned(town);
  expect(nemo.received('run_sse')).toHaveLength(0);
  await slack.write(CHANGE, { thread, by: 'U0BOB' });
  const changed = await slack.until((m) => m.thread_ts === thread && /about 30 s/.test(m.text));
  await slack.untilTrue(() => buttonsOf(card).length === 0);
  makesIt(nemo);
  await Promise.all([
    press(town, changed, /Make it/, 'U0ALICE'),
    press(town, changed, /Make it/, 'U0BOB'),
  ]);
  await slack.until((m) => m.thread_ts === thread && /The tea film is ready/.test(m.text));
  await slack.untilTrue(() => buttonsOf(changed).length === 0);
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  const told = slack.ephemerals.map(({ text }) => text);
  expect(told).toEqual(['This plan is being made, or has been made already.']);
  await kept(town, 'A plan first', thread);
});

test('between plan and press the bot is started anew', async () => {
  const path = await databaseFile();
  const nemo = await startNemoDouble();
  const slack = await startSlackDouble();
  const first = await startTown({ path, nemo, slack });
  const { thread, card } = await planned(first);
  await first.close();
  const town = await begin({ path, nemo, slack });
  makesIt(nemo);
  await press(town, card, /Make it/, 'U0BOB');
  await slack.until((m) => m.thread_ts === thread && /The tea film is ready/.test(m.text));
  await town.house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  await open.pop()?.close();
  await slack.close();
  await nemo.close();
});

test('a plan that is cancelled says so', async () => {
  const town = await begin();
  const { slack, nemo, house } = town;
  const { thread, card } = await planned(town);
  await press(town, card, /Cancel/, 'U0BOB');
  await slack.untilTrue(() => buttonsOf(card).length === 0);
  await house.idle();
  expect(card.text).toContain('✖️ Cancelled. Nothing was made, and nothing was spent.');
  expect(nemo.received('run_sse')).toHaveLength(0);
  await kept(town, 'A plan is cancelled', thread);
});

test('four videos from one message are planned without being asked', async () => {
  const town = await begin();
  const { slack, nemo, house } = town;
  const files = fourPictures.map((it) => ({ ...it, mimetype: 'image/png' }));
  const thread = await slack.write(`@bot ${FOUR_ORDERS}`, { files });
  const card = await slack.until(
    (m) => m.thread_ts === thread && /The plan: 4 videos/.test(m.text),
  );
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(0);
  makesFour(nemo);
  await press(town, card, /Make it/, 'U0ALICE');
  await slack.until((m) => m.thread_ts === thread && /All 4 videos are done/.test(m.text));
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(4);
});

test('an admin has to agree', async () => {
  const learnt = {
    kind: 'video',
    videos: 1,
    credits: 240,
    minutes: 6,
    seconds: undefined,
  } as const;
  const town = await begin({ learnt, rules: { approveOver: 200, admins: ['U0ADMIN'] } });
  const { slack, nemo, house } = town;
  const thread = await slack.write('@bot A film about tea.');
  const card = await slack.until((m) => m.thread_ts === thread && /has to agree/.test(m.text));
  await house.idle();
  await press(town, card, /Make it/, 'U0ALICE');
  await slack.untilTrue(() => slack.ephemerals.some((m) => /Only an admin/.test(m.text)));
  expect(nemo.received('run_sse')).toHaveLength(0);
  makesIt(nemo);
  await press(town, card, /Make it/, 'U0ADMIN');
  await slack.until((m) => m.thread_ts === thread && /The tea film is ready/.test(m.text));
  await slack.untilTrue(() => buttonsOf(card).length === 0);
  await kept(town, 'An admin agrees', thread);
  expect(nemo.received('run_sse')).toHaveLength(1);
});
