// Over 250 lines: its cases share one setup and read as one list.
/** Slack in a bad mood: what was to be said is said, once, and in the end. */
import { afterEach, describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { toMessageId } from '../../../src/runtime/ids.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { Fault } from '../../doubles/slack/world.ts';
import { type BareOptions, handMadeInbox, startPlatform } from './bare.ts';
import { startTown } from './town.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function place(options: BareOptions = {}) {
  const bare = await startPlatform('socket', handMadeInbox(), options);
  close = bare.close;
  const ts = await bare.slack.write('@bot hello');
  const thread = bare.platform.thread({
    platform: 'slack',
    workspace: 'T0TEA',
    channel: 'C0TEA',
    thread: ts,
  });
  return { ...bare, ts, thread };
}

const failure = (deed: Promise<unknown>) =>
  deed.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a post', () => {
  test.each<[string, Fault]>([
    ['a rate limit', { retryAfter: 1 }],
    ['a 503 before anything was done', { status: 503 }],
    ['a 503 after it was done', { status: 503, after: true }],
    ['a cut connection before', { drop: true }],
    ['a cut connection after', { drop: true, after: true }],
    ['a page instead of an answer', { html: true }],
    ['internal_error', { error: 'internal_error' }],
    ['ratelimited', { error: 'service_unavailable' }],
  ])('is visible once after %s', async (_title, fault) => {
    const { slack, thread, ts } = await place();
    slack.fail('chat.postMessage', fault);
    const { id } = await thread.post({ text: 'hello' }, { key: 'k' });
    expect(
      slack
        .thread(ts)
        .filter((m) => m.bot)
        .map((m) => m.ts),
    ).toEqual([id]);
  });

  test('is not repeated by who no longer speaks here, nor is an edit or a removal', async () => {
    const { slack, thread, ts } = await place();
    const { id } = await thread.post({ text: 'hello' }, { key: 'k' });
    const lost = new Error('another worker speaks here');
    const confirm = () => Promise.reject(lost);
    for (const method of ['chat.postMessage', 'chat.update', 'chat.delete'] as const)
      slack.fail(method, { status: 503 });
    expect(await failure(thread.post({ text: 'late' }, { key: 'l', confirm }))).toBe(lost);
    expect(await failure(thread.edit(id, { text: 'late' }, { confirm }))).toBe(lost);
    expect(await failure(thread.delete(id, { confirm }))).toBe(lost);
    expect(
      slack
        .thread(ts)
        .filter((m) => m.bot)
        .map((m) => m.text),
    ).toEqual(['hello']);
  });

  test('that an earlier process may have made is looked for first, part by part', async () => {
    const { slack, thread, ts } = await place();
    const long = Array.from({ length: 900 }, (_, n) => `word${n}`).join(' ');
    const first = await thread.post({ text: long }, { key: 'k' });
    const [one, ...others] = slack.thread(ts).filter((m) => m.bot);
    if (one) one.deleted = true;
    const again = await thread.post({ text: long }, { key: 'k', again: true });
    expect(again).toEqual(first);
    expect(slack.thread(ts).filter((m) => m.bot)).toHaveLength(others.length + 1);
  });

  test('comes although the app may not read the thread it would look through', async () => {
    const { slack, thread, ts, logged } = await place();
    slack.scopes = slack.scopes.filter((scope) => scope !== 'channels:history');
    await thread.post({ text: 'hello' }, { key: 'k', again: true });
    expect(slack.thread(ts).filter((m) => m.bot)).toHaveLength(1);
    expect(logged.join('\n')).toContain('channels:history');
  });

  test('comes in plain blocks where markdown blocks are refused', async () => {
    const { slack, thread } = await place();
    slack.fail('chat.postMessage', { error: 'invalid_blocks' });
    await thread.post(
      { text: '**hello**', buttons: [{ label: 'Stop', does: { action: 'stop' } }] },
      { key: 'k' },
    );
    const posted = await slack.until((m) => m.bot);
    expect(posted.blocks.map((b) => b.type)).toEqual(['section', 'actions']);
  });

  test('is given up when its turn is', async () => {
    const { slack, thread } = await place();
    slack.fail('chat.postMessage', { retryAfter: 600 });
    const turn = new AbortController();
    const posting = failure(thread.post({ text: 'hello' }, { key: 'k', signal: turn.signal }));
    await slack.untilTrue(() => slack.callsOf('chat.postMessage').length === 1);
    turn.abort(new Error('stopped'));
    expect(await posting).toEqual(new Error('stopped'));
  });
});

