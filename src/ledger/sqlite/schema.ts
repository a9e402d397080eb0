/** Tables and indexes of the ledger, as steps that lead from any earlier version of the file. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../../runtime/database-unusable.ts';
import { inTransaction } from '../../runtime/sqlite/database.ts';
import { moveThreadsIn } from './migrate-threads.ts';

/**
 * Step n brings a file from `user_version` n to n + 1. Steps that were released never change.
 *
 * - `seq` is the order of turns; SQLite has one writer at a time, so it is also the commit order.
 * - The indexes `turns_open_*` and `turns_held` hold unfinished turns only: claiming stays as fast with a
 *   million finished turns as with none.
 * - `threads` remembers every thread for good, so that pruning its turns does not make a project a
 *   stranger's thread.
 */
const STEPS: readonly ((db: DatabaseSync) => void)[] = [
  sql(`
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
  `),
  // Several videos from one message count as several.
  sql('ALTER TABLE turns ADD COLUMN weight INTEGER NOT NULL DEFAULT 1'),
  // The shares of people in the running turns are told from these two; see fair-share.ts.
  sql(`
  CREATE INDEX turns_open_by_requester ON turns (lane, requester, seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_held ON turns (lane, requester, lease_until)
    WHERE finished_at IS NULL AND lease_until > 0;
  `),
  // What is posted before there is a turn is posted for the first of equal events alone.
  sql(`
  CREATE TABLE begun (key TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX begun_by_age ON begun (at);
  `),
  // Threads with their projects and people in the ledger; quotas of two kinds; crashes counted apart.
  (db) => {
    db.exec(`
    ALTER TABLE turns ADD COLUMN platform TEXT NOT NULL DEFAULT '';
    ALTER TABLE turns ADD COLUMN counts TEXT CHECK (counts IN ('requests', 'exports'));
    ALTER TABLE turns ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE turns ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE turns ADD COLUMN stop_by TEXT;
    -- The worker of the earlier version has gone, or it could not be replaced by this one.
    UPDATE turns SET platform = substr(thread, 1, instr(thread, ':') - 1), lease_until = 0,
      counts = CASE lane WHEN 'ordered' THEN 'requests' END;
    DROP INDEX turns_by_requester;
    CREATE INDEX turns_by_requester ON turns (requester, counts, accepted_at)
      WHERE counts IS NOT NULL;
    CREATE INDEX turns_leased ON turns (owner, lease_until) WHERE owner IS NOT NULL;

    ALTER TABLE threads ADD COLUMN platform TEXT NOT NULL DEFAULT '';
    ALTER TABLE threads ADD COLUMN workspace TEXT NOT NULL DEFAULT '';
    ALTER TABLE threads ADD COLUMN channel TEXT NOT NULL DEFAULT '';
    ALTER TABLE threads ADD COLUMN ref TEXT NOT NULL DEFAULT '';
    ALTER TABLE threads ADD COLUMN name TEXT NOT NULL DEFAULT '';
    ALTER TABLE threads ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE threads ADD COLUMN project TEXT;
    CREATE TABLE participants (
      thread TEXT NOT NULL REFERENCES threads (thread),
      person TEXT NOT NULL,
      touched_at INTEGER NOT NULL,
      PRIMARY KEY (thread, person)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX participants_by_person ON participants (person, touched_at, thread);
    `);
    moveThreadsIn(db);
  },
  // What a render was ordered of; of earlier ones that is not known.
  sql(`
  ALTER TABLE renders ADD COLUMN draft TEXT;
  ALTER TABLE renders ADD COLUMN resolution TEXT;
  `),
  // Finished videos are numbered, and what they were made of is kept. The cut stands last: what stands behind something
  // large is slow to read.
  sql(`
  ALTER TABLE threads ADD COLUMN versions INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE renders ADD COLUMN copy_of TEXT;
  ALTER TABLE renders ADD COLUMN version INTEGER;
  ALTER TABLE renders ADD COLUMN message TEXT;
  ALTER TABLE renders ADD COLUMN delivered_at INTEGER;
  ALTER TABLE renders ADD COLUMN cut TEXT;
  WITH made AS (
    SELECT seq, thread, coalesce(session || ' ' || draft, id) AS cut FROM renders
      WHERE phase = 'delivered'
  ), cuts AS (
    SELECT thread, cut, row_number() OVER (PARTITION BY thread ORDER BY min(seq)) AS version
      FROM made GROUP BY thread, cut
  )
  UPDATE renders SET version = cuts.version FROM made
    JOIN cuts ON cuts.thread = made.thread AND cuts.cut = made.cut WHERE renders.seq = made.seq;
  UPDATE threads SET versions = coalesce(
    (SELECT max(version) FROM renders WHERE renders.thread = threads.thread), 0);
  `),
  // What turns spend, `open_until` while they may; of the threads that are there already it is not known.
  sql(`
  CREATE TABLE spendings (
    key TEXT NOT NULL PRIMARY KEY,
    thread TEXT NOT NULL,
    account TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    open_until INTEGER,
    shared INTEGER NOT NULL,
    credits REAL,
    balance REAL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX spendings_open ON spendings (account, open_until) WHERE open_until IS NOT NULL;
  CREATE INDEX spendings_by_thread ON spendings (thread);
  CREATE INDEX spendings_by_account ON spendings (account, begun_at);
  CREATE INDEX spendings_by_age ON spendings (begun_at) WHERE account <> '';
  INSERT INTO spendings (key, thread, account, begun_at, shared)
    SELECT 'before:' || thread, thread, '', 0, 1 FROM threads;
  `),
  // Turns are found by their thread and by their person, finished ones too: to be forgotten, and to be handed out.
  sql(`
  CREATE INDEX turns_by_thread ON turns (thread, seq);
  CREATE INDEX turns_by_person ON turns (platform, requester, seq);
  `),
  // Where, and for whom, it was spent, for budgets. Of turns that are forgotten already nobody knows who asked.
  sql(`
  ALTER TABLE spendings ADD COLUMN platform TEXT NOT NULL DEFAULT '';
  ALTER TABLE spendings ADD COLUMN workspace TEXT NOT NULL DEFAULT '';
  ALTER TABLE spendings ADD COLUMN channel TEXT NOT NULL DEFAULT '';
  ALTER TABLE spendings ADD COLUMN person TEXT NOT NULL DEFAULT '';
  ALTER TABLE spendings ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE spendings ADD COLUMN expected REAL;
  UPDATE spendings SET platform = threads.platform, workspace = threads.workspace,
    channel = threads.channel,
    person = coalesce((SELECT requester FROM turns WHERE turns.id = spendings.key), '')
    FROM threads WHERE threads.thread = spendings.thread AND spendings.account <> '';
  CREATE INDEX spendings_by_place ON spendings (platform, workspace, begun_at);
  CREATE INDEX spendings_by_person ON spendings (person, platform, begun_at);
  `),
  // Every index is a page to write with every message: what two of them told, a third tells as well.
  sql(`
  DROP INDEX turns_open;
  DROP INDEX turns_leased;
  DROP INDEX turns_held;
  CREATE INDEX turns_held ON turns (lane, requester, lease_until, owner)
    WHERE finished_at IS NULL AND lease_until > 0;
  `),
];

function sql(text: string): (db: DatabaseSync) => void {
  return (db) => db.exec(text);
}

const versionRow = z.object({ user_version: z.number() });
export const SCHEMA_VERSION = STEPS.length;

export const versionOf = (db: DatabaseSync): number =>
  versionRow.parse(db.prepare('PRAGMA user_version').get()).user_version;

/**
 * Brings the file up to date in one transaction, so that of several processes starting together one
 * does it and the others find it done. Throws `DatabaseUnusable` for a file of a newer version.
 */
export function migrate(db: DatabaseSync): void {
  inTransaction(db, () => {
    const found = requireVersion(db);
    for (const step of STEPS.slice(found)) step(db);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

/** Gives the file's version. Throws `DatabaseUnusable` where it is a newer one than ours. */
export function requireVersion(db: DatabaseSync): number {
  const found = versionOf(db);
  if (found <= SCHEMA_VERSION) return found;
  throw new DatabaseUnusable(
    `The database was written by a newer version (schema ${found}, this program knows up to ` +
      `${SCHEMA_VERSION}). Start that version again, or point DATABASE_URL at another file.`,
  );
}
