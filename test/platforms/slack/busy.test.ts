/** Slack limits or refuses what only accompanies a conversation: the conversation goes on. */
import { afterEach, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

let town: Town;
afterEach(() => town.close());
const open = async (options: TownOptions = {}) => {
  town = await startTown(options);
  return town;
};

/** Everything about reactions and signs of life is limited for ten minutes. */
function limit({ slack }: Town): void {
  const faults = Array.from({ length: 500 }, () => ({ retryAfter: 600 }));
  for (const method of [
    'reactions.add',
    'reactions.remove',
    'assistant.threads.setStatus',
    'agents.sessions.setStatus',
  ])
    slack.fail(method, ...faults);
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

test.each(['socket', 'http'] as const)(
  'ten minutes without reactions and status lines hold up no acknowledgement and no answer (%s)',
  async (mode) => {
    const { slack, nemo, house } = await open({ mode });
    limit(town);
    const held = gate();
    nemo.script({ heartbeat: true }, { until: held.opened }, say('First is done.'));
    for (const name of ['Second', 'Third', 'Fourth']) nemo.script(say(`${name} is done.`));
    const thread = await slack.write('@bot A film about tea.');
    await nemo.arrival('run_sse');
    // Resolves when every event about it is acknowledged, while its 🕓 is refused.
    for (const words of ['slower', 'faster', 'louder']) await slack.write(words, { thread });
    expect(slack.deliveries.unacknowledged).toEqual([]);
    held.open();
    await slack.until((m) => /Fourth is done/.test(m.text));
    await house.idle();
    // 👀 of each and 🕓 of three at most, none a second time before its ten minutes are over.
    expect(slack.callsOf('reactions.add').length).toBeLessThanOrEqual(7);
    expect(slack.callsOf('reactions.remove').length).toBeLessThanOrEqual(3);
  },
);

test('a reaction that is to wait a moment is made by the second try', async () => {
  const { slack, house } = await open();
  slack.fail('reactions.add', { retryAfter: 1 });
  const ts = await slack.write('@bot A film about tea.');
  await slack.until((m) => m.ts === ts && m.reactions.has('eyes'));
  await house.idle();
  expect(slack.callsOf('reactions.add')).toHaveLength(2);
});

test('a reaction that fails has two tries', async () => {
  const { slack, house } = await open();
  slack.fail('reactions.add', ...Array.from({ length: 9 }, () => ({ status: 503 })));
  await slack.write('@bot A film about tea.');
  await slack.untilTrue(() => slack.callsOf('reactions.add').length === 2);
  await house.idle();
  await house.conversation.drain(0);
  expect(slack.callsOf('reactions.add')).toHaveLength(2);
});

test.each(['removed', 'archived'] as const)(
  'a channel that is lost (%s) gets one more edit, and the answer goes to its person',
  async (how) => {
    // Slowly: no two edits fall due while one is on its way, on a busy machine either.
    const { slack, nemo, house } = await open({ scale: 0.01 });
    const held = gate();
    nemo.script({ heartbeat: true }, { until: held.opened }, say('The film is cut.'));
    const thread = await slack.write('@bot A film about tea.');
    await nemo.arrival('run_sse');
    await slack.until((m) => m.bot && m.thread_ts === thread);
    await slack.untilTrue(() => slack.lines.length > 0);
    const channel = slack.channels.get('C0TEA');
    if (how === 'removed' && channel) channel.member = false;
    if (how === 'archived' && channel) channel.archived = true;
    const from = slack.calls.length;
    const since = () =>
      slack.calls
        .slice(from)
        .filter(({ args }) => (args['channel'] ?? args['channel_id']) === 'C0TEA');
    await slack.untilTrue(() => since().some(({ method }) => method === 'chat.update'));
    await house.clock.sleep(400_000);
    const methods = since().map(({ method }) => method);
    expect(methods.filter((method) => method === 'chat.update')).toHaveLength(1);
    // The status line is taken back once, or was about to be set anew.
    expect(methods.length).toBeLessThanOrEqual(3);
    held.open();
    await slack.until((m) => m.channel === 'D0ALICE' && /The film is cut\./.test(m.text));
    await house.idle();
    expect(since().filter(({ method }) => method === 'chat.update')).toHaveLength(1);
  },
);

test('hundreds of messages in one thread put no call of theirs before the first word to somebody else', async () => {
  const { slack, nemo, house } = await open();
  const held = gate();
  for (let n = 0; n < 30; n += 1)
    nemo.script({ heartbeat: true }, { until: held.opened }, say('It is done.'));
  const thread = await slack.write('@bot A film about tea.');
  await nemo.arrival('run_sse');
  const from = slack.calls.length;
  const flood = Array.from({ length: 400 }, (_, n) => slack.write(`more ${n}`, { thread }));
  const mine = await slack.write('@bot A film about bread.', { by: 'U0BOB' });
  await slack.until((m) => m.bot && m.thread_ts === mine);
  await Promise.all(flood);
  const calls = slack.calls.slice(from);
  const first = calls.findIndex(
    ({ method, args }) => method === 'chat.postMessage' && args['thread_ts'] === mine,
  );
  // One after the other: a 🕓 or two, a refusal or two; edits of the status; Bob's 👀 and line.
  expect(calls.slice(0, first).length).toBeLessThan(20);
  expect((await house.ledger.unfinished(toThreadKey(`slack:T0TEA:C0TEA:${thread}`))).length).toBe(
    26,
  );
  held.open();
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(27);
});
