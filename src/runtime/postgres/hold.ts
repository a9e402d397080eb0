/**
 * A database that something is being moved into: whoever is not the move gets an outage from every write, whatever version it is and
 * however long it has been connected, because triggers in the database say so. Looking who is connected could miss one.
 */
import type pg from 'pg';
import { DatabaseUnusable } from '../database-unusable.ts';
import { query } from './database.ts';
import { SCHEMA } from './migrate.ts';

const NAME = 'held_by_move';
/** Of one transaction: it belongs to the move. */
const PASS = 'nemo_bot.moving';

/** 57P03, "cannot connect now": an outage, the end of which is waited for. */
const FUNCTION = `CREATE OR REPLACE FUNCTION ${SCHEMA}.${NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('${PASS}', true) IS DISTINCT FROM 'on' THEN
      RAISE EXCEPTION 'a move from SQLite to this database has not ended, or was taken back' USING ERRCODE = '57P03';
    END IF;
    RETURN NULL;
  END $$`;

/** Waits for writes that are under way; from its commit on there are none but the move's. */
export async function hold(client: pg.PoolClient, tables: readonly string[]): Promise<void> {
  await query(client, FUNCTION);
  for (const table of tables)
    await query(
      client,
      `CREATE OR REPLACE TRIGGER ${NAME} BEFORE INSERT OR UPDATE OR DELETE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION ${SCHEMA}.${NAME}()`,
    );
}

/** For the rest of this transaction. */
export async function passHold(client: pg.PoolClient): Promise<void> {
  await query(client, `SELECT set_config('${PASS}', 'on', true)`);
}

export async function release(client: pg.PoolClient, tables: readonly string[]): Promise<void> {
  for (const table of tables) await query(client, `DROP TRIGGER IF EXISTS ${NAME} ON ${table}`);
}

/** Throws `DatabaseUnusable` where it is held: a bot that starts would work off turns that are only half there. */
export async function refuseHeld(pool: pg.Pool): Promise<void> {
  const { rows } = await query(
    pool,
    `SELECT FROM pg_catalog.pg_trigger JOIN pg_catalog.pg_class ON pg_class.oid = tgrelid
       JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
     WHERE tgname = $1 AND nspname = $2 LIMIT 1`,
    [NAME, SCHEMA],
  );
  if (rows.length > 0)
    throw new DatabaseUnusable(
      'A move from SQLite to this database has not ended, or was taken back. Run "npm run migrate" again, ' +
        'or point DATABASE_URL at the file; see docs/operations.md.',
    );
}
