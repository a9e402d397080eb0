/** Whether a database file can be trusted, found out before anything is written to it. */
import { chmodSync, existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/**
 * A check reads every page, about a second for each gigabyte. Larger files are checked table by table
 * until the time is up: a start that takes minutes is an outage of its own, and SQLite still rejects a
 * damaged page when it comes to read it.
 */
const WHOLE_UP_TO_BYTES = 1024 ** 3;
const LARGE_FILE_MS = 3_000;

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

const resultRow = z.object({ quick_check: z.string() });
const nameRow = z.object({ name: z.string() });

/**
 * What is wrong with the file, in SQLite's words; undefined: nothing was found. It is opened for reading,
 * so that not even what a crash left in the WAL is moved into a damaged file. A rollback journal is the
 * exception, of a crash in a file's first moment: only a writer can undo what it holds.
 */
export function damageOf(path: string, busyMs: number): string | undefined {
  try {
    using db = new DatabaseSync(path, {
      readOnly: !existsSync(`${path}-journal`),
      timeout: busyMs,
    });
    return statSync(path).size <= WHOLE_UP_TO_BYTES ? look(db) : lookAround(db, LARGE_FILE_MS);
  } catch (error) {
    if (error instanceof Error && isDamage(error)) return error.message;
    throw error;
  }
}

/** Ends at the first fault: one is enough to stop, and a damaged file can have millions. */
function look(db: DatabaseSync, table?: string): string | undefined {
  const sql =
    table === undefined
      ? 'PRAGMA quick_check(1)'
      : `PRAGMA quick_check('${table.replaceAll("'", "''")}')`;
  const { quick_check: found } = resultRow.parse(db.prepare(sql).get());
  return found === 'ok' ? undefined : found;
}

/** The tables of a large file one after the other, for so many milliseconds. */
export function lookAround(db: DatabaseSync, ms: number): string | undefined {
  const end = performance.now() + ms;
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of z.array(nameRow).parse(tables)) {
    const damage = look(db, name);
    if (damage || performance.now() > end) return damage;
  }
  return undefined;
}

const isDamage = (error: Error): boolean =>
  'errcode' in error && [CORRUPT, NOT_A_DATABASE].includes(Number(error.errcode) & 0xff);

/** An earlier version, or another umask, may have let others read it. */
export function keepToOwner(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && (found.mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}
