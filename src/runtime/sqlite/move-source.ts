/** Tables of an SQLite file, read a batch at a time in the order of their keys, as rows of the store they are moved to. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { MoveFailed, type MoveSource, type Row, type Value } from '../move/move.ts';
import { openSqlite } from './database.ts';
import { type Hold, hold, holdOf, release } from './hold.ts';

export interface SourceTable {
  /** In the file. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Of the columns, those of the primary key. */
  readonly key: readonly string[];
  toRow(row: unknown): Row;
  /** Which of its rows are still to be worked off. */
  readonly unfinished?: string;
}

/** The tables of one part of the program. */
export interface SourcePart {
  readonly tables: readonly SourceTable[];
  /** Brings them up to date. */
  prepare(db: DatabaseSync): void;
  isPrepared(db: DatabaseSync): boolean;
  /** Throws where a bot is at work on the file. */
  mayHold?(path: string): void;
}

export interface OpenedSource extends MoveSource {
  held(): Hold | undefined;
  /** From now on nothing in it changes. What holds it already stays. */
  hold(to: string): Hold;
  release(): void;
  close(): void;
}

const value = z.union([z.string(), z.number(), z.null()]);
const countRow = z.object({ count: z.number() });
const sequences = z.array(z.object({ name: z.string(), seq: z.number() }));

/** Throws `DatabaseUnusable`, or `MoveFailed` where there is no file. */
export function openSource(path: string, parts: readonly SourcePart[]): OpenedSource {
  requireFile(path);
  const db = openSqlite(path);
  try {
    for (const part of parts) part.prepare(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    ...sourceOf(
      db,
      parts.flatMap(({ tables }) => tables),
    ),
    held: () => holdOf(db),
    hold: (to) =>
      hold(db, to, () => {
        for (const part of parts) part.mayHold?.(path);
      }),
    release: () => release(db),
    close: () => db.close(),
  };
}

export interface SourceLook {
  readonly hold: Hold | undefined;
  readonly isPrepared: boolean;
  readonly tables: readonly {
    readonly name: string;
    readonly rows: number;
    readonly unfinished: number;
  }[];
}

/** Changes nothing. Throws as a move would where a bot is at work. */
export function lookAtSource(path: string, parts: readonly SourcePart[]): SourceLook {
  requireFile(path);
  using db = new DatabaseSync(path, { readOnly: true });
  const held = holdOf(db);
  if (!held) for (const part of parts) part.mayHold?.(path);
  const there = new Set(
    z
      .array(nameRow)
      .parse(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all())
      .map(({ name }) => name),
  );
  const tables = parts.flatMap((part) => part.tables).filter(({ name }) => there.has(name));
  return {
    hold: held,
    isPrepared: parts.every((part) => part.isPrepared(db)),
    tables: tables.map(({ name, unfinished }) => ({
      name,
      rows: countOf(db, name),
      unfinished: unfinished === undefined ? 0 : countOf(db, `${name} WHERE ${unfinished}`),
    })),
  };
}

function requireFile(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new MoveFailed(`There is no file ${path}.`);
}

const nameRow = z.object({ name: z.string() });

const countOf = (db: DatabaseSync, of: string): number =>
  countRow.parse(db.prepare(`SELECT count(*) AS count FROM ${of}`).get()).count;

function sourceOf(db: DatabaseSync, tables: readonly SourceTable[]): MoveSource {
  const named = (name: string): SourceTable => {
    const found = tables.find((table) => table.name === name);
    if (!found) throw new Error(`there is no table "${name}" to be moved`);
    return found;
  };
  return {
    tables: tables.map(({ name }) => name),
    count: (name) => countOf(db, named(name).name),
    read(name, after, limit) {
      const { columns, key, toRow } = named(name);
      const behind = after ? `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})` : '';
      const found = db
        .prepare(
          `SELECT ${columns.join(', ')} FROM ${name} ${behind} ORDER BY ${key.join(', ')} LIMIT ?`,
        )
        .all(...(after ?? []).map(stored), limit);
      const last = found.at(-1);
      return {
        rows: found.map(toRow),
        end: last && key.map((column) => value.parse(last[column])),
      };
    },
    highest() {
      const found = sequences.parse(db.prepare('SELECT name, seq FROM sqlite_sequence').all());
      return new Map(found.map(({ name, seq }) => [name, seq]));
    },
  };
}

/** SQLite has no truth values. */
const stored = (it: Value) => (typeof it === 'boolean' ? Number(it) : it);
