/** The app as an operator has it: what it promises of its disk, of its places, and of what is old. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { say } from '../doubles/nemo/steps.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';

const DAY = 86_400_000;

interface Operated {
  readonly nemo: NemoDouble;
  readonly path: string;
  start(more?: Record<string, string>): Promise<App>;
}

async function operate(): Promise<Operated> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-operation-'));
  const nemo = await startNemoDouble();
  onTestFinished(async () => {
    await nemo.close();
    await rm(folder, { recursive: true });
  });
  const path = join(folder, 'bot.db');
  return {
    nemo,
    path,
    start: (more = {}) =>
      startApp(
        readSettings({
          PLAYGROUND: 'on',
          NEMO_TOKEN: nemo.token,
          NEMO_API_URL: nemo.url,
          DATABASE_URL: `sqlite:${path}`,
          PORT: '0',
          TIME_SCALE: '0.001',
          AUTO_EXPORT: 'never',
          LOG_LEVEL: 'silent',
          SHUTDOWN_GRACE_MS: '100',
          ...more,
        }),
      ),
  };
}

async function write({ url }: App, text: string): Promise<void> {
  const response = await fetch(`${url}/api/threads/${randomUUID()}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-playground': '1' },
    body: JSON.stringify({ id: randomUUID(), text, files: [] }),
  });
  expect(response.status).toBeLessThan(300);
}

async function figure({ url }: App, name: string): Promise<number> {
  const all = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(all)?.[1]);
}

/** Resolves when it holds; the test's own limit is the end of patience. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

test('every connection to the files keeps what was written through a power cut, and blocks nobody for long', async () => {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepared.mockRestore());
  const { start, path } = await operate();
  const app = await start();
  onTestFinished(() => app.stop());
  const open = [...new Set<unknown>(prepared.mock.contexts)]
    .filter((db) => db instanceof DatabaseSync)
    .filter((db) => db.isOpen);
  // The ledger and the state on one file, and the playground on its own.
  expect(open.filter((db) => db.location() === path)).toHaveLength(2);
  expect(open).toHaveLength(3);
  for (const db of open) expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  // Nobody is served while a statement waits for another process.
  for (const db of open) expect(db.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 20 });
});

test('MAX_RUNNING_TURNS is how many turns run at once', async () => {
  const { start, nemo } = await operate();
  const app = await start({ MAX_RUNNING_TURNS: '2' });
  onTestFinished(() => app.stop());
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  for (let n = 0; n < 5; n += 1) nemo.script({ until: opened }, say('Done.'));
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((it) => write(app, `A film about ${it}.`)));
  await nemo.arrival('run_sse', 2);
  expect(await figure(app, 'nemo_bot_turns_unfinished')).toBe(5);
  expect(await figure(app, 'nemo_bot_turns_running')).toBe(2);
  open();
  await nemo.arrival('run_sse', 5);
  await until(async () => (await figure(app, 'nemo_bot_turns_unfinished')) === 0);
});

test('what is older than a month is forgotten, at a start and every hour; what is younger stays', async () => {
  const { start, path } = await operate();
  const first = await start();
  await write(first, 'A film about tea.');
  await write(first, 'A film about rain.');
  await until(async () => (await figure(first, 'nemo_bot_turns_unfinished')) === 0);
  await first.stop();
  using db = new DatabaseSync(path, { timeout: 5_000 });
  const left = () =>
    db
      .prepare('SELECT payload FROM turns')
      .all()
      .map(({ payload }) => payload);
  const age = (words: string, days: number) =>
    db
      .prepare('UPDATE turns SET accepted_at = :at, finished_at = :at WHERE payload LIKE :words')
      .run({ at: Date.now() - days * DAY, words: `%${words}%` });
  // As if the first start, which had nothing to forget, had been hours ago.
  const hoursLater = () => db.exec(`DELETE FROM state WHERE namespace = 'turn-taking'`);
  age('tea', 31);
  age('rain', 29);
  hoursLater();
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const second = await start();
  onTestFinished(() => second.stop());
  await until(() => left().length === 1);
  expect(left()).toEqual([expect.stringContaining('rain')]);
  age('rain', 31);
  hoursLater();
  vi.advanceTimersByTime(3_600_000);
  await until(() => left().length === 0);
});

test('a stop puts turns down and closes all that was open', async () => {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepared.mockRestore());
  const { start, nemo, path } = await operate();
  const first = await start();
  const databases = [...new Set<unknown>(prepared.mock.contexts)].filter(
    (db) => db instanceof DatabaseSync,
  );
  const { promise: never } = Promise.withResolvers<void>();
  nemo.script({ heartbeat: true }, { until: never });
  await write(first, 'A film about tea.');
  await nemo.arrival('run_sse');
  await first.stop();
  await expect(fetch(`${first.url}/healthz`)).rejects.toThrow();
  expect(databases.filter((db) => db.isOpen)).toEqual([]);
  using db = new DatabaseSync(path, { readOnly: true });
  // Let go by its worker, not taken from a dead one.
  expect(db.prepare('SELECT owner, crashes FROM turns').all()).toEqual([
    { owner: null, crashes: 0 },
  ]);
});
