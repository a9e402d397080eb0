/** Where a move goes: tables that were empty, how far the move has come, and the rows as they are there. */
import type pg from 'pg';
import { z } from 'zod';
import { MoveFailed, type MoveTarget, type Progress, type Row } from '../move/move.ts';
import { query, transaction } from './database.ts';
import { hold, passHold, release } from './hold.ts';
import { SCHEMA } from './migrate.ts';

export interface Column {
  readonly name: string;
  /** Of the value as it is moved, a type of PostgreSQL's. */
  readonly type: string;
  /** SQL from that value to the stored one, and back. */
  readonly write?: string;
  readonly read?: string;
}

export interface TargetTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  /** Which rows there are no sign of use: what looking after the database leaves by itself. */
  readonly own?: string;
  /** The column that numbers the rows. */
  readonly numbers?: string;
  /** What has to be there before the transaction begins in which these rows are written. */
  readonly before?: (rows: readonly Row[]) => Promise<void>;
  /** What else is written with these rows, in their transaction. */
  readonly follow?: (client: pg.PoolClient, rows: readonly Row[]) => Promise<void>;
}

/** The tables of one part of the program. */
export interface TargetPart {
  readonly tables: readonly TargetTable[];
  /** Throws where there is something in the way that is in none of the tables. */
  mayHold(client: pg.PoolClient): Promise<void>;
  close(): Promise<void>;
}

const MOVE = `${SCHEMA}.move`;
const PROGRESS = `CREATE TABLE IF NOT EXISTS ${MOVE} (
  source text PRIMARY KEY, at text, done timestamptz, undone timestamptz
)`;

/** Any number that is the same in all versions: it is this lock's name. */
const LOCK = 7_361_041_904;

