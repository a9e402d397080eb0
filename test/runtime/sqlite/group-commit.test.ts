import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { createGroupCommit } from '../../../src/runtime/sqlite/group-commit.ts';
import { StoreUnavailable } from '../../../src/runtime/store-outage.ts';
import { manualTimers } from '../../doubles/manual-timers.ts';

const PATIENCE_MS = 100;
const open: DatabaseSync[] = [];
afterEach(() => {
  for (const db of open.splice(0)) if (db.isOpen) db.close();
});

function table(db = new DatabaseSync(':memory:')) {
  open.push(db);
  db.exec('CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, filling TEXT)');
  const timers = manualTimers();
  const begins: string[] = [];
  const plain = db.exec.bind(db);
  db.exec = (sql) => {
    if (sql.startsWith('BEGIN')) begins.push(sql);
    plain(sql);
  };
  const add = (n: number, filling = '') =>
    db.prepare('INSERT INTO t (n, filling) VALUES (?, ?)').run(n, filling).changes;
  const all = () =>
    db
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map((row) => row['n']);
  return {
    db,
    add,
    all,
    timers,
    begins,
    ...createGroupCommit(db, { patienceMs: PATIENCE_MS, timers }),
  };
}

test('writes that come together are one transaction, settled in order', async () => {
  const { write, add, all, db } = table();
  const settled: number[] = [];
  let inOne = true;
  const writes = [1, 2, 3].map((n) =>
    write(() => {
      inOne &&= db.isTransaction && all().length === n - 1;
      return add(n);
    }).then(() => settled.push(n)),
  );
  expect(all()).toEqual([]);
  await Promise.all(writes);
  expect(inOne).toBe(true);
  expect(settled).toEqual([1, 2, 3]);
  expect(all()).toEqual([1, 2, 3]);
});

test('one that fails fails alone, and costs the group one transaction more', async () => {
  const { write, add, all, begins } = table();
  const results = await Promise.allSettled([1, 1, 2, 3].map((n) => write(() => add(n))));
  expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(all()).toEqual([1, 2, 3]);
  expect(begins).toHaveLength(2);
});

test('what waits is written when it is flushed, and nothing is settled before it is on disk', async () => {
  const { write, flush, add, all, db } = table();
  const waiting = write(() => add(7));
  flush();
  expect(all()).toEqual([7]);
  expect(await waiting).toBe(1);
  db.close();
  await expect(write(() => add(8))).rejects.toThrow();
});

describe('gathering', () => {
  test('a write beside one that finds nothing to do is a lone one', async () => {
    const { write, add, timers } = table();
    for (let n = 0; n < 20; n += 1) await Promise.all([write(() => add(n)), write(() => 'known')]);
    expect(timers.asked).toEqual([]);
  });

  test('a lone conversation, one write after the other, never waits for a gather', async () => {
    const { write, add, timers } = table();
    for (let n = 0; n < 20; n += 1) await write(() => add(n));
    expect(timers.asked).toEqual([]);
  });

  test('the end of its last turn and its next message, together, do not wait for one either', async () => {
    const { write, add, timers } = table();
    for (let n = 0; n < 40; n += 2)
      await Promise.all([write(() => add(n)), write(() => add(n + 1))]);
    expect(timers.asked).toEqual([]);
  });

  test('one that can wait goes with the next write, or by itself a little later', async () => {
    const { write, add, timers, begins } = table();
    const canWait = { canWait: true };
    const early = write(() => add(1), canWait);
    await timers.rest();
    expect(begins).toEqual([]);
    await Promise.all([write(() => add(2)), early]);
    expect(begins).toHaveLength(1);
    const alone = [write(() => add(3), canWait), write(() => add(4), canWait)];
    await timers.rest();
    expect(begins).toHaveLength(1);
    await timers.advance(12);
    await Promise.all(alone);
    expect(begins).toHaveLength(2);
    // Of the first no timer is left that would flush what waits for the second.
    const last = write(() => add(5), canWait);
    await timers.advance(11);
    expect(begins).toHaveLength(2);
    await timers.advance(1);
    await last;
    expect(begins).toHaveLength(3);
  });

  test('where flushes carry several writes, the next ones share a flush a little later', async () => {
    const { write, add, timers, begins } = table();
    for (let n = 0; n < 3; n += 1) {
      await timers.advance(50);
      await Promise.all([1, 2, 3, 4].map((k) => write(() => add(n * 10 + k))));
    }
    const [early, late] = [write(() => add(100)), write(() => add(101))];
    await timers.rest();
    expect(begins).toHaveLength(3);
    await timers.advance(12);
    await Promise.all([early, late]);
    expect(begins).toHaveLength(4);
    // After a pause the first one goes at once again.
    await timers.advance(50);
    const asked = timers.asked.length;
    await write(() => add(102));
    expect(timers.asked).toHaveLength(asked);
  });
});

