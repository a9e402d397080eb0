/** The store takes no writes for a while: Slack is not told that it may forget, and people are told why they wait. */
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { holdDatabase } from '../../doubles/held-database.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

let town: Town;
afterEach(() => town.close());

async function open(mode: 'socket' | 'http', more: TownOptions = {}) {
  const file = await databaseFile();
  town = await startTown({ mode, path: file, leaseMs: 400, ...more });
  return {
    ...town,
    file,
    seize: () => holdDatabase(file),
  };
}

const direct = (n: number, text: string) => ({
  type: 'message',
  channel: 'D0MEI',
  channel_type: 'im',
  user: 'U0MEI',
  text,
  ts: `1790000000.00000${n}`,
  ...(n > 1 ? { thread_ts: '1790000000.000001' } : {}),
});

test('by HTTP, an event is refused until it can be written, and its person is told once', async () => {
  const { slack, nemo, house, seize } = await open('http');
  const release = seize();
  for (let n = 1; n <= 3; n += 1)
    expect((await slack.event(direct(1, '一部关于茶的短片'), {}, n - 1)).acked).toBe(false);
  expect((await slack.event(direct(2, '再慢一点'))).acked).toBe(false);
  const told = () => slack.messages.filter((m) => /暂时无法保存任何内容/.test(m.text));
  const privately = () => slack.ephemerals.filter((m) => /暂时无法保存任何内容/.test(m.text));
  await slack.untilTrue(() => told().length + privately().length > 0);
  release();
  nemo.script(say('One.'));
  expect((await slack.event(direct(1, '一部关于茶的短片'), {}, 3)).acked).toBe(true);
  await slack.until((m) => /One\./.test(m.text));
  await house.idle();
  expect(told().length + privately().length).toBe(1);
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('by socket, there is no acknowledgement until it can be written', async () => {
  const { slack, nemo, house, seize } = await open('socket');
  const release = seize();
  let acked = false;
  void slack.event(direct(1, 'A film about tea.')).then((first) => {
    acked = first.acked;
  });
  await slack.untilTrue(() =>
    [...slack.messages, ...slack.ephemerals].some((m) => /can’t write anything/.test(m.text)),
  );
  release();
  nemo.script(say('One.'));
  expect((await slack.event(direct(1, 'A film about tea.'), {}, 1)).acked).toBe(true);
  expect(acked).toBe(false);
  await slack.until((m) => /One\./.test(m.text));
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('a button is answered privately at once, and a video is not begun', async () => {
  const { slack, house, seize } = await open('socket');
  const thread = await slack.write('@bot A film about tea.');
  const answer = await slack.until((m) => /Your video is ready/.test(m.text));
  await house.idle();
  const release = seize();
  const { responses } = await slack.click(answer, /Export/);
  await slack.untilTrue(() =>
    [...responses.map((r) => String(r['text'])), ...slack.ephemerals.map((m) => m.text)].some(
      (text) => /I have not done this/.test(text),
    ),
  );
  const posts = slack.messages.length;
  const begun = await slack.command('/video', 'A film about rain.');
  await slack.untilTrue(() =>
    begun.responses.some((r) => /I have not done this/.test(JSON.stringify(r))),
  );
  expect(slack.messages).toHaveLength(posts);
  release();
  await house.idle();
  expect(slack.thread(thread).filter((m) => /Rendering/.test(m.text))).toEqual([]);
});

test('what Slack has given up repeating is found in its thread when the store is back', async () => {
  // The look at intervals is twelve seconds away, the looks at a state a second in all.
  const { slack, nemo, house, seize } = await open('http', { scale: 0.2 });
  const thread = await slack.write('@bot A film about tea.');
  await slack.until((m) => /Your video is ready/.test(m.text));
  await house.idle();
  const release = seize();
  await slack.write('slower', { thread });
  release();
  nemo.script(say('Louder now.'));
  nemo.script(say('Slower now.'));
  await slack.write('louder', { thread });
  await slack.until((m) => /Slower now/.test(m.text));
  await house.idle();
  const told = nemo.received('run_sse').map(({ json }) => JSON.stringify(json));
  expect(told).toHaveLength(3);
  expect(told[2]).toContain('slower');
});

test('where the shutdown comes before the look, the next start finds what Slack has given up', async () => {
  const [nemo, slack] = await Promise.all([
    startNemoDouble(),
    startSlackDouble({ http: { eventsUrl: '' } }),
  ]);
  onTestFinished(async () => {
    await Promise.all([nemo.close(), slack.close()]);
  });
  // The look is a minute away.
  const { file, seize, close } = await open('http', { nemo, slack, scale: 1 });
  const release = seize();
  const thread = await slack.write('@bot A film about rain.');
  await slack.untilTrue(() =>
    [...slack.messages, ...slack.ephemerals].some((m) => /can’t write anything/.test(m.text)),
  );
  release();
  await close();
  expect(nemo.received('run_sse')).toEqual([]);
  nemo.script(say('Rain it is.'));
  town = await startTown({ mode: 'http', path: file, slack, nemo });
  await slack.until((m) => /Rain it is/.test(m.text) && m.thread_ts === thread);
  await town.house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});

test('a first mention that Slack has given up is found without another word from anybody', async () => {
  const { slack, nemo, house, seize } = await open('http');
  const release = seize();
  const thread = await slack.write('@bot A film about rain.');
  await slack.untilTrue(() =>
    [...slack.messages, ...slack.ephemerals].some((m) => /can’t write anything/.test(m.text)),
  );
  release();
  nemo.script(say('Rain it is.'));
  await slack.until((m) => /Rain it is/.test(m.text) && m.thread_ts === thread);
  await house.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
});
