/** Messages that are edited or deleted after they came, as Slack tells of it. */
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { holdDatabase } from '../../doubles/held-database.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

/** A thread whose first run is open until `finish`. */
async function busy(options: TownOptions = {}) {
  town = await startTown(options);
  const { slack, nemo } = town;
  const { promise: opened, resolve: finish } = Promise.withResolvers<void>();
  nemo.script({ heartbeat: true }, { until: opened }, say('First is done.'));
  const thread = await slack.write('@bot A film about tea.');
  await nemo.arrival('run_sse');
  const queued = (ts: string) =>
    slack.messages.find((m) => m.ts === ts)?.reactions.has('clock3') === true;
  const waiting = async (text: string) => {
    const ts = await slack.write(text, { thread });
    await slack.untilTrue(() => queued(ts));
    return ts;
  };
  return { ...town, thread, finish, waiting, queued };
}

const told = ({ nemo }: Pick<Town, 'nemo'>) =>
  nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
const notices = ({ slack }: Pick<Town, 'slack'>) =>
  slack.messages.filter((m) => m.bot && /while I was already working/.test(m.text));

test('a message that is deleted while it waits is never sent, and the next one is', async () => {
  const it = await busy();
  const { slack, nemo, house, finish, waiting } = it;
  const gone = await waiting('Slower, please.');
  await waiting('And a blue title.');
  await slack.erase(gone);
  await slack.tellAgain();
  await slack.redeliver(gone);
  nemo.script(say('Blue it is.'));
  finish();
  await slack.until((m) => /Blue it is/.test(m.text));
  await house.idle();
  expect(told(it)).toHaveLength(2);
  expect(told(it).join()).not.toContain('Slower');
  expect(notices(it)).toEqual([]);
});

test('a message that is edited while it waits runs in its new words, also after a restart', async () => {
  const file = await databaseFile();
  const nemo = await startNemoDouble();
  onTestFinished(() => nemo.close());
  const slack = await startSlackDouble();
  onTestFinished(() => slack.close());
  const it = await busy({ path: file, slack, nemo });
  const { finish, waiting } = it;
  const asked = await waiting('Slower, please.');
  await slack.edit(asked, 'Faster, please.');
  await slack.tellAgain();
  await slack.redeliver(asked);
  const closing = it.close();
  finish();
  await closing;
  nemo.script(say('Faster it is.'));
  town = await startTown({ path: file, slack, nemo });
  await slack.until((m) => /Faster it is/.test(m.text));
  await town.house.idle();
  expect(told(it)).toHaveLength(2);
  expect(told(it)[1]).toContain('Faster, please.');
  expect(notices(it)).toEqual([]);
});

test('a waiting message becomes what its new words ask for', async () => {
  const it = await busy();
  const { slack, house, waiting, queued } = it;
  const asked = await waiting('Slower, please.');
  const aside = await waiting('And a blue title.');
  await slack.edit(aside, '// not for the bot');
  await slack.untilTrue(() => !queued(aside));
  await slack.edit(asked, 'stop');
  await slack.until((m) => /what was already charged stays charged/.test(m.text));
  await slack.untilTrue(() => !queued(asked));
  await house.idle();
  expect(told(it)).toHaveLength(1);
});

test.each([
  ['edited', /You changed your message while/],
  ['deleted', /Your message was deleted while/],
] as const)('%s while it runs: said once, and Stop stops it', async (how, fits) => {
  const it = await busy();
  const { slack, house, finish, thread } = it;
  if (how === 'edited') await slack.edit(thread, '@bot A film about milk.');
  else await slack.erase(thread);
  const said = await slack.until((m) => fits.test(m.text));
  await slack.tellAgain();
  if (how === 'edited') {
    await slack.edit(thread, '@bot A film about water.');
    await slack.erase(thread);
  }
  await slack.click(said, /Stop/);
  await slack.until((m) => /what was already charged stays charged/.test(m.text));
  await house.idle();
  finish();
  expect(notices(it)).toHaveLength(1);
  expect(told(it)).toHaveLength(1);
  expect(told(it)[0]).toContain('A film about tea.');
});

test('its person is told in the language of the message', async () => {
  town = await startTown();
  const { slack, nemo, house } = town;
  const { promise: opened, resolve: finish } = Promise.withResolvers<void>();
  nemo.script({ heartbeat: true }, { until: opened }, say('好了。'));
  const thread = await slack.write('@bot 一部关于茶的短片', { by: 'U0MEI' });
  await nemo.arrival('run_sse');
  await slack.edit(thread, '@bot 一部关于牛奶的短片');
  await slack.until((m) => /你修改消息时，我已经在处理了/.test(m.text));
  finish();
  await slack.until((m) => /好了/.test(m.text));
  await house.idle();
});

test('previews of links, our own edits, and what has ended change nothing', async () => {
  const it = await busy();
  const { slack, nemo, house, finish, thread, waiting } = it;
  await slack.edit(thread, '@bot A film about tea.', { preview: true });
  const asked = await waiting('Slower, please.');
  await slack.edit(asked, 'Slower, please.', { preview: true });
  nemo.script(say('Slower now.'));
  finish();
  await slack.until((m) => /Slower now/.test(m.text));
  await house.idle();
  const before = slack.messages.length;
  await slack.edit(asked, 'Faster, please.');
  await slack.erase(asked);
  const ours = slack.messages.find((m) => m.bot && m.thread_ts === thread);
  if (!ours) throw new Error('nothing was said');
  await slack.event({
    type: 'message',
    subtype: 'message_changed',
    channel: ours.channel,
    channel_type: 'channel',
    ts: slack.nextTs(),
    message: { type: 'message', ts: ours.ts, thread_ts: thread, user: 'U0NEMO', text: 'changed' },
  });
  await house.idle();
  expect(slack.messages).toHaveLength(before);
  expect(told(it)).toHaveLength(2);
});

test('by HTTP a deletion that cannot be written is not acknowledged, and comes again', async () => {
  const file = await databaseFile();
  const it = await busy({ mode: 'http', path: file, leaseMs: 4_000 });
  const { slack, house, finish, waiting } = it;
  const gone = await waiting('Slower, please.');
  const release = holdDatabase(file);
  expect((await slack.erase(gone)).acked).toBe(false);
  release();
  expect((await slack.tellAgain()).acked).toBe(true);
  finish();
  await slack.until((m) => /First is done/.test(m.text));
  await house.idle();
  expect(told(it)).toHaveLength(1);
});

test('a first mention that is deleted before anything was sent is dropped without a word', async () => {
  town = await startTown();
  const { slack, nemo, house } = town;
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  slack.fail('chat.postMessage', { until: opened });
  const asked = await slack.write('@bot A film about tea.');
  await slack.untilTrue(() => slack.callsOf('chat.postMessage').length > 0);
  await slack.erase(asked);
  open();
  await house.idle();
  expect(nemo.received('run_sse')).toEqual([]);
  expect(slack.messages.filter((m) => m.bot && !m.deleted)).toEqual([]);
  expect(await house.ledger.used({ requester: 'U0ALICE', counts: 'requests', since: 0 })).toBe(0);
});
