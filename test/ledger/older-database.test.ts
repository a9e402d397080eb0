/** A database of schema 2, as the version before the record of threads left it. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClaimingLedger } from '../../src/ledger/sqlite/claiming-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { toThreadKey } from '../../src/runtime/ids.ts';

const OLD = fileURLToPath(new URL('./fixtures/version-2.db', import.meta.url));

let folder: string;
let path: string;
let ledger: ClaimingLedger;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-older-'));
  path = join(folder, 'bot.db');
  await copyFile(OLD, path);
});
afterEach(async () => {
  await ledger.close();
  await rm(folder, { recursive: true });
});
const open = () => {
  ledger = openSqliteLedger({ path, leaseMs: 60_000 });
};

test('every unfinished turn can be claimed at once, in its phase and order, as no crash', async () => {
  open();
  const seen: string[] = [];
  for (const lane of ['ordered', 'immediate'] as const) {
    for (;;) {
      const claim = await ledger.claim('new', { lane, platforms: ['web'] });
      if (!claim) break;
      expect(claim.crashes).toBeLessThanOrEqual(1);
      seen.push(`${claim.turn.key} ${claim.turn.phase}`);
      await ledger.finish(claim, 'delivered');
    }
  }
  expect(seen).toEqual([
    'web:accepted accepted',
    'web:preparing preparing',
    'web:sending sending',
    'web:streaming streaming',
    'web:streaming:next accepted',
    'web:recovering recovering',
    'web:answered answered',
    'web:exporting exporting',
    'web:submitting exporting',
    'watch:render_1_watched accepted',
  ]);
});

test('projects and latest threads are rows of the record, and Keyv keeps the rest', async () => {
  open();
  const thread = await ledger.thread(toThreadKey('web:w:c:old-delivered'));
  expect(thread).toMatchObject({
    platform: 'web',
    workspace: 'w',
    channel: 'c',
    ref: 'old-delivered',
    name: 'A film about delivered.',
  });
  expect(JSON.parse(thread?.project ?? '')).toMatchObject({
    sessionId: 'session-delivered',
    videos: 1,
  });
  expect((await ledger.thread(toThreadKey('web:w:c:old-accepted')))?.project).toBeUndefined();
  const slack = await ledger.thread(toThreadKey('slack:T1:C1:1700000000.000100'));
  expect(slack).toMatchObject({
    channel: 'C1',
    ref: '1700000000.000100',
    name: 'A film: about tea',
  });
  expect(JSON.parse(slack?.project ?? '')).toMatchObject({ language: 'zh', videos: 2 });
  const latest = await ledger.recent({ person: 'ada', workspace: 'w', limit: 3 });
  expect(latest.map(({ ref }) => ref)).toEqual(['old-stopped', 'old-failed', 'old-delivered']);
  expect(await ledger.recent({ person: 'U1', workspace: 'T1', limit: 9 })).toHaveLength(1);
  using db = new DatabaseSync(path);
  expect(db.prepare('SELECT DISTINCT namespace FROM state').all()).toEqual([
    { namespace: 'anonymous-account' },
  ]);
});

test('requests that were counted still count, and free words do not', async () => {
  open();
  expect(await ledger.used({ requester: 'ada', counts: 'requests', since: 0 })).toBe(11);
  expect(await ledger.used({ requester: 'ada', counts: 'exports', since: 0 })).toBe(0);
});

test('a damaged project or list is no reason not to start', async () => {
  const db = new DatabaseSync(path);
  db.exec("UPDATE state SET value = 'x' WHERE key IN ('web:w:c:old-failed', 'w:ada')");
  db.close();
  open();
  expect((await ledger.thread(toThreadKey('web:w:c:old-failed')))?.project).toBe('x');
  expect(await ledger.thread(toThreadKey('web:w:c:old-stopped'))).toMatchObject({
    ref: 'old-stopped',
  });
});
