import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { readSettings } from '../src/settings/settings.ts';
import { DISCORD_TOKEN, startDiscordDouble } from './doubles/discord/discord-double.ts';
import { holdDatabase } from './doubles/held-database.ts';
import { startSlackDouble } from './doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN } from './doubles/slack/world.ts';

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
  expect(await ready()).toEqual({ status: 200, text: 'ready\n' });
  const release = holdDatabase(path);
  expect(await ready()).toEqual({
    status: 503,
    text: 'the database cannot be written: database is locked\n',
  });
  release();
  expect((await ready()).status).toBe(200);
});

test('/readyz says no, with the reason, while a platform is not connected, and yes again afterwards', async () => {
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  const { app } = await started({
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.api,
    TIME_SCALE: '0.01',
  });
  const ready = () => readiness(app);
  expect(await ready()).toEqual({ status: 200, text: 'ready\n' });
  const { gateway } = discord;
  gateway.stalled = true;
  gateway.drop({ code: 4000, forget: true });
  let now = await ready();
  while (now.status === 200) now = await ready();
  expect(now).toMatchObject({ status: 503, text: expect.stringMatching(/^discord: \w/) });
  gateway.stalled = false;
  gateway.drop();
  while (now.status !== 200) now = await ready();
  expect(now.text).toBe('ready\n');
});

test('/readyz tells of another copy on the same Discord token', async () => {
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  const { app } = await started({
    DISCORD_TOKEN,
    DISCORD_API_URL: discord.api,
    TIME_SCALE: '0.01',
  });
  expect(await readiness(app)).toEqual({ status: 200, text: 'ready\n' });
  discord.write(discord.general, discord.bot, 'hello', { nonce: 'otherone.0123456789abcdef' });
  let now = await readiness(app);
  while (now.text === 'ready\n') now = await readiness(app);
  expect(now.status).toBe(200);
  expect(now.text).toMatch(/^ready\ndiscord: another process posts with this DISCORD_TOKEN/);
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
    /^ready\nslack: Slack has another connection open with this SLACK_APP_TOKEN/,
  );
  expect(now.text).not.toContain(APP_TOKEN);
  slack.deliveries.others = 0;
  for (const wire of slack.deliveries.sockets) wire.cut();
  await slack.deliveries.connected(2);
  let later = await ready();
  while (later.text !== 'ready\n') later = await ready();
  expect(later.status).toBe(200);
});
