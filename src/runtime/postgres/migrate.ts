/**
 * The tables of one part of the program (the state, the ledger), brought up to date by numbered steps. Any number of
 * processes may start at once: they go through here one after the other.
 */
import type pg from 'pg';
import { z } from 'zod';
import { DatabaseUnusable } from '../database-unusable.ts';
import { query, transaction } from './database.ts';

/** All tables of the program are in it; PostgreSQL's own search path plays no part. */
export const SCHEMA = 'nemo_bot';

/** SQL; its place in the list is its number, from 1, and never changes. What has been released is not edited. */
export type MigrationStep = string | ((client: pg.PoolClient) => Promise<void>);

/** Any number that is the same in all versions: it is this lock's name. */
const LOCK = 7_361_041_902;

const versionRows = z.array(z.object({ version: z.number() })).max(1);

/**
 * All steps that are missing, in one transaction. The pool must have the patience for them: who comes second waits here until
 * the first has done them. Throws `DatabaseUnusable` for tables of a newer version.
 */
export async function migrate(
  pool: pg.Pool,
  part: string,
  steps: readonly MigrationStep[],
): Promise<void> {
  // Mostly there is nothing to do, and no right to create anything needed for that.
  if ((await versionOf(pool, part, steps.length)) === steps.length) return;
  await transaction(pool, async (client) => {
    await query(client, 'SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const version = await versionOf(client, part, steps.length);
    if (version === undefined) await query(client, REGISTER);
    for (const step of steps.slice(version ?? 0)) {
      if (typeof step === 'string') await query(client, step);
      else await step(client);
    }
    await query(
      client,
      `INSERT INTO ${SCHEMA}.migrations (part, version) VALUES ($1, $2)
       ON CONFLICT (part) DO UPDATE SET version = excluded.version, at = now()`,
      [part, steps.length],
    );
  });
}

const REGISTER = `
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.migrations (
    part text PRIMARY KEY,
    version integer NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
`;

/** Undefined: no part has any tables yet. Throws `DatabaseUnusable` for tables of a newer version. */
export async function versionOf(
  on: pg.Pool | pg.PoolClient,
  part: string,
  newest: number,
): Promise<number | undefined> {
  // By the catalogue's rows and not by `to_regclass`: that may answer from what this connection remembers from before the lock.
  const { rows: found } = await query(
    on,
    "SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'migrations'",
    [SCHEMA],
  );
  if (found.length === 0) return undefined;
  const { rows } = await query(on, `SELECT version FROM ${SCHEMA}.migrations WHERE part = $1`, [
    part,
  ]);
  const version = versionRows.parse(rows)[0]?.version ?? 0;
  if (version > newest) {
    throw new DatabaseUnusable(
      `The database was written by a newer version of nemo-bot (its ${part} has version ${version}, this one knows ` +
        `${newest}). Start that version again, or point DATABASE_URL at another database.`,
    );
  }
  return version;
}
