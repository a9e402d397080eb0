/** The app's one port: only what Slack has signed, and only while the bot is awake. */
import { afterEach, expect, test } from 'vitest';
import { signed } from '../../doubles/slack/deliveries.ts';
import { BOT_USER } from '../../doubles/slack/world.ts';
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