describe('a database that another process writes to', () => {
  async function held() {
    const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-group-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'group.db');
    const own = table(new DatabaseSync(path, { timeout: 0 }));
    own.db.exec('PRAGMA journal_mode = WAL');
    const other = new DatabaseSync(path);
    open.push(other);
    other.exec('BEGIN IMMEDIATE');
    return { ...own, other };
  }

  test('is waited for by the group as one, and then it is all written in order', async () => {
    const { write, add, all, begins, timers, other } = await held();
    const writes = Promise.all([1, 2, 3].map((n) => write(() => add(n))));
    await timers.rest();
    await timers.advance(15);
    const later = write(() => add(4));
    await timers.rest();
    // Twice for the three together: the later one joins them instead of trying by itself.
    expect(begins).toHaveLength(2);
    other.exec('COMMIT');
    await timers.advance(15);
    await Promise.all([writes, later]);
    expect(all()).toEqual([1, 2, 3, 4]);
    expect(begins).toHaveLength(3);
  });

  test('is waited for within the patience; then each write rejects with StoreUnavailable', async () => {
    const { write, add, all, timers, other } = await held();
    const settled: unknown[] = [];
    const first = write(() => add(1)).catch((error) => settled.push(error));
    await timers.advance(PATIENCE_MS - 20);
    expect(settled).toEqual([]);
    const second = write(() => add(2));
    await timers.advance(40);
    await first;
    expect(settled[0]).toBeInstanceOf(StoreUnavailable);
    other.exec('COMMIT');
    await timers.advance(15);
    await second;
    expect(all()).toEqual([2]);
  });
});

describe('a database that fails', () => {
  test('full: the group fails as one, by one try, and what comes later is written when there is room', async () => {
    const { write, add, all, db, begins, timers } = table();
    db.exec('PRAGMA max_page_count = 3');
    const big = 'x'.repeat(20_000);
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => write(() => add(n, n === 2 ? big : ''))),
    );
    for (const result of results) {
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(StoreUnavailable);
    }
    expect(begins).toHaveLength(1);
    expect(all()).toEqual([]);
    db.exec('PRAGMA max_page_count = 1000');
    await timers.advance(50);
    await write(() => add(4, big));
    expect(all()).toEqual([4]);
  });

  test('full while they are tried apart, because one of them is itself at fault: still as one', async () => {
    const { write, add, all, db } = table();
    await write(() => add(1));
    db.exec('PRAGMA max_page_count = 10');
    const wrong = () => {
      throw new TypeError('wrong');
    };
    const results = await Promise.allSettled([
      write(wrong),
      write(() => add(2, 'x'.repeat(1_000_000))),
    ]);
    expect(results).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected', reason: expect.any(StoreUnavailable) },
    ]);
    expect(db.isTransaction).toBe(false);
    db.exec('PRAGMA max_page_count = 1000');
    await write(() => add(3));
    expect(all()).toEqual([1, 3]);
  });

  test('in the commit: nobody is told that their write succeeded, and the next one starts clean', async () => {
    const { write, add, all, db } = table();
    const exec = db.exec;
    db.exec = (sql) => {
      if (sql === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      exec(sql);
    };
    const results = await Promise.allSettled([1, 2].map((n) => write(() => add(n))));
    expect(results.map((r) => r.status)).toEqual(['rejected', 'rejected']);
    db.exec = exec;
    expect(db.isTransaction).toBe(false);
    await write(() => add(3));
    expect(all()).toEqual([3]);
  });

  test('even where the rollback fails, too', async () => {
    const { write, add, all, db } = table();
    const exec = db.exec;
    db.exec = (sql) => {
      if (sql === 'COMMIT' || sql === 'ROLLBACK') {
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      }
      exec(sql);
    };
    await expect(write(() => add(1))).rejects.toThrow(StoreUnavailable);
    db.exec = exec;
    await write(() => add(2));
    expect(all()).toEqual([2]);
  });
});
