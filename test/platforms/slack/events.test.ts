/** What an event starts, how often, and when Slack is told that it has arrived. */
import { afterEach, describe, expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import { BOT_USER } from '../../doubles/slack/world.ts';
import { handMadeInbox, startPlatform } from './bare.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function begin(options: TownOptions = {}): Promise<Town> {
  const town = await startTown(options);
  close = town.close;
  return town;
}

const png = {
  name: 'leaf.png',
  mimetype: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
};

describe('exactly one turn per message', () => {
  test.each([
    ['the mention first', ['app_mention', 'message']],
    ['the message first', ['message', 'app_mention']],
    ['the mention alone', ['app_mention']],
    ['the message alone', ['message']],
  ] as const)('with %s', async (_title, events) => {
    const { slack, house, nemo } = await begin();
    const ts = await slack.write('@bot A film about tea.', { events });
    await slack.until((m) => /Your video is ready/.test(m.text));
    await slack.redeliver(ts, events[0]);
    await house.idle();
    expect(nemo.received('run_sse')).toHaveLength(1);
    expect(
      slack.thread(ts).filter((m) => m.bot && /Your video is ready/.test(m.text)),
    ).toHaveLength(1);
  });

  test.each([
    ['only the message event brings the files', ['message']],
    ['only the mention brings the files', ['app_mention']],
    ['no event brings the files', []],
  ] as const)('%s, and each file is used once', async (_title, filesIn) => {
    const { slack, house, nemo } = await begin();
    await slack.write('@bot Open on this.', { files: [png], filesIn });
    await slack.until((m) => /Your video is ready/.test(m.text));
    await house.idle();
    expect(nemo.received('upload').map((r) => r.parts?.[0]?.filename)).toEqual(['leaf.png']);
  });

  test('a message that comes again long after it was answered starts nothing', async () => {
    const { slack, house, nemo } = await begin({ mode: 'http' });
    const ts = await slack.write('@bot A film about tea.');
    await slack.until((m) => /Your video is ready/.test(m.text));
    await house.idle();
    const posts = slack.messages.length;
    expect((await slack.redeliver(ts)).acked).toBe(true);
    expect((await slack.redeliver(ts, 'app_mention')).acked).toBe(true);
    await house.idle();
    expect(slack.messages).toHaveLength(posts);
    expect(nemo.received('run_sse')).toHaveLength(1);
  });
});

describe.each(['socket', 'http'] as const)('by %s, an event is acknowledged', (mode) => {
  test('only when its message is on record', async () => {
    const inbox = handMadeInbox();
    const bare = await startPlatform(mode, inbox);
    close = bare.close;
    const written = bare.slack.write('@bot A film about tea.', { events: ['message'] });
    const received = await inbox.next();
    const first = await Promise.race([
      written.then(() => 'acknowledged'),
      received.kept.then(() => 'on record'),
    ]);
    expect(first).toBe('on record');
    expect(received.message.key).toBe(`slack:T0TEA:C0TEA:${await written}`);
  });

  test('not at all when the record cannot be written; it is taken when it comes again', async () => {
    const inbox = handMadeInbox();
    const bare = await startPlatform(mode, inbox);
    close = bare.close;
    inbox.failNext(new Error('the disk is full'));
    const given = {
      type: 'app_mention',
      channel: 'C0TEA',
      user: 'U0ALICE',
      text: `<@${BOT_USER}> hello`,
      ts: '1.000002',
    };
    const lost = bare.slack.event(given);
    await inbox.next();
    if (mode === 'http') expect((await lost).acked).toBe(false);
    const again = await bare.slack.event(given, {}, 1);
    expect(again.acked).toBe(true);
    expect(inbox.taken).toHaveLength(1);
  });
});

describe('case 88: nothing is started by', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      'an edit',
      {
        subtype: 'message_changed',
        message: { ts: '1.1', user: 'U0ALICE', text: `<@${BOT_USER}> hi` },
      },
    ],
    ['a deletion', { subtype: 'message_deleted', deleted_ts: '1.1' }],
    ['another bot', { user: 'U0BOB', bot_id: 'B0OTHER', text: `<@${BOT_USER}> hi` }],
    [
      'a bot of the old kind',
      { subtype: 'bot_message', bot_id: 'B0OLD', text: `<@${BOT_USER}> hi` },
    ],
    ['our own post', { user: BOT_USER, bot_id: 'B0NEMO', text: `<@${BOT_USER}> hi` }],
    [
      'somebody joining',
      { subtype: 'channel_join', user: 'U0BOB', text: `<@U0BOB> has joined, says <@${BOT_USER}>` },
    ],
    ['Slackbot', { user: 'USLACKBOT', text: `<@${BOT_USER}> hi` }],
    ['a message in the channel', { user: 'U0BOB', text: 'good morning' }],
    ["a reply in somebody else's thread", { user: 'U0BOB', text: 'me too', thread_ts: '0.5' }],
  ])('%s', async (_title, fields) => {
    const inbox = handMadeInbox();
    const bare = await startPlatform('socket', inbox);
    close = bare.close;
    const { acked } = await bare.slack.event({
      type: 'message',
      channel: 'C0TEA',
      channel_type: 'channel',
      ts: '1.5',
      ...fields,
    });
    expect(acked).toBe(true);
    expect(inbox.taken).toEqual([]);
  });
});

