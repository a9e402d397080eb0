/** The bot's store, or the playground's own, takes no writes for a while: nothing that is typed gets lost. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { startApp } from '../../../src/app.ts';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { StoreUnavailable } from '../../../src/runtime/store-outage.ts';
import { readSettings } from '../../../src/settings/settings.ts';
import { holdDatabase } from '../../doubles/held-database.ts';
import { ask, type Playground, type PlaygroundOptions, post, startPlayground } from './support.ts';

let playground: Playground;
let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});
const begin = async (options: PlaygroundOptions = {}) => {
  playground = await startPlayground(options);
  close = () => playground.close();
  return playground;
};

const thread = crypto.randomUUID();
const typed = (text: string) => ({ id: crypto.randomUUID(), text, files: [] });
const send = (text: string, to = thread) =>
  post(playground, `/api/threads/${to}/messages`, typed(text));
const messages = async (): Promise<WireMessage[]> =>
  (
    await ask(playground, 'GET', `/api/threads/${thread}/messages`, {
      Host: `127.0.0.1:${playground.port}`,
    })
  ).json<{ messages: WireMessage[] }>().messages;
const away = () => Promise.reject(new StoreUnavailable('the database is locked'));

test('messages are kept, and handed over in their order when the store is back', async () => {
  const { bot } = await begin();
  bot.answer.message = away;
  const replies = [await send('one'), await send('two'), await send('three')];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await messages()).map(({ waiting }) => waiting)).toEqual([true, true, true]);
  expect(bot.received).toEqual([]);
  bot.answer = {};
  await expect.poll(() => bot.received.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  expect((await messages()).map(({ waiting }) => waiting)).toEqual([false, false, false]);
});

test('two of which the first try of neither is over are both kept, in their order', async () => {
  const { bot } = await begin();
  const { promise: tried, reject: fail } = Promise.withResolvers<never>();
  bot.answer.message = () => tried;
  const replies = [send('one'), send('two')];
  await expect.poll(async () => (await messages()).length).toBe(2);
  fail(new StoreUnavailable('the database is locked'));
  expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200]);
  bot.answer = {};
  const order = (await messages()).map(({ text }) => text);
  await expect.poll(() => bot.received.map(({ text }) => text)).toEqual(order);
});

test('one that waits already is not kept twice, however often the browser sends it', async () => {
  const { bot } = await begin();
  bot.answer.message = away;
  const body = typed('one');
  for (let n = 0; n < 3; n += 1) {
    const path = `/api/threads/${thread}/messages`;
    expect((await post(playground, path, body)).json<WireMessage>().waiting).toBe(true);
  }
  bot.answer = {};
  await expect.poll(() => bot.received.length).toBe(1);
  expect(await messages()).toHaveLength(1);
});

test('beyond the bound the page is told, and nothing is stored', async () => {
  const { bot } = await begin({ mostKept: 2 });
  bot.answer.message = away;
  await send('one');
  await send('two');
  const refused = await send('three');
  expect(refused.status).toBe(503);
  expect(refused.json<{ code: string }>().code).toBe('not-written');
  expect(await messages()).toHaveLength(2);
  bot.answer = {};
  await expect.poll(() => bot.received.length).toBe(2);
  expect((await send('three')).status).toBe(200);
});

test('a stop hands over what is kept once more', async () => {
  const { bot, platform } = await begin();
  bot.answer.message = away;
  await send('one');
  bot.answer = {};
  await platform.stopListening();
  expect(bot.received.map(({ text }) => text)).toEqual(['one']);
});

test('what is left then is handed over at the next start', async () => {
  const { bot } = await begin();
  bot.answer.message = away;
  await send('one');
  await send('two');
  await playground.platform.stopListening();
  bot.answer = {};
  playground = await playground.restart();
  expect(bot.received.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('where the page’s own store takes no writes the page is told so, and keeps the text', async () => {
  const { dataDir } = await begin();
  const release = holdDatabase(join(dataDir, 'playground.db'));
  const refused = await send('one');
  expect(refused.status).toBe(503);
  expect(refused.json<{ code: string }>().code).toBe('not-written');
  release();
  expect((await send('one')).status).toBe(200);
});

test('with the whole bot: the person reads it once, and is answered when the store is back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-outage-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'bot.db');
  const app = await startApp(
    readSettings({
      PLAYGROUND: 'on',
      NEMO_TOKEN: 'token',
      NEMO_API_URL: 'http://127.0.0.1:9',
      DATABASE_URL: `sqlite:${path}`,
      PORT: '0',
      LEASE_MS: '1000',
      LOG_LEVEL: 'silent',
    }),
  );
  onTestFinished(() => app.stop());
  const call = async (method: string, where: string, body?: unknown) => {
    const headers = { Origin: app.url, 'X-Playground': '1', 'Content-Type': 'application/json' };
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(`${app.url}${where}`, { method, headers, ...given });
  };
  const texts = async (): Promise<string[]> => {
    const reply = await call('GET', `/api/threads/${thread}/messages`);
    const { messages: all } = (await reply.json()) as { messages: WireMessage[] };
    return all.filter(({ author }) => author === 'bot').map(({ text }) => text);
  };
  const release = holdDatabase(path);
  for (const word of ['help', 'help']) {
    const reply = await call('POST', `/api/threads/${thread}/messages`, typed(word));
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ waiting: true });
  }
  await expect.poll(texts).toEqual([expect.stringContaining('can’t write anything down')]);
  const command = { id: crypto.randomUUID(), name: 'new' };
  await call('POST', `/api/threads/${thread}/command`, command);
  expect((await texts()).at(-1)).toContain('I have not done this');
  expect((await call('GET', '/readyz')).status).toBe(503);
  release();
  await expect
    .poll(async () => (await texts()).filter((text) => /Try saying/.test(text)).length, {
      timeout: 15_000,
    })
    .toBe(2);
});
