/** Opening the database: what is damaged stops the start and is left as it is. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteLedger } from '../../../src/ledger/sqlite/open-ledger.ts';
import { openPlaygroundDb } from '../../../src/platforms/web/schema.ts';
import { DatabaseUnusable } from '../../../src/runtime/database-unusable.ts';
import { openSqlite, switchToWal } from '../../../src/runtime/sqlite/database.ts';
import { lookAround } from '../../../src/runtime/sqlite/integrity-check.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemo-bot-sqlite-'));
  path = join(folder, 'nemo-bot.db');
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/** A file with pages of all kinds, and nothing left in its WAL. */
function fill(): void {
  using db = openSqlite(path);
  db.exec('CREATE TABLE scripts (id INTEGER PRIMARY KEY, text TEXT, name TEXT) STRICT');
  db.exec('CREATE INDEX scripts_by_name ON scripts (name)');
  db.exec('BEGIN');
  const insert = db.prepare('INSERT INTO scripts (text, name) VALUES (?, ?)');
  for (let n = 0; n < 2_000; n++) insert.run(`a script about tea ${n} `.repeat(9), `name ${n}`);
  db.exec('COMMIT');
}

/** As a failing disk or a half-written copy does. */
function overwrite(bytes: Buffer, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

const reasonFor = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('a damaged file', () => {
  test.each([
    ['zeros in its middle', Buffer.alloc(16_384), 0.5],
    ['another text in its middle', Buffer.alloc(16_384, 'not a page '), 0.5],
    ['zeros near its end', Buffer.alloc(16_384), 0.9],
    ['its first pages overwritten', Buffer.alloc(16_384), 0],
  ])('with %s stops the start of all that is kept in it', (_, bytes, where) => {
    fill();
    const pages = Math.floor((statSync(path).size / 4096) * where);
    overwrite(bytes, pages * 4096);
    const before = readFileSync(path);
    for (const open of [
      () => openSqliteLedger({ path, leaseMs: 1_000 }),
      () => openSqliteState({ path }),
      () => openPlaygroundDb(path),
    ]) {
      const error = reasonFor(open);
      expect(error).toBeInstanceOf(DatabaseUnusable);
      expect(String(error)).toMatch(/nemo-bot\.db is damaged \(.+\)\. Nothing in it was changed/);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('keeps what a crash left beside it', () => {
    fill();
    const writer = new DatabaseSync(path);
    writer.exec("INSERT INTO scripts (text, name) VALUES ('only in the WAL', 'x')");
    const wal = readFileSync(`${path}-wal`);
    expect(wal.length).toBeGreaterThan(0);
    const crashed = readFileSync(path);
    writer.close();
    writeFileSync(path, crashed);
    writeFileSync(`${path}-wal`, wal);
    overwrite(Buffer.alloc(16_384), Math.floor(crashed.length / 8192) * 4096);
    const before = readFileSync(path);
    expect(() => openSqlite(path)).toThrow(/is damaged/);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readFileSync(`${path}-wal`).equals(wal)).toBe(true);
  });

  test('that is no database at all is named as that', () => {
    writeFileSync(
      path,
      'my shopping list, which is longer than a header of a hundred bytes. '.repeat(9),
    );
    expect(() => openSqlite(path)).toThrow(/is damaged \(file is not a database\)/);
  });

  test('is found table by table where the file is large, for as long as there is time', () => {
    fill();
    using db = openSqlite(path);
    expect(lookAround(db, 60_000)).toBeUndefined();
    const [root] = db
      .prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'scripts'")
      .all();
    db.close();
    overwrite(Buffer.alloc(4096), (Number(root?.['page']) - 1) * 4096);
    using again = new DatabaseSync(path, { readOnly: true });
    expect(reasonFor(() => lookAround(again, 60_000))).not.toBeUndefined();
  });
});

test('a file that was opened before opens again, with what is in its WAL', () => {
  fill();
  using writer = openSqlite(path);
  writer.exec("INSERT INTO scripts (text, name) VALUES ('in the WAL', 'x')");
  using beside = openSqlite(path);
  expect(beside.prepare('SELECT count(*) AS n FROM scripts').get()).toEqual({ n: 2_001 });
});

/** Locks of files belong to the process, and are gone when it closes the file in any other way than SQLite's. */
test('opening the file again, as the state does beside the ledger, keeps what this process holds of it', () => {
  fill();
  using _first = openSqlite(path);
  using _again = openSqlite(path);
  // Wants the file to itself, and gets it where no other process has it locked.
  const alone = [
    "const { DatabaseSync } = require('node:sqlite');",
    "const db = new DatabaseSync(new URL('file://' + process.argv[1] + '?vfs=unix-excl'));",
    "db.prepare('SELECT count(*) FROM scripts').get();",
  ];
  const other = spawnSync(process.execPath, ['-e', alone.join(''), path], { encoding: 'utf8' });
  expect(other.stderr).toContain('database is locked');
});

test('a place that knows no WAL is refused: SQLite itself says nothing', () => {
  using db = new DatabaseSync(new URL(`file://${path}?vfs=unix-dotfile`));
  expect(() => switchToWal(db)).toThrow(/"delete" mode there instead of WAL/);
});

test('a file that others could read becomes its owner’s alone, with the files beside it', () => {
  fill();
  using db = openSqlite(path);
  db.exec("INSERT INTO scripts (text, name) VALUES ('in the WAL', 'x')");
  const files = [path, `${path}-wal`, `${path}-shm`];
  for (const file of files) chmodSync(file, 0o664);
  using _again = openSqlite(path);
  expect(files.map(modeOf)).toEqual(['600', '600', '600']);
});
