/** Messages are put on record in the order of their coming, whatever Slack has to be asked about one of them. */
import { afterEach, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** A direct conversation is a thread of its own; its events are told one by one, and not waited for. */
const THREAD = '1790000000.000001';
const direct = (n: number, text: string) => ({
  type: 'message',
  channel: 'D0ALICE',
  channel_type: 'im',
  user: 'U0ALICE',
  text,
  ts: `1790000000.00000${n}`,
  ...(n > 1 ? { thread_ts: THREAD } : {}),
});

const keys = async ({ house }: Town) =>
  (await house.ledger.unfinished(toThreadKey(`slack:T0TEA:D0ALICE:${THREAD}`))).map(({ key }) =>
    key.slice(-1),
  );

const mention = '<@U0NEMO>';

test.each([
  ['the name of somebody who is mentioned', 'users.info', 'A film for <@U0BOB>.'],
  ['a bare mention, read again', 'conversations.replies', mention],
  ['the language of who says nothing', 'users.info', mention],
])('%s is not waited for before the record', async (_what, method, text) => {
  town = await startTown({ start: false });
  const { slack } = town;
  const held = gate();
  slack.fail(method, ...Array.from({ length: 5 }, () => ({ until: held.opened })));
  const first = await slack.event(direct(1, text));
  const second = await slack.event(direct(2, 'Slower, please.'));
  expect([first.acked, second.acked]).toEqual([true, true]);
  expect(await keys(town)).toEqual(['1', '2']);
  expect(slack.callsOf(method)).toEqual([]);
  held.open();
});

test('answers come in the order of the messages, with the names that were asked for meanwhile', async () => {
  town = await startTown();
  const { slack, nemo, house } = town;
  const held = gate();
  slack.fail('users.info', { until: held.opened });
  nemo.script(say('One.'));
  nemo.script(say('Two.'));
  const events = [
    slack.event(direct(1, 'A film for <@U0BOB>.')),
    slack.event(direct(2, 'Slower, please.')),
  ];
  await Promise.all(events);
  // The look-up is bounded: nobody waits for a name for long.
  await nemo.arrival('run_sse');
  held.open();
  await slack.until((m) => /Two\./.test(m.text));
  await house.idle();
  const said = slack.messages.filter((m) => m.bot && /One\.|Two\./.test(m.text));
  expect(said.map((m) => /One|Two/.exec(m.text)?.[0])).toEqual(['One', 'Two']);
});

test('a bare mention is greeted in the language of its person, before what they say next is worked on', async () => {
  town = await startTown();
  const { slack, nemo, house } = town;
  const held = gate();
  slack.fail('conversations.replies', { until: held.opened });
  nemo.script(say('One.'));
  const root = await slack.write('@bot', { by: 'U0MEI' });
  await slack.write('一部关于茶的短片', { by: 'U0MEI', thread: root });
  expect(slack.callsOf('chat.postMessage')).toEqual([]);
  held.open();
  await slack.until((m) => m.bot && /One\./.test(m.text));
  await house.idle();
  const said = slack.thread(root).filter((m) => m.bot);
  expect(said[0]?.text).toMatch(/可以这样说/);
  expect(said.at(-1)?.text).toMatch(/One\./);
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('events of one moment are put on record in their order, although more is looked up for the first', async () => {
  town = await startTown({ start: false });
  const { slack } = town;
  await Promise.all(
    Array.from({ length: 9 }, (_, n) =>
      slack.event(direct(n + 1, n % 2 ? 'Slower, please.' : `${mention} use the gist`)),
    ),
  );
  expect(await keys(town)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

const png = {
  name: 'leaf.png',
  mimetype: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
};

test('a bare mention counts in the quota only when a file came with it, and is refused when none is left', async () => {
  town = await startTown({ rules: { dailyTurns: 1 } });
  const { slack, nemo, house } = town;
  await slack.write('@bot');
  await slack.until((m) => /Try saying/.test(m.text));
  await slack.write('@bot', { files: [png], filesIn: [] });
  await slack.until((m) => /Your video is ready/.test(m.text));
  await slack.write('@bot', { files: [png], filesIn: [] });
  await slack.untilTrue(() => slack.ephemerals.some((m) => /for today/.test(m.text)));
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('a greeting is no project of its person; a lone file is, by its name', async () => {
  town = await startTown();
  const { slack, house } = town;
  await slack.write('@bot', { files: [png] });
  await slack.until((m) => /Your video is ready/.test(m.text));
  await slack.write('@bot');
  await slack.until((m) => /Try saying/.test(m.text));
  await house.idle();
  const place = { platform: 'slack', workspace: 'T0TEA', channel: 'C0TEA' } as const;
  const recent = await house.conversation.inbox.recent(place, { id: 'U0ALICE' });
  expect(recent.map(({ name }) => name)).toEqual(['leaf.png']);
});
