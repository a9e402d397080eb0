/** 🎬 on a message: asked first, privately, and then the video comes. */
import { afterEach, expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

async function begin(options: TownOptions = {}): Promise<Town> {
  town = await startTown(options);
  return town;
}

const runs = ({ nemo }: Town): number => nemo.received('run_sse').length;

async function question({ slack }: Town, nth = 1): Promise<SeenMessage> {
  await slack.untilTrue(() => slack.ephemerals.length >= nth);
  const asked = slack.ephemerals[nth - 1];
  if (!asked) throw new Error('nobody was asked');
  return asked;
}

test.each(['socket', 'http'] as const)(
  'by %s: asks the one who reacted, and makes it when they press',
  async (mode) => {
    const it = await begin({ mode });
    const { slack, house, nemo } = it;
    const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
    await slack.react(ts, 'clapper::skin-tone-3');
    const asked = await question(it);
    expect(asked).toMatchObject({ privateTo: 'U0ALICE', channel: 'C0TEA' });
    expect(asked.text).toMatch(/make a video of this message/);
    await house.idle();
    expect(runs(it)).toBe(0);
    expect(slack.thread(ts).filter((m) => m.bot)).toEqual([]);
    nemo.script(say('Hello.'));
    await slack.click(asked, /Make it/);
    const answer = await slack.until((m) => /Hello\./.test(m.text));
    await house.idle();
    expect(answer.thread_ts).toBe(ts);
    expect(JSON.stringify(nemo.received('run_sse')[0]?.json)).toContain('The kettle sings.');
    await slack.click(asked, /Make it/);
    await house.idle();
    expect(runs(it)).toBe(1);
    expect(slack.thread(ts).filter((m) => /coming up/.test(m.text))).toHaveLength(1);
  },
);

test('is asked once for a message, however often the same person reacts, and each person for themselves', async () => {
  const it = await begin();
  const { slack, house } = it;
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  await question(it);
  await slack.react(ts, 'clapper');
  await slack.react(ts, 'clapper', 'U0MEI');
  const other = await question(it, 2);
  await house.idle();
  expect(other.privateTo).toBe('U0MEI');
  expect(other.text).toMatch(/视频/);
  expect(slack.ephemerals).toHaveLength(2);
});

test('a press of anybody else, or on a made-up button, makes nothing', async () => {
  const it = await begin();
  const { slack, house } = it;
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  const asked = await question(it);
  await slack.click(asked, /Make it/, 'U0BOB');
  const action = { action_id: 'make_asked', block_id: 'b' };
  await slack.press(asked, { ...action, value: 'x' });
  await slack.press(asked, { ...action, value: `${ts}:U0BOB` });
  await slack.press(asked, action);
  await slack.press(asked, { ...action, value: '1.000001:U0ALICE' });
  await house.idle();
  expect(runs(it)).toBe(0);
  expect(slack.thread(ts).filter((m) => m.bot)).toEqual([]);
});

test('other emoji, other bots, and our own messages are left alone', async () => {
  const it = await begin();
  const { slack, house, nemo } = it;
  slack.users.set('U0ROBOT', { id: 'U0ROBOT', name: 'Robot', isBot: true });
  nemo.script(say('Hello.'));
  const thread = await slack.write('@bot A film about tea.');
  const ours = await slack.until((m) => /Hello\./.test(m.text));
  await house.idle();
  await slack.react(ours.ts, 'clapper');
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'tada');
  await slack.react(ts, 'clapper', 'U0ROBOT');
  await slack.react(ts, 'clapper', 'U0NEMO');
  const last = await slack.write('A reply.', { by: 'U0BOB', thread: ts });
  await slack.react(last, 'clapper');
  expect((await question(it)).thread_ts).toBe(ts);
  await house.idle();
  expect(slack.ephemerals).toHaveLength(1);
  expect(slack.thread(thread).filter((m) => /make a video of/.test(m.text))).toEqual([]);
  expect(runs(it)).toBe(1);
});

test('where nothing can be used, that is said at once, and nothing can be pressed', async () => {
  const it = await begin();
  const { slack } = it;
  const ts = await slack.write('', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  const told = await question(it);
  expect(told.text).toMatch(/nothing in this message/);
  expect(told.blocks.some((block) => block.type === 'actions')).toBe(false);
});

test('where the bot is switched off nobody is asked', async () => {
  const it = await begin({ rules: { channels: ['C0OTHER'] } });
  const { slack, house } = it;
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  // Bolt has the next event only after this one; its answer is the mark.
  await slack.write('@bot A film about tea.');
  await slack.untilTrue(() => slack.ephemerals.length > 0);
  await house.idle();
  expect(slack.ephemerals.filter((m) => /make a video of/.test(m.text))).toEqual([]);
  expect(slack.callsOf('conversations.replies')).toEqual([]);
  expect(runs(it)).toBe(0);
});

test('whoever has used up the day is told so in place of being asked', async () => {
  const it = await begin({ rules: { dailyTurns: 1 } });
  const { slack, house, nemo } = it;
  nemo.script(say('Hello.'));
  await slack.write('@bot A film about tea.');
  await slack.until((m) => /Hello\./.test(m.text));
  await house.idle();
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  const told = await question(it);
  expect(told.text).toMatch(/a day|today/);
  expect(told.blocks.some((block) => block.type === 'actions')).toBe(false);
  await house.idle();
  expect(runs(it)).toBe(1);
});

test('a press that came to nothing may come again, and what is said to everybody stands there once', async () => {
  const it = await begin();
  const { slack, house, nemo } = it;
  const ts = await slack.write('The kettle sings.', { by: 'U0BOB' });
  await slack.react(ts, 'clapper');
  const asked = await question(it);
  slack.fail('chat.postMessage', { error: 'not_in_channel' });
  const { responses } = await slack.click(asked, /Make it/);
  await slack.untilTrue(() => responses.length > 0);
  await house.idle();
  expect(runs(it)).toBe(0);
  nemo.script(say('Hello.'));
  await slack.click(asked, /Make it/);
  await slack.click(asked, /Make it/);
  await slack.until((m) => /Hello\./.test(m.text));
  await house.idle();
  expect(runs(it)).toBe(1);
  expect(slack.thread(ts).filter((m) => /coming up/.test(m.text))).toHaveLength(1);
});
