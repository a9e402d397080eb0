/** The app as it is put together from its settings: which port says what, and which files may be fetched from where. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createBotProcess } from '../doubles/bot-process.ts';
import { DISCORD_TOKEN, startDiscordDouble } from '../doubles/discord/discord-double.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';

/** Gives what the line with "ready" says. */
async function startBot(env: Record<string, string> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-edge-'));
  const nemo = await startNemoDouble();
  const bot = await createBotProcess({
    NEMO_API_URL: nemo.url,
    NEMO_TOKEN: nemo.token,
    DATABASE_URL: `sqlite:${path.join(folder, 'bot.db')}`,
    TIME_SCALE: '0.002',
    SHUTDOWN_GRACE_MS: '200',
    ...env,
  });
  onTestFinished(async () => {
    await bot.stop();
    await nemo.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await bot.start();
  const ready = bot.output.find((line) => /"msg":"ready/.test(line)) ?? '';
  return {
    nemo,
    ...z.object({ url: z.string(), metrics: z.string().optional() }).parse(JSON.parse(ready)),
  };
}

test('/metrics is beside everything else, unless it has a port of its own', async () => {
  const { url, metrics } = await startBot();
  expect(metrics).toBeUndefined();
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('nemo_bot_turns_running');
  const wrong = await fetch(`${url}/metrics`, { method: 'POST' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('with METRICS_PORT, /metrics is there alone, and nothing else is', async () => {
  const { url, metrics = '' } = await startBot({ METRICS_PORT: '0' });
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(metrics)).text()).toContain('nemo_bot_turns_running');
  for (const other of ['/', '/healthz', '/api/threads'])
    expect((await fetch(new URL(other, metrics))).status).toBe(404);
});

test('a local backend opens nothing for attachments: only the platform’s own API may be local', async () => {
  const asked: string[] = [];
  const internal = createServer((req, res) => {
    asked.push(req.url ?? '');
    res.end('a secret of the machine');
  });
  await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void internal.close());
  const inside = `http://127.0.0.1:${(internal.address() as AddressInfo).port}/admin.txt`;
  const discord = await startDiscordDouble();
  onTestFinished(() => discord.close());
  discord.settings.attachmentUrl = inside;
  const { nemo } = await startBot({ DISCORD_TOKEN, DISCORD_API_URL: discord.api });
  const files = [{ name: 'brief.txt', type: 'text/plain', bytes: Buffer.from('secret') }];
  const asks = discord.mention(discord.general, discord.alice, 'A film about doors.', { files });
  await discord.until(() =>
    discord.said(asks.id).some(({ content }) => /brief\.txt/.test(content)),
  );
  expect(asked).toEqual([]);
  expect(JSON.stringify(nemo.requests)).not.toContain('secret of the machine');
});
