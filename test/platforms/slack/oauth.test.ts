/** One bot in several workspaces: installed by OAuth, each with a token of its own, until it is removed. */
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { ThreadRef } from '../../../src/platforms/chat.ts';
import { BOT_USER } from '../../doubles/slack/world.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Bare, handMadeInbox, startPlatform } from './bare.ts';

let bare: Bare;
afterEach(() => bare.close());

const inbox = handMadeInbox();

/** Goes through both pages as a browser would, with its cookie. */
async function install(code: string): Promise<Response> {
  const page = await fetch(`${bare.botUrl}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [, address = ''] = /href="(http[^"]+)"/.exec(await page.text()) ?? [];
  const authorize = new URL(address.replaceAll('&amp;', '&'));
  expect(authorize.origin).toBe(bare.slack.url);
  expect(authorize.searchParams.get('scope')?.split(',')).toContain('chat:write');
  const back = new URL(`${bare.botUrl}/slack/oauth_redirect`);
  back.searchParams.set('code', code);
  back.searchParams.set('state', authorize.searchParams.get('state') ?? '');
  return fetch(back, { headers: { cookie } });
}

const mention = (team: string, ts: string) => ({
  given: {
    type: 'app_mention',
    channel: 'C0TEA',
    user: 'U0ALICE',
    text: `<@${BOT_USER}> hello`,
    ts,
  },
  envelope: {
    team_id: team,
    authorizations: [{ team_id: team, enterprise_id: null, is_enterprise_install: false }],
  },
});
const place = (workspace: string, thread = '1.000001'): ThreadRef => ({
  platform: 'slack',
  workspace,
  channel: 'C0TEA',
  thread,
});
const tokenOf = (workspace: string) =>
  [...bare.slack.tokens].findLast(([, team]) => team === workspace)?.[0];

test.each(['http', 'socket'] as const)(
  'two workspaces install it (%s); each is spoken to with its own token',
  async (mode) => {
    bare = await startPlatform(mode, inbox, { oauth: true });
    const { slack, platform } = bare;
    for (const team of ['T0ONE', 'T0TWO']) expect((await install(team)).status).toBe(200);
    for (const team of ['T0ONE', 'T0TWO']) {
      const { given, envelope } = mention(team, '1.000001');
      await slack.event(given, envelope);
      const { message } = await inbox.next();
      expect(message).toMatchObject({ text: 'hello', thread: { workspace: team } });
      await platform.thread(message.thread).post({ text: `hello ${team}` }, { key: team });
      expect(slack.calls.at(-1)?.token).toBe(tokenOf(team));
    }
  },
);

test('an event of a shared channel belongs to the workspace that it was sent to us for', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  await install('T0ONE');
  const { given } = mention('T0ONE', '1.000001');
  await bare.slack.event(
    { ...given, team: 'T0OTHER', user_team: 'T0OTHER' },
    {
      team_id: 'T0OTHER',
      context_team_id: 'T0ONE',
      authorizations: [{ team_id: 'T0ONE', is_enterprise_install: false }],
    },
  );
  expect((await inbox.next()).message.thread.workspace).toBe('T0ONE');
});

test('an installation of a whole organisation serves each of its workspaces', async () => {
  const file = await databaseFile();
  bare = await startPlatform('http', inbox, { oauth: true, path: file });
  await install('E0ORG-org');
  const { slack } = bare;
  const { given } = mention('T0PART', '1.000001');
  await slack.event(given, {
    team_id: 'T0PART',
    authorizations: [{ team_id: 'T0PART', enterprise_id: 'E0ORG', is_enterprise_install: true }],
  });
  const { message } = await inbox.next();
  expect(message.thread.workspace).toBe('T0PART');
  await bare.platform.thread(message.thread).post({ text: 'hello' }, { key: 'k' });
  expect(slack.calls.at(-1)?.token).toBe(tokenOf('E0ORG'));
});

test.each<[string, Record<string, unknown>]>([
  ['the app is removed', { type: 'app_uninstalled' }],
  ['its token is taken back', { type: 'tokens_revoked', tokens: { bot: [BOT_USER] } }],
])('when %s, the workspace is forgotten, and the others are not', async (_title, event) => {
  bare = await startPlatform('http', inbox, { oauth: true });
  for (const team of ['T0ONE', 'T0TWO']) await install(team);
  const { envelope } = mention('T0ONE', '1.000001');
  expect((await bare.slack.event(event, envelope)).acked).toBe(true);
  const gone = bare.platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
  await expect(gone).rejects.toMatchObject({ name: 'ChatError', reason: 'gone' });
  await bare.platform.thread(place('T0TWO')).post({ text: 'hello' }, { key: 'k' });
});

test('somebody taking back their own token changes nothing', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  await install('T0ONE');
  const { envelope } = mention('T0ONE', '1.000001');
  await bare.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U0ALICE'] } }, envelope);
  await bare.platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
});

test('a token that is about to expire is renewed before it is used', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  await install('T0ONE-rotating');
  const first = tokenOf('T0ONE');
  await bare.platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
  expect(bare.slack.callsOf('oauth.v2.access')).toHaveLength(2);
  expect(bare.slack.calls.at(-1)?.token).not.toBe(first);
});

test('while Slack renews nothing, a token is used until its end', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  await install('T0ONE-rotating');
  const first = tokenOf('T0ONE');
  bare.slack.fail('oauth.v2.access', { status: 503 });
  await bare.platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
  expect(bare.slack.calls.at(-1)?.token).toBe(first);
});

test('behind its end what is said, or comes in, waits until Slack renews it', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  const { slack, platform } = bare;
  await install('T0ONE-ending');
  slack.expireTokens('T0ONE');
  const { given, envelope } = mention('T0ONE', '1.000001');
  const say = () => platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
  slack.fail('oauth.v2.access', { status: 503 }, { status: 503 });
  await expect(say()).rejects.toMatchObject({ name: 'ChatError', reason: 'unreachable' });
  expect((await slack.event(given, envelope)).acked).toBe(false);
  await say();
  expect((await slack.event(given, envelope, 1)).acked).toBe(true);
  expect((await inbox.next()).message.text).toBe('hello');
});

describe('what is stored', () => {
  test('holds no token that could be read', async () => {
    const file = await databaseFile();
    bare = await startPlatform('http', inbox, { oauth: true, path: file });
    await install('T0ONE');
    const stored = (
      await Promise.all(
        [file, `${file}-wal`].map((name) => readFile(name, 'latin1').catch(() => '')),
      )
    ).join('');
    expect(stored).toContain('slack-installations');
    expect(stored).not.toContain(tokenOf('T0ONE'));
    expect(stored).not.toContain('xoxb-');
  });
});

test('an event of a workspace without an installation is taken note of, and starts nothing', async () => {
  bare = await startPlatform('http', inbox, { oauth: true });
  const taken = inbox.taken.length;
  const { given, envelope } = mention('T0NOBODY', '1.000001');
  expect((await bare.slack.event(given, envelope)).acked).toBe(true);
  expect(inbox.taken).toHaveLength(taken);
});

describe('with ALLOWED_WORKSPACES', () => {
  const only = (...allowedWorkspaces: string[]) => ({
    oauth: true,
    settings: { allowedWorkspaces },
  });

  test.each([
    ['a workspace', 'T0STRANGER', 'T0STRANGER'],
    ['an organisation', 'E0STRANGER-org', 'E0STRANGER'],
    ['a workspace with tokens that rotate', 'T0STRANGER-rotating', 'T0STRANGER'],
  ])('%s that is not among them is refused, and its token taken back', async (_what, code, id) => {
    const file = await databaseFile();
    bare = await startPlatform('http', inbox, { ...only('T0ONE'), path: file });
    const answer = await install(code);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('has not been installed');
    expect(bare.slack.callsOf('auth.revoke')).toHaveLength(1);
    expect(tokenOf(id)).toBeUndefined();
    const gone = bare.platform.thread(place(id)).post({ text: 'hello' }, { key: 'k' });
    await expect(gone).rejects.toMatchObject({ name: 'ChatError', reason: 'gone' });
    expect(bare.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test('those among them are installed', async () => {
    bare = await startPlatform('http', inbox, only('T0ONE', 'E0ORG'));
    for (const code of ['T0ONE', 'E0ORG-org']) expect((await install(code)).status).toBe(200);
    expect(bare.slack.callsOf('auth.revoke')).toEqual([]);
    await bare.platform.thread(place('T0ONE')).post({ text: 'hello' }, { key: 'k' });
  });

  test('a token that Slack does not take back at once is asked for again', async () => {
    bare = await startPlatform('http', inbox, only('T0ONE'));
    bare.slack.fail('auth.revoke', { status: 503 });
    expect((await install('T0STRANGER')).status).toBe(403);
    expect(tokenOf('T0STRANGER')).toBeUndefined();
  });

  test('one that it does not take back at all is still not kept, and the operator told', async () => {
    bare = await startPlatform('http', inbox, only('T0ONE'));
    bare.slack.fail('auth.revoke', { error: 'not_allowed_token_type' });
    expect((await install('T0STRANGER')).status).toBe(403);
    expect(bare.logged.filter((line) => line.startsWith('error')).join()).toContain('revoked');
    const gone = bare.platform.thread(place('T0STRANGER')).post({ text: 'hi' }, { key: 'k' });
    await expect(gone).rejects.toMatchObject({ reason: 'gone' });
  });
});
