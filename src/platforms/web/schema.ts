/** The playground's database: what a chat service keeps for its users. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../../runtime/database-unusable.ts';
import { beginServing, inTransaction, openSqlite } from '../../runtime/sqlite/database.ts';

/**
 * - `seq` counts changes of the whole place. Every row carries the number of its last change, so a
 *   page that knows how far it has read gets what changed since, and no log of changes grows.
 * - A deleted message stays as an empty row: that it is gone is a change like any other.
 * - `taken` is 0 from the moment the person's message is stored until the bot's inbox has it.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE counter (seq INTEGER NOT NULL, epoch TEXT NOT NULL) STRICT;
  CREATE TABLE threads (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    active_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX threads_by_seq ON threads (seq);
  CREATE INDEX threads_by_age ON threads (active_at);
  CREATE TABLE messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL REFERENCES threads (id),
    post_key TEXT UNIQUE,
    author TEXT NOT NULL CHECK (author IN ('you', 'bot')),
    body TEXT NOT NULL,
    private INTEGER NOT NULL,
    was_status INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    taken INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_thread ON messages (thread, position);
  CREATE INDEX messages_by_seq ON messages (seq);
  CREATE INDEX messages_waiting ON messages (position) WHERE taken = 0;
  CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX files_unused ON files (created_at) WHERE used = 0;
  `,
];

const versionRow = z.object({ user_version: z.number() });

/** Opens `path` and brings it up to date. Throws `DatabaseUnusable`, with a sentence for the operator. */
export function openPlaygroundDb(path: string): DatabaseSync {
  const db = openSqlite(path);
  db.exec('PRAGMA foreign_keys = ON');
  inTransaction(db, () => {
    const { user_version: found } = versionRow.parse(db.prepare('PRAGMA user_version').get());
    if (found > STEPS.length) {
      throw new DatabaseUnusable(`${path} was written by a newer version of the playground.`);
    }
    for (const step of STEPS.slice(found)) db.exec(step);
    if (found === 0) db.prepare('INSERT INTO counter VALUES (0, ?)').run(randomUUID());
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
  });
  beginServing(db);
  return db;
}
