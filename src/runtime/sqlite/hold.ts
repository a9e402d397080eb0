/**
 * A file that was moved elsewhere, or is being moved: nothing in it can be changed any more, by no connection and no version of the
 * program, because triggers that stand in the file say no. Which move it was stands in it, too.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../database-unusable.ts';
import { inTransaction } from './database.ts';

/** Of this move, wherever its other end is. */
export interface Hold {
  readonly id: string;
  /** Where everything went, in words. */
  readonly to: string;
}

const MARK = 'moved';
const holdRow = z.object({ id: z.string(), to: z.string() });
const namesRow = z.object({ name: z.string() });
const foundRow = z.object({ found: z.number() });

export function holdOf(db: DatabaseSync): Hold | undefined {
  const there = db
    .prepare("SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = :name")
    .get({ name: MARK });
  if (foundRow.parse(there).found === 0) return undefined;
  return holdRow.parse(db.prepare(`SELECT id, destination AS "to" FROM ${MARK}`).get());
}

/** Throws `DatabaseUnusable` where the file is held. */
export function refuseHeld(db: DatabaseSync): void {
  const hold = holdOf(db);
  if (!hold) return;
  throw new DatabaseUnusable(
    `The database file was moved to ${hold.to}, or is being moved there. Set DATABASE_URL to that one; ` +
      'to take the move back, see "npm run migrate -- --undo" in docs/operations.md.',
  );
}

/** What holds it already stays. `mayHold` throws where it must not be; asked while nobody else can write. */
export function hold(db: DatabaseSync, to: string, mayHold: () => void): Hold {
  return inTransaction(db, () => {
    const present = holdOf(db);
    if (present) return present;
    mayHold();
    for (const table of tablesOf(db))
      for (const deed of ['INSERT', 'UPDATE', 'DELETE'])
        db.exec(
          `CREATE TRIGGER ${triggerOf(table, deed)} BEFORE ${deed} ON "${table}"
           BEGIN SELECT RAISE(ABORT, 'the database was moved elsewhere'); END`,
        );
    const made = { id: randomUUID(), to };
    db.exec(`CREATE TABLE ${MARK} (id TEXT NOT NULL, destination TEXT NOT NULL) STRICT`);
    db.prepare(`INSERT INTO ${MARK} (id, destination) VALUES (:id, :to)`).run(made);
    return made;
  });
}

/** It can be written again. */
export function release(db: DatabaseSync): void {
  inTransaction(db, () => {
    db.exec(`DROP TABLE IF EXISTS ${MARK}`);
    for (const table of tablesOf(db))
      for (const deed of ['INSERT', 'UPDATE', 'DELETE'])
        db.exec(`DROP TRIGGER IF EXISTS ${triggerOf(table, deed)}`);
  });
}

const triggerOf = (table: string, deed: string): string => `moved_${table}_${deed.toLowerCase()}`;

const tablesOf = (db: DatabaseSync): readonly string[] =>
  z
    .array(namesRow)
    .parse(
      db
        .prepare(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
        )
        .all(),
    )
    .map(({ name }) => name);