/** One run at a time: two that find no table would both make it. */
async function registered(client: pg.PoolClient): Promise<void> {
  await query(client, 'SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await query(client, PROGRESS);
}

const progressShape = z.object({
  table: z.string(),
  after: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const moveRow = z.object({
  source: z.string(),
  at: z.string().nullable(),
  done: z.date().nullable(),
  undone: z.date().nullable(),
});
const countRow = z.object({ count: z.coerce.number() });
const foundRow = z.object({
  found: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const placeOf = ({ name }: TargetTable): string => `${SCHEMA}.${name}`;
const typed = (columns: readonly Column[]): string =>
  columns.map(({ name, type }) => `${name} ${type}`).join(', ');

export interface OpenedTarget extends MoveTarget {
  /** When the same move came to its end. */
  readonly done: Date | undefined;
}

/**
 * Holds the database for the move from this source, or goes on with it. Throws `MoveFailed` where there is something else in it, and
 * has changed nothing then.
 */
export async function openTarget(
  pool: pg.Pool,
  parts: readonly TargetPart[],
  source: string,
): Promise<OpenedTarget> {
  const tables = parts.flatMap((part) => part.tables);
  const named = (name: string): TargetTable => {
    const found = tables.find((table) => table.name === name);
    if (!found) throw new Error(`there is no table "${name}" to move to`);
    return found;
  };
  const begun = await transaction(pool, async (client) => {
    await registered(client);
    const { rows } = await query(client, `SELECT * FROM ${MOVE} FOR UPDATE`);
    const [present, ...others] = z.array(moveRow).parse(rows);
    if (present?.source === source && others.length === 0 && !present.undone) return present;
    if (present)
      throw new MoveFailed('The database has been the target of another move. Take an empty one.');
    await hold(client, tables.map(placeOf));
    await passHold(client);
    for (const table of tables) await empty(client, table);
    for (const part of parts) await part.mayHold(client);
    await query(client, `INSERT INTO ${MOVE} (source) VALUES ($1)`, [source]);
    return undefined;
  });
  let at = begun?.at ?? null;
  const progress = at === null ? undefined : progressShape.parse(JSON.parse(at));

  return {
    progress,
    done: begun?.done ?? undefined,
    async put(rows, next) {
      const table = named(next.table);
      const now = JSON.stringify(next satisfies Progress);
      await table.before?.(rows);
      await transaction(pool, async (client) => {
        await passHold(client);
        const { rowCount } = await query(
          client,
          `UPDATE ${MOVE} SET at = $3 WHERE source = $1 AND at IS NOT DISTINCT FROM $2
             AND done IS NULL AND undone IS NULL`,
          [source, at, now],
        );
        if (rowCount === 0)
          throw new MoveFailed('Another run of the move is at work, or has ended it.');
        await insert(client, table, rows);
        await table.follow?.(client, rows);
      });
      at = now;
    },
    count: async (name) => await countOf(pool, named(name)),
    async find(name, rows) {
      const { columns, key } = named(name);
      const keys = columns.filter((column) => key.includes(column.name));
      const shown = columns.map(
        (column) => `${column.read ?? `t.${column.name}`} AS ${column.name}`,
      );
      const found = await query(
        pool,
        `SELECT row_to_json(f) AS found FROM (
           SELECT ${shown.join(', ')} FROM json_to_recordset($1) AS wanted(${typed(keys)})
           JOIN ${SCHEMA}.${name} t ON ${key.map((each) => `t.${each} = wanted.${each}`).join(' AND ')}) f`,
        [JSON.stringify(rows)],
      );
      return found.rows.map((row) => foundRow.parse(row).found);
    },
    keyOf: (name, row) => JSON.stringify(named(name).key.map((column) => row[column])),
    textOf: (name, row) => JSON.stringify(named(name).columns.map((column) => row[column.name])),
    async finish(highest) {
      await transaction(pool, async (client) => {
        for (const table of tables) {
          const last = highest.get(table.name) ?? 0;
          if (table.numbers !== undefined && last > 0)
            await query(client, 'SELECT setval(pg_get_serial_sequence($1, $2), $3)', [
              placeOf(table),
              table.numbers,
              last,
            ]);
        }
        const { rowCount } = await query(
          client,
          `UPDATE ${MOVE} SET done = now() WHERE source = $1 AND undone IS NULL`,
          [source],
        );
        if (rowCount === 0) throw new MoveFailed('The move was taken back meanwhile.');
        await release(client, tables.map(placeOf));
      });
    },
  };
}

/** What is there stays for whoever looks for it, and nothing is written any more. */
export async function takeBack(
  pool: pg.Pool,
  parts: readonly TargetPart[],
  source: string,
): Promise<void> {
  await transaction(pool, async (client) => {
    await registered(client);
    await hold(client, parts.flatMap(({ tables }) => tables).map(placeOf));
    await query(
      client,
      `INSERT INTO ${MOVE} (source, undone) VALUES ($1, now())
       ON CONFLICT (source) DO UPDATE SET undone = excluded.undone`,
      [source],
    );
  });
}

/** Of those tables that are there. Asked by a dry run, which makes none. */
export async function rowsThere(
  pool: pg.Pool,
  tables: readonly TargetTable[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await query(
    pool,
    'SELECT tablename AS name FROM pg_catalog.pg_tables WHERE schemaname = $1',
    [SCHEMA],
  );
  const there = new Set(
    z
      .array(z.object({ name: z.string() }))
      .parse(rows)
      .map(({ name }) => name),
  );
  const counts = new Map<string, number>();
  for (const table of tables)
    if (there.has(table.name)) counts.set(table.name, await countOf(pool, table, used(table)));
  return counts;
}

/** Throws `MoveFailed` where there is anything in it. */
async function empty(client: pg.PoolClient, table: TargetTable): Promise<void> {
  const count = await countOf(client, table, used(table));
  if (count > 0)
    throw new MoveFailed(
      `There are ${count} rows in the table "${table.name}" of the target already. Take an empty database: what is ` +
        'in two of them cannot be put together.',
    );
  if (table.own !== undefined) await query(client, `DELETE FROM ${placeOf(table)}`);
}

const used = ({ own }: TargetTable): string => (own === undefined ? '' : `WHERE NOT (${own})`);

async function countOf(
  on: pg.Pool | pg.PoolClient,
  table: TargetTable,
  where = '',
): Promise<number> {
  const { rows } = await query(on, `SELECT count(*) AS count FROM ${placeOf(table)} ${where}`);
  return countRow.parse(rows[0]).count;
}

async function insert(
  client: pg.PoolClient,
  table: TargetTable,
  rows: readonly Row[],
): Promise<void> {
  const { columns } = table;
  await query(
    client,
    `INSERT INTO ${placeOf(table)} (${columns.map(({ name }) => name).join(', ')})
     ${table.numbers === undefined ? '' : 'OVERRIDING SYSTEM VALUE'}
     SELECT ${columns.map(({ name, write }) => write ?? name).join(', ')}
     FROM json_to_recordset($1) AS moved(${typed(columns)})`,
    [JSON.stringify(rows)],
  );
}
