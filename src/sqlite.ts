/** Opening and writing the one SQLite file that the ledger and the state share. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { damageOf, keepToOwner } from './sqlite-check.ts';

/**
 * How long a statement waits for another process's write. It blocks the event loop meanwhile, so
 * transactions are a few rows each and never span an `await`.
 */
const BUSY_MS = 5_000;

/** Between looks whether the file is free to be switched to WAL. */
const RETRY_MS = 5;

/** The database file cannot be used; the message is a sentence for the operator. */
export class DatabaseUnusable extends Error {
  override name = 'DatabaseUnusable';
}

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

const SQLITE_BUSY = 5;

/** The lower byte is the kind of error, the rest its variety. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;

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
