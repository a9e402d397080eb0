import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { RENDER_SQL } from '../../src/ledger/sqlite/renders.ts';
import { THREAD_SQL } from '../../src/ledger/sqlite/threads.ts';
import { TURN_SQL } from '../../src/ledger/sqlite/turns.ts';
import { DatabaseUnusable } from '../../src/runtime/database-unusable.ts';
import { toRenderId } from '../../src/runtime/ids.ts';
import { openSqlite } from '../../src/runtime/sqlite/database.ts';
import { StoreUnavailable } from '../../src/runtime/store-outage.ts';
import { manualTimers } from '../doubles/manual-timers.ts';
import { describeLedger } from './conformance.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { LEASE_MS, mustAppend, mustClaim, newTurn, SERVED } from './support.ts';

describeLedger('SQLite', openSqliteStore, 60);

describe('the SQLite file', () => {
  let store: Awaited<ReturnType<typeof openSqliteStore>>;
  beforeEach(async () => {
    store = await openSqliteStore();
  });
  afterEach(() => store.destroy());
  const open = () => openSqliteLedger({ path: store.path, leaseMs: LEASE_MS });

  test('is created with its folder, readable by its owner alone, in WAL mode', async () => {
    await store.connect();
    expect((await stat(store.path)).mode & 0o777).toBe(0o600);
    expect((await stat(`${store.path}-wal`)).mode & 0o777).toBe(0o600);
  });

  test('that cannot be opened is named in a sentence with its reason', async () => {
    await mkdir(store.path, { recursive: true });
    expect(open).toThrow(DatabaseUnusable);
    expect(open).toThrow(/ledger\.db cannot be opened: EISDIR.*DATABASE_URL/);
  });

  test('that is something else is refused', async () => {
    await mkdir(dirname(store.path), { recursive: true });
    await writeFile(store.path, 'Dear diary, '.repeat(500));
    expect(open).toThrow(/file is not a database/);
  });

  test('of a newer version is refused and left as it is', async () => {
    await (await store.connect()).close();
    using db = new DatabaseSync(store.path);
    db.exec('PRAGMA user_version = 999');
    expect(open).toThrow(/written by a newer version \(schema 999/);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
  });

  test('that holds a turn of an unknown phase makes the look at it reject', async () => {
    const ledger = await store.connect();
    const { turn } = await mustAppend(ledger);
    using db = new DatabaseSync(store.path);
    db.exec("UPDATE turns SET phase = 'dreaming'");
    await expect(ledger.turn(turn.id)).rejects.toThrow();
  });

  test('on a disk that fails: what is read rejects as what is written does', async () => {
    let fails = false;
    const ledger = openSqliteLedger({
      path: store.path,
      leaseMs: LEASE_MS,
      open(path) {
        const db = openSqlite(path);
        const prepare = db.prepare.bind(db);
        db.prepare = (sql) => {
          const statement = prepare(sql);
          const all = statement.all.bind(statement);
          statement.all = (...values: unknown[]) => {
            if (fails) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
            return Reflect.apply(all, undefined, values);
          };
          return statement;
        };
        return db;
      },
    });
    onTestFinished(() => ledger.close());
    const { turn } = await mustAppend(ledger);
    fails = true;
    const { id, thread } = turn;
    const person = { person: 'ada', workspace: 'T1', limit: 1 };
    const reads: readonly (() => Promise<unknown>)[] = [
      () => ledger.turn(id),
      () => ledger.unfinished(thread),
      () => ledger.countUnfinished(),
      () => ledger.used({ requester: 'ada', counts: 'requests', since: 0 }),
      () => ledger.knows(thread),
      () => ledger.thread(thread),
      () => ledger.recent(person),
      () => ledger.tookPart(thread, 'ada'),
      () => ledger.render(toRenderId('render-1')),
      () => ledger.othersTookPart(thread, 'ada'),
      () => ledger.renders(thread),
      () => ledger.claim('worker', SERVED),
      () => ledger.append(newTurn()),
    ];
    for (const read of reads) await expect(read()).rejects.toThrow(StoreUnavailable);
  });

  test.each([
    ['a disk that is full', 'PRAGMA max_page_count = 1', 'PRAGMA max_page_count = 1000000', /full/],
    [
      'a disk that has become read-only',
      'PRAGMA query_only = ON',
      'PRAGMA query_only = OFF',
      /readonly/,
    ],
  ])(
    'on %s: nothing is written or said to be, and it goes on when that is over',
    async (_disk, ill, well, words) => {
      const files: DatabaseSync[] = [];
      const ledger = openSqliteLedger({
        path: store.path,
        leaseMs: LEASE_MS,
        open(path) {
          const db = openSqlite(path);
          files.push(db);
          return db;
        },
      });
      onTestFinished(() => ledger.close());
      await mustAppend(ledger, newTurn({ key: 'before' }));
      const [db] = files;
      db?.exec(ill);
      const long = newTurn({ key: 'meanwhile', payload: JSON.stringify('x'.repeat(20_000)) });
      await expect(ledger.append(long)).rejects.toThrow(StoreUnavailable);
      await expect(ledger.append(long)).rejects.toThrow(words);
      db?.exec(well);
      expect(await ledger.health()).toEqual({ trouble: undefined });
      expect(await ledger.countUnfinished()).toBe(1);
      expect((await ledger.append(long)).outcome).toBe('new');
      expect((await mustClaim(ledger, 'worker')).turn.key).toBe('before');
    },
  );

  test('that another process holds: a write gives up well before a lease runs out', async () => {
    const timers = manualTimers();
    const ledger = openSqliteLedger({ path: store.path, leaseMs: LEASE_MS, timers });
    onTestFinished(() => ledger.close());
    using other = new DatabaseSync(store.path);
    other.exec('BEGIN IMMEDIATE');
    const told: unknown[] = [];
    const written = ledger.append(newTurn()).catch((error: unknown) => told.push(error));
    await timers.advance(LEASE_MS / 2);
    expect(told).toEqual([expect.any(StoreUnavailable)]);
    await written;
    other.exec('ROLLBACK');
    await mustAppend(ledger);
  });

  test('a ledger in memory needs no file', async () => {
    const ledger = openSqliteLedger({ path: ':memory:', leaseMs: LEASE_MS });
    await ledger.append(newTurn({ key: 'in memory' }));
    expect((await mustClaim(ledger)).turn.key).toBe('in memory');
    await ledger.close();
  });
});

describe('statements', () => {
  const all = {
    ...prefixed('turn', TURN_SQL),
    ...prefixed('render', RENDER_SQL),
    ...prefixed('thread', THREAD_SQL),
  };

  test.each(Object.entries(all))(
    '%s reads by an index, however many turns have ended',
    async (_, sql) => {
      const store = await openSqliteStore();
      onTestFinished(() => store.destroy());
      await store.connect();
      using db = new DatabaseSync(store.path);
      const steps = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => `${detail}`);
      const scans = steps.filter((step) => step.startsWith('SCAN'));
      // Only what holds nothing but unfinished or running turns may be walked through, or a list given, or
      // the list of people that a claim makes for itself.
      const short =
        /USING (COVERING )?INDEX turns_(open_by_requester|held)$|^SCAN json_each VIRTUAL TABLE|^SCAN people$/;
      expect(scans.filter((step) => !short.test(step))).toEqual([]);
      expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
    },
  );
});

function prefixed(name: string, statements: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(statements).map(([key, sql]) => [`${name} ${key}`, sql]),
  );
}
