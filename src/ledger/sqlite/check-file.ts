/** Is the file of our version, can it be written now, and who works on it? */
import type { DatabaseSync } from 'node:sqlite';
import { DatabaseUnusable } from '../../runtime/database-unusable.ts';
import { type Finding, well, wrong } from '../../runtime/finding.ts';
import { isBusy, openSqlite } from '../../runtime/sqlite/database.ts';
import { refuseHeld } from '../../runtime/sqlite/hold.ts';
import { isMade } from '../../runtime/sqlite/is-made.ts';
import { requireVersion, SCHEMA_VERSION } from './schema.ts';
import { createWorkerLocks } from './worker-lock.ts';

/** A bot holds the lock for the moment of a write. */
const PATIENCE_MS = 500;

/** Throws `DatabaseUnusable` for a file that no start would take. */
export function checkSqliteLedger(path: string): readonly Finding[] {
  if (!isMade(path)) return [well('It is made, with its tables, at the first start')];
  using db = openSqlite(path);
  const found = requireVersion(db);
  refuseHeld(db);
  return [version(found), lock(db, path)];
}

function version(found: number): Finding {
  const what = 'No page of the database is damaged, and its tables are';
  if (found === SCHEMA_VERSION) return well(`${what} of version ${found}, which is ours`);
  if (found === 0) return well(`${what} to be made at the first start`);
  return well(
    `${what} of version ${found}; the next start brings them to ${SCHEMA_VERSION}`,
    'make a copy before: npm run backup -- --to FILE',
  );
}

/** Tried, and rolled back. */
function lock(db: DatabaseSync, path: string): Finding {
  const { anyAlive } = createWorkerLocks(path);
  db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec('ROLLBACK');
  } catch (error) {
    if (isBusy(error))
      return wrong(
        `Another program keeps ${path} locked`,
        'close what has it open (a database browser, a copy program): the bot waits for it, and people wait for the bot',
      );
    throw new DatabaseUnusable(
      `The database file ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}. ` +
        'Check the rights on the file and its folder.',
      { cause: error },
    );
  }
  return anyAlive()
    ? well('A bot is working on it, which may go on')
    : well('No bot is working on it at the moment');
}