describe('an edit', () => {
  test('that has to wait is overtaken by newer ones: the last is shown, those between are not', async () => {
    const { slack, thread } = await place();
    const { id } = await thread.post({ text: 'one' }, { key: 'k' });
    slack.fail('chat.update', { retryAfter: 1 });
    const waiting = thread.edit(id, { text: 'two' });
    await slack.untilTrue(() => slack.callsOf('chat.update').length === 1);
    await Promise.all([
      waiting,
      thread.edit(id, { text: 'three' }),
      thread.edit(id, { text: 'four' }),
    ]);
    const message = await slack.until((m) => m.ts === id);
    expect(message.versions).toEqual(['one', 'four']);
  });

  test('of what is no longer there is refused, a deletion of it is fine', async () => {
    const { thread } = await place();
    const { id } = await thread.post({ text: 'one' }, { key: 'k' });
    await thread.delete(id);
    await thread.delete(id);
    expect(await failure(thread.edit(id, { text: 'two' }))).toMatchObject({
      name: 'SlackRefusal',
      reason: 'invalid',
    });
  });

  test('without blocks Slack would keep the old buttons, so the new ones always go along', async () => {
    const { slack, thread } = await place();
    const { id } = await thread.post(
      { text: 'one', buttons: [{ label: 'Stop', does: { action: 'stop' } }] },
      { key: 'k' },
    );
    await thread.edit(id, { text: 'two' });
    expect((await slack.until((m) => m.ts === id)).blocks.map((b) => b.type)).toEqual(['markdown']);
    expect(slack.violations).toEqual([]);
  });
});

test('reactions that are there already, or gone already, are no trouble', async () => {
  const { thread, ts, slack } = await place();
  await thread.react(toMessageId(ts), 'queued');
  await thread.react(toMessageId(ts), 'queued');
  await thread.unreact(toMessageId(ts), 'queued');
  await thread.unreact(toMessageId(ts), 'queued');
  await thread.react(toMessageId(ts), 'seen');
  expect([...(await slack.until((m) => m.ts === ts)).reactions]).toEqual(['eyes']);
});

