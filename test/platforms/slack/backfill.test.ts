/** What was written while nobody listened is found in our own threads, once. */
import { afterEach, expect, test } from 'vitest';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { startTown } from './town.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function outage() {
  const file = await databaseFile();
  const [nemo, slack] = await Promise.all([startNemoDouble(), startSlackDouble()]);
  closing.push(nemo.close, slack.close);
  const first = await startTown({ path: file, slack, nemo });
  const thread = await slack.write('@bot A film about tea.');
  await slack.until((m) => /Your video is ready/.test(m.text));
  await first.house.idle();
  await first.close();
  return {
    nemo,
    slack,
    thread,
    async back() {
      const town = await startTown({ path: file, slack, nemo });
      closing.push(town.close);
      return town;
    },
  };
}

test('a follow-up of that time is answered, once, and what was answered before is not answered again', async () => {
  const { slack, nemo, thread, back } = await outage();
  await slack.write('make it slower', { thread, by: 'U0BOB', events: [] });
  await slack.write('just between us', { by: 'U0BOB', events: [] });
  nemo.script(say('Slower now.'));
  const town = await back();
  await slack.until((m) => /Slower now\./.test(m.text));
  await town.house.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
  expect(
    slack.callsOf('conversations.replies').filter(({ args }) => args['ts'] === thread),
  ).not.toEqual([]);
});

test('one that Slack delivers late, too, is answered once', async () => {
  const { slack, nemo, thread, back } = await outage();
  const late = await slack.write('make it slower', { thread, events: [] });
  nemo.script(say('Slower now.'));
  const town = await back();
  await slack.until((m) => /Slower now\./.test(m.text));
  await slack.event({
    type: 'message',
    channel: 'C0TEA',
    channel_type: 'channel',
    user: 'U0ALICE',
    text: 'make it slower',
    ts: late,
    thread_ts: thread,
  });
  await town.house.idle();
  expect(nemo.received('run_sse')).toHaveLength(2);
});

test('a thread that is gone keeps the others from nothing', async () => {
  const { slack, nemo, thread, back } = await outage();
  await slack.write('make it slower', { thread, events: [] });
  slack.fail('conversations.replies', { error: 'thread_not_found' });
  const town = await back();
  nemo.script(say('A new one.'));
  await slack.write('@bot another film');
  await slack.until((m) => /A new one\./.test(m.text));
  await town.house.idle();
});
