import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSqliteLedger } from '../../../src/ledger/sqlite/open-ledger.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';
import { describeState } from '../conformance.ts';
import { sqliteStored } from '../stores.ts';

describe('a state in SQLite', () => describeState(sqliteStored));

async function file() {
  const stored = await sqliteStored();
  if (stored.place.kind !== 'sqlite') throw new Error('not a file');
  return { ...stored, path: stored.place.path };
}

test('lives in the same file as the ledger', async () => {
  const { path, open, remove } = await file();
  const ledger = openSqliteLedger({ path, leaseMs: 1_000 });
  const state = await open();
  const projects = state.map('projects', z.object({ session: z.string() }));
  const turn = {
    thread: { key: toThreadKey('t'), platform: 'slack', workspace: 'T1', channel: 'C1', ref: 't' },
    lane: 'ordered',
    requester: 'ada',
    payload: '{}',
  } as const;
  await Promise.all([
    ledger.append({ ...turn, key: '1' }),
    projects.set('t', { session: 's' }),
    ledger.append({ ...turn, key: '2' }),
  ]);
  expect(await ledger.countUnfinished()).toBe(2);
  expect(await projects.get('t')).toEqual({ session: 's' });
  await ledger.close();
  await state.close();
  await remove();
});

test('a secret stands in no file of the database', async () => {
  const { path, open, remove } = await file();
  const state = await open({ encryptionKey: randomBytes(32).toString('base64') });
  const token = 'xoxb-very-secret-token';
  await state.map('installs', z.string(), { secret: true }).set('T1', token);
  const folder = dirname(path);
  const files = await readdir(folder);
  expect(files).toContain('state.db-wal');
  for (const name of files)
    expect((await readFile(join(folder, name))).includes(token)).toBe(false);
  await state.close();
  await remove();
});

test('of a value of an earlier version, with an end of its own in it, only the one of its row counts', async () => {
  const stored = await file();
  const state = await stored.open();
  const seen = state.map('seen', z.number(), { ttlMs: 60_000 });
  const value = JSON.stringify({ value: 1, expires: Date.now() - 1 });
  await stored.put({ namespace: 'seen', key: 'old', value });
  expect(await seen.get('old')).toBe(1);
  expect(await seen.swap('old', 1, 2)).toBe(true);
  await state.close();
  await stored.remove();
});

test('a path that cannot be opened stops the start', () => {
  expect(() => openSqliteState({ path: '/dev/null/state.db' })).toThrow(
    /state\.db cannot be opened/,
  );
});