describe('what reaches the backend', () => {
  test('is the text as it was typed, without the mention', async () => {
    const { slack, nemo } = await begin();
    await slack.write(
      'Hey @bot, tea &amp; cake for <@U0BOB> in <#C0TEA|tea>: <https://tea.example/a?b=1&amp;c=2>, 1 &lt; 2',
    );
    const sent = await nemo.arrival('run_sse');
    expect(JSON.stringify(sent.json)).toContain(
      'Hey , tea & cake for @Bob in #tea: https://tea.example/a?b=1&c=2, 1 < 2',
    );
  });

  test('names nobody where the workspace does not tell names', async () => {
    const { slack, nemo } = await begin();
    slack.scopes = slack.scopes.filter((scope) => scope !== 'users:read');
    await slack.write('@bot a birthday film for <@U0BOB>');
    expect(JSON.stringify((await nemo.arrival('run_sse')).json)).toContain(
      'a birthday film for @someone',
    );
  });

  test('is somebody else’s message, when ours is written under it without material of its own', async () => {
    const { slack, house, nemo } = await begin();
    const root = await slack.write('The kettle sings at dawn. The village wakes.', {
      by: 'U0BOB',
      files: [png],
    });
    await slack.write('@bot make this a short', { thread: root });
    const sent = await nemo.arrival('run_sse');
    await house.idle();
    expect(JSON.stringify(sent.json)).toContain('The kettle sings at dawn.');
    expect(nemo.received('upload')).toHaveLength(1);
  });

  test('is a snippet, as a script', async () => {
    const { slack, nemo } = await begin();
    await slack.write('@bot this one', {
      files: [
        {
          name: 'Untitled',
          mode: 'snippet',
          mimetype: 'text/plain',
          bytes: Buffer.from('Act one: rain.'),
        },
      ],
    });
    expect(JSON.stringify((await nemo.arrival('run_sse')).json)).toContain('Act one: rain.');
  });
});

test('in direct messages no mention is needed, and every first message is a project', async () => {
  const { slack, nemo } = await begin();
  nemo.script(say('One.'));
  nemo.script(say('Two.'));
  const one = await slack.write('A film about tea.', { channel: 'D0ALICE' });
  await slack.until((m) => m.thread_ts === one && /One\./.test(m.text));
  const two = await slack.write('A film about rain.', { channel: 'D0ALICE' });
  await slack.until((m) => m.thread_ts === two && /Two\./.test(m.text));
  expect(nemo.sessions.size).toBe(2);
});

test('a bare mention is answered with help', async () => {
  const { slack } = await begin();
  await slack.write('@bot');
  await slack.until((m) => /Try saying/.test(m.text));
});

test('the greeting listens in its thread; in somebody else’s it does not', async () => {
  const town = await begin();
  const { slack } = town;
  const thread = await slack.write('@bot');
  await slack.until((m) => /Try saying/.test(m.text));
  await slack.write('A film about tea.', { thread });
  await slack.until((m) => m.thread_ts === thread && /Your video is ready/.test(m.text));
  const theirs = await slack.write('Lunch?', { by: 'U0BOB' });
  await slack.write('@bot help', { thread: theirs });
  await slack.until((m) => m.thread_ts === theirs && /Try saying/.test(m.text));
  await slack.write('At noon?', { thread: theirs, by: 'U0BOB' });
  await town.house.idle();
  expect(town.nemo.received('run_sse')).toHaveLength(1);
});

test('a bare mention whose file came without it is looked at before it counts as bare', async () => {
  const { slack, nemo } = await begin();
  await slack.write('@bot', { files: [png], filesIn: [] });
  await slack.until((m) => /Your video is ready/.test(m.text));
  expect(nemo.received('upload')).toHaveLength(1);
});
