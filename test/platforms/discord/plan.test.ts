/** A plan before anything is made, on Discord; the conversations are kept as transcripts. */
import { expect, test } from 'vitest';
import { transcript } from '../../doubles/discord/transcript.ts';
import type { DoubleMessage } from '../../doubles/discord/world.ts';
import {
  CHANGE,
  FOUR_ORDERS,
  fourPictures,
  makesFour,
  makesIt,
  PLANNED_SCRIPT,
  TOLD,
} from '../../doubles/nemo/planned.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Studio, startStudio, toldAgent } from './studio.ts';

const kept = (studio: Studio, name: string, title: string, place: string) =>
  expect(transcript(studio.discord, title, ['the thread', place])).toMatchFileSnapshot(
    `transcripts/${name}.md`,
  );

/** Its buttons are gone, so that whoever sees it cannot press them. */
const isOver = (message: DoubleMessage) => message.components.length === 0;

async function planned(studio: Studio): Promise<{ place: string; card: DoubleMessage }> {
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, PLANNED_SCRIPT);
  const card = await studio.hear(asked.id, /Nothing is made yet/);
  await studio.idle();
  return { place: asked.id, card };
}

test('plan, change, make: by a form and by two presses of different people', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { place, card } = await planned(studio);
  expect(nemo.received('run_sse')).toHaveLength(0);
  const form = discord.interactions.press(card, 'Change the plan', discord.bob);
  await discord.until(() => form.modal !== undefined);
  const thread = discord.world.channels.get(place);
  if (!thread) throw new Error('there is no thread');
  discord.interactions.submit(form, discord.bob, thread, CHANGE);
  const changed = await studio.hear(place, /about 30 s/);
  await studio.idle();
  expect(isOver(card)).toBe(true);
  makesIt(nemo);
  const both = [discord.alice, discord.bob].map((by) =>
    discord.interactions.press(changed, 'Make it', by),
  );
  await studio.hear(place, /The tea film is ready/);
  await discord.until(() => isOver(changed));
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  expect(toldAgent(nemo)).toBe(TOLD);
  expect(both.flatMap(({ replies }) => replies.map(({ text }) => text))).toEqual([
    'This plan is being made, or has been made already.',
  ]);
  await kept(studio, 'plan-first', 'A plan first', place);
});

test('between plan and press the bot is started anew', async () => {
  const path = await databaseFile();
  const first = await startStudio({ path });
  const { place, card } = await planned(first);
  await first.down();
  const studio = await startStudio({ path, nemo: first.nemo, discord: first.discord });
  const { discord } = studio;
  makesIt(studio.nemo);
  discord.interactions.press(card, 'Make it', discord.bob);
  await studio.hear(place, /The tea film is ready/);
  await studio.idle();
  expect(studio.nemo.received('run_sse')).toHaveLength(1);
});

test('a plan that is cancelled says so', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const { place, card } = await planned(studio);
  discord.interactions.press(card, 'Cancel', discord.bob);
  await discord.until(() => isOver(card));
  await studio.idle();
  expect(card.content).toContain('✖️ Cancelled. Nothing was made, and nothing was spent.');
  expect(nemo.received('run_sse')).toHaveLength(0);
  await kept(studio, 'plan-cancelled', 'A plan is cancelled', place);
});

test('four videos from one message are planned without being asked', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const files = fourPictures.map((it) => ({ ...it, type: 'image/png' }));
  const asked = discord.mention(discord.general, discord.alice, FOUR_ORDERS, { files });
  const card = await studio.hear(asked.id, /The plan: 4 videos/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(0);
  makesFour(nemo);
  discord.interactions.press(card, 'Make it', discord.bob);
  await studio.hear(asked.id, /All 4 videos are done/);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(4);
});

test('by the option of the command, and by the box of its form', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  discord.interactions.slash('video', discord.alice, discord.general, {
    script: 'A film about tea.',
    plan: true,
  });
  const form = discord.interactions.slash('video', discord.bob, discord.general);
  await discord.until(() => form.modal !== undefined);
  discord.interactions.submit(
    form,
    discord.bob,
    discord.general,
    'A film about rain.',
    [],
    ['plan'],
  );
  const plans = () =>
    [...discord.world.messages.values()].filter(({ content }) =>
      /Nothing is made yet/.test(content),
    );
  await discord.until(() => plans().length === 2);
  await studio.idle();
  expect(nemo.received('run_sse')).toHaveLength(0);
});

test('an admin of the server has to agree', async () => {
  const learnt = {
    kind: 'video',
    videos: 1,
    credits: 240,
    minutes: 6,
    seconds: undefined,
  } as const;
  const studio = await startStudio({ learnt, rules: { approveOver: 200 } });
  const { discord, nemo } = studio;
  discord.world.admins.add(discord.bob.id);
  const { id: place } = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const card = await studio.hear(place, /has to agree/);
  await studio.idle();
  const early = discord.interactions.press(card, 'Make it', discord.alice);
  await discord.until(() => early.replies.length > 0);
  expect(early.replies.map(({ text }) => text)).toEqual([
    'Only an admin can have this made, because it may take many credits. Please ask one to press “Make it”.',
  ]);
  expect(nemo.received('run_sse')).toHaveLength(0);
  makesIt(nemo);
  discord.interactions.press(card, 'Make it', discord.bob);
  await studio.hear(place, /The tea film is ready/);
  await discord.until(() => isOver(card));
  await studio.idle();
  await kept(studio, 'an-admin-agrees', 'An admin agrees', place);
  expect(nemo.received('run_sse')).toHaveLength(1);
});
