/** The app's one port: only what Slack has signed, and only while the bot is awake. */
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { signed } from '../../doubles/slack/deliveries.ts';
import { BOT_USER } from '../../doubles/slack/world.ts';
import { head, rawClient } from '../../edge/raw-client.ts';
import { type Bare, handMadeInbox, startPlatform } from './bare.ts';

let bare: Bare;
afterEach(() => bare.close());

const body = JSON.stringify({
  type: 'event_callback',
  team_id: 'T0TEA',
  event: {
    type: 'app_mention',
    channel: 'C0TEA',
    user: 'U0ALICE',
    text: `<@${BOT_USER}> hi`,
    ts: '1.000001',
  },
});
const now = () => Math.floor(Date.now() / 1000);
const send = (headers: Record<string, string>, text = body) =>
  fetch(`${bare.botUrl}/slack/events`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  });

test.each<[string, () => Record<string, string>, number]>([
  ['a good signature', () => signed(body), 200],
  ['no signature', () => ({}), 401],
  ['another secret', () => signed(body, 'wrong'), 401],
  ['another body', () => signed(`${body} `), 401],
  ['a signature of ten minutes ago', () => signed(body, undefined, now() - 600), 401],
])('%s is answered as it deserves', async (_title, headers, status) => {
  const inbox = handMadeInbox();
  bare = await startPlatform('http', inbox);
  expect((await send(headers())).status).toBe(status);
  expect(inbox.taken).toHaveLength(status === 200 ? 1 : 0);
});

test('Slack’s question whether this is the right place is answered', async () => {
  bare = await startPlatform('http', handMadeInbox());
  const question = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const answer = await send(signed(question), question);
  expect(await answer.json()).toEqual({ challenge: 'abc' });
});

test.each(['GET', 'PUT', 'DELETE'])('%s is answered with what is taken here', async (method) => {
  bare = await startPlatform('http', handMadeInbox());
  const answer = await fetch(`${bare.botUrl}/slack/events`, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('POST');
  expect(bare.logged.filter((line) => !line.startsWith('debug'))).toEqual([]);
});

test.each(['/slack/install', '/slack/oauth_redirect'])('%s can only be looked at', async (page) => {
  bare = await startPlatform('http', handMadeInbox(), { oauth: true });
  const answer = await fetch(`${bare.botUrl}${page}`, { method: 'POST', body: 'x' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET');
  expect(bare.logged.filter((line) => !line.startsWith('debug'))).toEqual([]);
});

test('other paths are not ours', async () => {
  bare = await startPlatform('http', handMadeInbox());
  expect((await fetch(`${bare.botUrl}/slack/other`)).status).toBe(404);
  expect((await fetch(`${bare.botUrl}/slack/install`)).status).toBe(404);
});

test('a bot that is stopping takes nothing in, so that Slack sends it again', async () => {
  const inbox = handMadeInbox();
  bare = await startPlatform('http', inbox);
  await bare.platform.stopListening();
  expect((await send(signed(body))).status).toBe(503);
  expect(inbox.taken).toEqual([]);
});

describe('what strangers send', () => {
  const strangers = (how: (n: number) => string | Buffer) =>
    Array.from({ length: 150 }, (_, n) => {
      const stranger = rawClient(Number(new URL(bare.botUrl).port));
      onTestFinished(() => void stranger.socket.destroy());
      stranger.send(how(n));
      return stranger;
    });
  const falsely = { 'x-slack-signature': 'v0=00', 'x-slack-request-timestamp': String(now()) };

  /** Slack itself still gets through. */
  async function expectOpen(inbox: { taken: readonly unknown[] }): Promise<void> {
    expect((await send(signed(body))).status).toBe(200);
    expect(inbox.taken).toHaveLength(1);
    expect(bare.logged.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
  }

  test('150 unfinished bodies of 3.9 MB are refused before they are read', async () => {
    const inbox = handMadeInbox();
    bare = await startPlatform('http', inbox);
    const all = strangers(() =>
      Buffer.concat([
        Buffer.from(head('POST', '/slack/events', { 'content-length': '3900000' })),
        Buffer.alloc(64 * 1024),
      ]),
    );
    for (const { ended } of all) expect(await ended).toMatch(/^(HTTP\/1\.1 413|$)/);
    await expectOpen(inbox);
  });

  test('150 of 900 KB that do not say how long they are hold 16 MB and no more', async () => {
    const inbox = handMadeInbox();
    bare = await startPlatform('http', inbox);
    const piece = Buffer.alloc(900 * 1024);
    const headers = { ...falsely, 'transfer-encoding': 'chunked' };
    const start = `${head('POST', '/slack/events', headers)}${piece.length.toString(16)}\r\n`;
    const all = strangers(() => Buffer.concat([Buffer.from(start), piece]));
    let ended = 0;
    for (const stranger of all) void stranger.ended.then(() => (ended += 1));
    // What is still open holds 900 KB each.
    await expect.poll(() => ended, { timeout: 25_000 }).toBe(150 - Math.floor(16384 / 900));
    await expectOpen(inbox);
  });

  test('a body above 1 MB that did not say so is refused, one below is read', async () => {
    bare = await startPlatform('http', handMadeInbox());
    const large = (bytes: number) => JSON.stringify({ type: 'x'.repeat(bytes) });
    const stream = new Blob([large(1024 * 1024)]).stream();
    const options = { method: 'POST', body: stream, duplex: 'half' } as const;
    const answer = await fetch(`${bare.botUrl}/slack/events`, options);
    expect(answer.status).toBe(413);
    expect((await send({}, large(1000 * 1024))).status).toBe(401);
  });

  test('a body that is broken off is one line for those who debug', async () => {
    bare = await startPlatform('http', handMadeInbox());
    const { logged } = bare;
    const before = logged.length;
    const gone = rawClient(Number(new URL(bare.botUrl).port));
    gone.socket.end(`${head('POST', '/slack/events', { ...falsely, 'content-length': '99' })}half`);
    await expect.poll(() => logged.length, { timeout: 20_000 }).toBe(before + 1);
    expect(logged.at(-1)).toMatch(/^debug .*not taken/);
  });
});
