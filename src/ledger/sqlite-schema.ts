/** Tables and indexes of the ledger, as steps that lead from any earlier version of the file. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable, inTransaction } from '../sqlite.ts';

/**
 * Step n brings a file from `user_version` n to n + 1. Steps that were released never change.
 *
 * - `seq` is the order of turns; SQLite has one writer at a time, so it is also the commit order.
 * - Indexes `turns_open` and `turns_open_by_thread` hold unfinished turns only: claiming stays as
 *   fast with a million finished turns as with none.
 * - `threads` remembers every thread for good, so that pruning its turns does not make a project a
 *   stranger's thread.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE turns (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('ordered', 'immediate')),
    requester TEXT NOT NULL,
    payload TEXT NOT NULL,
    phase TEXT NOT NULL DEFAULT 'accepted',
    notes TEXT NOT NULL DEFAULT '{}',
    accepted_at INTEGER NOT NULL,
    finished_at INTEGER,
    stop_requested INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    CHECK ((finished_at IS NOT NULL) = (phase IN ('delivered', 'failed', 'stopped')))
  ) STRICT;
  CREATE INDEX turns_open ON turns (seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_open_by_thread ON turns (thread, lane, seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_by_requester ON turns (requester, accepted_at) WHERE lane = 'ordered';
  CREATE INDEX turns_by_end ON turns (finished_at) WHERE finished_at IS NOT NULL;

  CREATE TABLE threads (thread TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TABLE renders (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    turn TEXT NOT NULL REFERENCES turns (id),
    session TEXT NOT NULL,
    phase TEXT NOT NULL,
    url TEXT,
    polls INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX renders_by_thread ON renders (thread, created_at, seq);
  CREATE INDEX renders_by_turn ON renders (turn);
  CREATE INDEX renders_by_age ON renders (created_at);
  `,
  // Several videos from one message count as several.
  'ALTER TABLE turns ADD COLUMN weight INTEGER NOT NULL DEFAULT 1',
  // The shares of people in the running turns are told from these two; see fair-share.ts.
  `
  CREATE INDEX turns_open_by_requester ON turns (lane, requester, seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_held ON turns (lane, requester, lease_until)
    WHERE finished_at IS NULL AND lease_until > 0;
  `,
  // What is posted before there is a turn is posted for the first of equal events alone.
  `
  CREATE TABLE begun (key TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX begun_by_age ON begun (at);
  `,
];

const versionRow = z.object({ user_version: z.number() });

/**
 * Brings the file up to date in one transaction, so that of several processes starting together one
 * does it and the others find it done. Throws `DatabaseUnusable` for a file of a newer version.
 */
export function migrate(db: DatabaseSync): void {
  inTransaction(db, () => {
    const { user_version: found } = versionRow.parse(db.prepare('PRAGMA user_version').get());
    if (found > STEPS.length) {
      throw new DatabaseUnusable(
        `The database was written by a newer version (schema ${found}, this program knows up to ` +
          `${STEPS.length}). Start that version again, or point DATABASE_URL at another file.`,
      );
    }
    for (const step of STEPS.slice(found)) db.exec(step);
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
  });
}
