/** Opening and writing the one SQLite file that the ledger and the state share. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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
 * power cut, because these are records of money. Throws `DatabaseUnusable`.
 */
export function openSqlite(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), { recursive: true });
      // For the owner alone: people's scripts and sessions are in it. SQLite gives the files it
      // puts beside it (-wal, -shm) the same rights.
      closeSync(openSync(path, 'a', 0o600));
    }
    db = new DatabaseSync(path, { timeout: BUSY_MS });
    switchToWal(db);
    db.exec('PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw new DatabaseUnusable(
      `The database file ${path} cannot be opened: ${reason(error)}. ` +
        'Check the path in DATABASE_URL and the rights on the file and its folder.',
      { cause: error },
    );
  }
}

/**
 * The switch needs the file to itself for a moment, and is the one statement that SQLite does not let
 * wait for it (it upgrades a read, where waiting could be for ever): two processes that meet in a new
 * file would fail. In a file that has been switched before it does nothing.
 */
function switchToWal(db: DatabaseSync): void {
  const start = performance.now();
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
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
