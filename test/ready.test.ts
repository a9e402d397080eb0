import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../src/app.ts';
import { readSettings } from '../src/settings.ts';

test('/readyz says no, with the reason, while the store cannot be written, and yes again afterwards', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-ready-'));
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
  const ready = async () => {
    const response = await fetch(`${app.url}/readyz`);
    return { status: response.status, text: await response.text() };
  };
  expect(await ready()).toEqual({ status: 200, text: 'ready\n' });
  using other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  expect(await ready()).toEqual({
    status: 503,
    text: 'the database cannot be written: database is locked\n',
  });
  other.exec('COMMIT');
  expect((await ready()).status).toBe(200);
});
