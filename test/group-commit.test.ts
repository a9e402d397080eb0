import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createGroupCommit } from '../src/group-commit.ts';

function table() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const add = (n: number) => db.prepare('INSERT INTO t (n) VALUES (?)').run(n).changes;
  const all = () =>
    db
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map((row) => row['n']);
  return { db, add, all, ...createGroupCommit(db, { patienceMs: 100 }) };
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

test('one that fails fails alone', async () => {
  const { write, add, all } = table();
  const results = await Promise.allSettled([1, 1, 2].map((n) => write(() => add(n))));
  expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(all()).toEqual([1, 2]);
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
