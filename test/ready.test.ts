import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { watchBackend } from '../src/nemo/backend-watch.ts';
import { readinessOf } from '../src/runtime/readiness.ts';
import { readSettings } from '../src/settings/settings.ts';
import { DISCORD_TOKEN, startDiscordDouble } from './doubles/discord/discord-double.ts';
import { holdDatabase } from './doubles/held-database.ts';
import { startSlackDouble } from './doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN } from './doubles/slack/world.ts';

const WELL = 'ready\nstore: ready\nbackend: ready\ndiscord: ready\n';

/** An app with a database of its own, and where that is. */
async function started(more: Record<string, string>): Promise<{ app: App; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-ready-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'bot.db');
  const app = await startApp(
    readSettings({
      NEMO_TOKEN: 'token',
      NEMO_API_URL: 'http://127.0.0.1:9',
      DATABASE_URL: `sqlite:${path}`,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...more,
    }),
  );
  onTestFinished(() => app.stop());
  return { app, path };
}

async function readiness({ url }: { readonly url: string }) {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, text: await response.text() };
}

test('/readyz says no, with the reason, while the store cannot be written, and yes again afterwards', async () => {
  const { app, path } = await started({
    PLAYGROUND: 'on',
    LEASE_MS: '1000',
  });
  const ready = () => readiness(app);
  const parts = 'backend: ready\nweb: ready\n';
  expect(await ready()).toEqual({ status: 200, text: `ready\nstore: ready\n${parts}` });
  const release = holdDatabase(path);
  expect(await ready()).toEqual({
    status: 503,
    text: `not ready\nstore: not ready: the database cannot be written: database is locked\n${parts}`,
  });
  release();
  expect((await ready()).status).toBe(200);
});

test('/readyz says no, with the reason, while no platform is connected, and yes again afterwards', async () => {
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  const { app } = await started({
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.api,
    TIME_SCALE: '0.01',
  });
  const ready = () => readiness(app);
  expect(await ready()).toEqual({ status: 200, text: WELL });
  const { gateway } = discord;
  gateway.stalled = true;
  gateway.drop({ code: 4000, forget: true });
  let now = await ready();
  while (now.status === 200) now = await ready();
  expect(now).toMatchObject({
    status: 503,
    text: expect.stringMatching(/^not ready\n[\s\S]*^discord: not ready: \w/m),
  });
  gateway.stalled = false;
  gateway.drop();
  while (now.status !== 200) now = await ready();
  expect(now.text).toBe(WELL);
});

test('/readyz tells of another copy on the same Discord token', async () => {
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  const { app } = await started({
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.api,
    TIME_SCALE: '0.01',
  });
  expect(await readiness(app)).toEqual({ status: 200, text: WELL });
  discord.write(discord.general, discord.bot, 'hello', { nonce: 'otherone.0123456789abcdef' });
  let now = await readiness(app);
  while (now.text === WELL) now = await readiness(app);
  expect(now.status).toBe(200);
  expect(now.text).toMatch(
    /^degraded\n[\s\S]*^discord: degraded: another process posts with this DISCORD_TOKEN/m,
  );
  expect(now.text).not.toContain(DISCORD_TOKEN);
});

test('/readyz tells of another copy on the same Slack token, and no longer once Slack counts it no more', async () => {
  const slack = await startSlackDouble();
  onTestFinished(() => slack.close());
  slack.deliveries.others = 1;
  const { app } = await started({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
    TIME_SCALE: '0.01',
  });
  const ready = () => readiness(app);
  const now = await ready();
  expect(now.status).toBe(200);
  expect(now.text).toMatch(
    /^degraded\n[\s\S]*^slack: degraded: Slack has another connection open with this SLACK_APP_TOKEN/m,
  );
  expect(now.text).not.toContain(APP_TOKEN);
  slack.deliveries.others = 0;
  for (const wire of slack.deliveries.sockets) wire.cut();
  await slack.deliveries.connected(2);
  let later = await ready();
  while (!later.text.startsWith('ready\n')) later = await ready();
  expect(later.status).toBe(200);
});

test.each([
  ['all is well', { store: 'ready', one: 'ready', other: 'ready', backend: 'ready' }, 'ready'],
  [
    'one platform of two is away',
    { store: 'ready', one: 'not ready', other: 'ready', backend: 'ready' },
    'degraded',
  ],
  [
    'the backend is away',
    { store: 'ready', one: 'ready', other: 'ready', backend: 'degraded' },
    'degraded',
  ],
  [
    'no platform is there',
    { store: 'ready', one: 'not ready', other: 'not ready', backend: 'ready' },
    'not ready',
  ],
  [
    'nothing can be written',
    { store: 'not ready', one: 'ready', other: 'ready', backend: 'ready' },
    'not ready',
  ],
] as const)(
  'where %s the whole is said to be so',
  (_what, { store, one, other, backend }, whole) => {
    const parts = [
      { name: 'store', kind: 'store', state: store },
      { name: 'backend', kind: 'backend', state: backend },
      { name: 'one', kind: 'platform', state: one },
      { name: 'other', kind: 'platform', state: other },
    ] as const;
    expect(readinessOf(parts)).toBe(whole);
  },
);

test('the backend is away from its first failure to its next answer, or until nobody has asked it for ten minutes', () => {
  let now = 0;
  const quiet = { backendCalled() {}, backendFailed() {}, bytes() {} };
  const { onCall, trouble } = watchBackend(quiet, () => now);
  expect(trouble()).toBeUndefined();
  onCall({ endpoint: 'state', status: undefined });
  expect(trouble()).toContain('gives no answer');
  onCall({ endpoint: 'state', status: 'called-off' });
  expect(trouble()).toContain('gives no answer');
  onCall({ endpoint: 'state', status: 404 });
  expect(trouble()).toBeUndefined();
  onCall({ endpoint: 'state', status: 503 });
  expect(trouble()).toContain('status 503');
  now = 10 * 60_000;
  expect(trouble()).toBeUndefined();
});
