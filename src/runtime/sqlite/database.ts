/** Opening and writing the one SQLite file that the ledger and the state share. */
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../database-unusable.ts';
import { damageOf, keepToOwner } from './integrity-check.ts';

/** How long opening a file and bringing its tables up to date wait for another process. */
const BUSY_MS = 5_000;

/**
 * How long a statement waits for another process's write once the program serves people: it blocks
 * the event loop meanwhile. Whoever needs more patience pauses between tries.
 */
const SERVING_BUSY_MS = 20;

/** Between looks whether the file is free to be switched to WAL. */
const RETRY_MS = 5;

/**
 * Opens `path` (or `:memory:`), creating the file and its folder. WAL lets readers and one writer
 * work side by side, also from several processes; synchronous=FULL makes every commit survive a
 * power cut, because these are records of money. A file that is damaged is left as it is. Throws
 * `DatabaseUnusable`.
 */
export function openSqlite(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), { recursive: true });
      // For the owner alone: people's scripts and sessions are in it. SQLite gives the files it
      // puts beside it (-wal, -shm) the same rights.
      // Only a file that is not there is opened here: closing it would drop the locks that this process
      // holds on it by an earlier connection. What looks at one that is there does so through SQLite,
      // which keeps such locks, or by its path.
      if (!statSync(path, { throwIfNoEntry: false })?.isFile())
        closeSync(openSync(path, 'a', 0o600));
      keepToOwner(path);
      const damage = untilFree(() => damageOf(path, BUSY_MS));
      if (damage) throw damaged(path, damage);
    }
    db = new DatabaseSync(path, { timeout: BUSY_MS });
    if (path !== ':memory:') switchToWal(db);
    db.exec('PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(
      `The database file ${path} cannot be opened: ${reason(error)}. ` +
        'Check the path in DATABASE_URL and the rights on the file and its folder.',
      { cause: error },
    );
  }
}

const damaged = (path: string, damage: string): DatabaseUnusable =>
  new DatabaseUnusable(
    `The database file ${path} is damaged (${damage.replaceAll('\n', ' ')}). Nothing in it was changed. ` +
      'Put a backup in its place, or move it away together with the files beside it (-wal, -shm) ' +
      'to begin with an empty one.',
  );

const modeRow = z.object({ journal_mode: z.string() });

/**
 * In a file that has been switched before it does nothing. Where the file system has no shared memory,
 * as a network drive, SQLite stays in the mode it was in and says so, instead of failing. Throws
 * `DatabaseUnusable`.
 */
export function switchToWal(db: DatabaseSync): void {
  const { journal_mode: mode } = untilFree(() =>
    modeRow.parse(db.prepare('PRAGMA journal_mode = WAL').get()),
  );
  if (mode === 'wal') return;
  throw new DatabaseUnusable(
    `The database file cannot be kept safely where it is: SQLite stays in its "${mode}" mode there ` +
      'instead of WAL. Point DATABASE_URL at a file on a local disk.',
  );
}

/**
 * The switch needs the file to itself for a moment, and is the one statement that SQLite does not let
 * wait for it (it upgrades a read, where waiting could be for ever): two processes that meet in a new
 * file would fail.
 */
function untilFree<T>(work: () => T): T {
  const start = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - start > BUSY_MS) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
  }
}

/** From here on no statement waits longer than people notice. */
export function beginServing(db: DatabaseSync): void {
  db.exec(`PRAGMA busy_timeout = ${SERVING_BUSY_MS}`);
}

const SQLITE_BUSY = 5;
/** Locked, no memory, read-only, I/O error, corrupt, full, cannot open, locking protocol, no database. */
const TROUBLE: ReadonlySet<number> = new Set([SQLITE_BUSY, 6, 7, 8, 10, 11, 13, 14, 15, 26]);

/** SQLite's code without the variety in its upper bytes. */
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;

/** Another connection is writing. */
export const isBusy = (error: unknown): boolean => codeOf(error) === SQLITE_BUSY;

/** The database as a whole is what failed, not the one statement. */
export function isDatabaseTrouble(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && TROUBLE.has(code);
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * All of `work` or nothing of it. IMMEDIATE takes the write lock at once: a transaction that begins
 * by reading and writes later can fail without waiting when another process wrote in between.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk, for one, has rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