describe('a place that is lost', () => {
  const cases: [string, string, ChatError['reason']][] = [
    ...[
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'thread_not_found',
      'token_revoked',
      'account_inactive',
      'invalid_auth',
    ].map((code): [string, string, ChatError['reason']] => [code, 'is gone', 'gone']),
    ...[
      'missing_scope',
      'restricted_action',
      'no_permission',
      'messages_tab_disabled',
      'ekm_access_denied',
    ].map((code): [string, string, ChatError['reason']] => [code, 'is not for us', 'forbidden']),
    ['msg_too_long', 'is something else', 'invalid'],
  ];
  test.each(cases)('%s %s', async (error, _meaning, reason) => {
    const { slack, thread } = await place();
    slack.fail('chat.postMessage', { error, needed: 'chat:write' });
    const refused = await failure(thread.post({ text: 'hello' }, { key: 'k' }));
    expect(refused).toBeInstanceOf(ChatError);
    expect(refused).toMatchObject({ reason });
    expect(String(refused)).toContain('chat:write');
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test.each(['removed', 'archived'] as const)(
    'in mid-turn (%s): the result reaches the requester directly',
    async (how) => {
      const town = await startTown();
      close = town.close;
      const { slack, nemo } = town;
      let letGo = () => {};
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      nemo.script(
        { heartbeat: true },
        { draft: sampleDraft },
        { until: held },
        say('The film is cut.'),
      );
      await slack.write('@bot A film about tea.');
      await nemo.arrival('run_sse');
      const channel = slack.channels.get('C0TEA');
      if (how === 'removed' && channel) channel.member = false;
      if (how === 'archived' && channel) channel.archived = true;
      letGo();
      const direct = await slack.until(
        (m) => m.channel === 'D0ALICE' && /The film is cut\./.test(m.text),
      );
      expect(direct.bot).toBe(true);
    },
  );
});

test('a private reply is seen by its person alone, in the thread', async () => {
  const { slack, thread, ts } = await place();
  await thread.postPrivately('U0BOB', { text: 'psst' });
  expect(slack.ephemerals.map((m) => [m.privateTo, m.thread_ts, m.text])).toEqual([
    ['U0BOB', ts, 'psst'],
  ]);
});

describe('the connection', () => {
  test.each<[string, 'close' | 'cut']>([
    ['closed by Slack', 'close'],
    ['cut', 'cut'],
  ])('%s in mid-turn comes back, and the turn goes on', async (_title, how) => {
    const town = await startTown();
    close = town.close;
    const { slack, nemo } = town;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    nemo.script({ heartbeat: true }, { until: held }, say('The film is cut.'));
    const thread = await slack.write('@bot A film about tea.');
    await nemo.arrival('run_sse');
    for (const wire of slack.deliveries.sockets) wire[how]();
    await slack.deliveries.connected(2);
    letGo();
    await slack.until((m) => /The film is cut\./.test(m.text));
    nemo.script(say('Slower now.'));
    await slack.write('slower', { thread });
    await slack.until((m) => /Slower now\./.test(m.text));
  });

  test('comes back although Slack cannot be reached for a while', async () => {
    const { slack, platform } = await place();
    slack.fail(
      'apps.connections.open',
      { drop: true },
      { status: 503 },
      { error: 'internal_error' },
    );
    for (const wire of slack.deliveries.sockets) wire.cut();
    await slack.untilTrue(() => slack.callsOf('apps.connections.open').length === 2);
    expect(platform.trouble()).toMatch(/not connected/);
    await slack.deliveries.connected(2);
    await slack.write('@bot still there?');
    expect(platform.trouble()).toBeUndefined();
  });
});

describe('a start', () => {
  test('with a bad bot token says where to get a good one', async () => {
    const error = await failure(
      startPlatform('socket', handMadeInbox(), { settings: { botToken: 'xoxb-wrong' } }),
    );
    expect(String(error)).toMatch(/SLACK_BOT_TOKEN \(token_revoked\).*OAuth & Permissions/);
  });

  test('with a bad app token says what it needs', async () => {
    const prepare: BareOptions['prepare'] = (slack) =>
      slack.fail('apps.connections.open', { error: 'invalid_auth' });
    const error = await failure(startPlatform('socket', handMadeInbox(), { prepare }));
    expect(String(error)).toMatch(/SLACK_APP_TOKEN \(invalid_auth\).*connections:write/);
  });

  test('sits out a moment of trouble', async () => {
    const { slack } = await place({
      prepare: (double) => {
        double.fail('auth.test', { status: 503 });
        double.fail('apps.connections.open', { drop: true });
      },
    });
    expect(slack.callsOf('auth.test')).toHaveLength(2);
  });

  test('without some scopes names them', async () => {
    const { logged } = await place({
      prepare: (slack) => {
        slack.scopes = slack.scopes.filter(
          (scope) => scope !== 'reactions:write' && scope !== 'assistant:write',
        );
      },
    });
    expect(logged.join('\n')).toMatch(/warn .*lacks scopes: assistant:write, reactions:write/);
  });
});
