/** Turns that wait still, as rows: what they are about may change, and they may be taken back. */
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { Revision, Turn } from '../ledger.ts';
import { NOW } from './schema.ts';
import { countOf, rowOf, type Sql, shapes } from './statements.ts';
import { TURN } from './turns.ts';

/** Nobody works on it, nobody has crashed over it, and nothing was noted, as of a status message. */
const WAITS = `finished_at IS NULL AND owner IS NULL AND phase = 'accepted' AND notes = '{}'`;

/** The row is this transaction's from now on: who wants to take it waits. */
export const lockByKey = (sql: Sql, key: string): Promise<Turn | undefined> =>
  rowOf(sql, shapes.turn, `SELECT ${TURN} FROM ${SCHEMA}.turns WHERE key = $1 FOR UPDATE`, [key]);

export const waits = async (sql: Sql, key: string): Promise<boolean> =>
  (await countOf(sql, `SELECT count(*) FROM ${SCHEMA}.turns WHERE key = $1 AND ${WAITS}`, [key])) >
  0;

/** Its job is made anew: no attempt of the one before may take it. */
export const revise = (
  sql: Sql,
  key: string,
  { payload, lane, counts, weight = 1 }: Revision,
): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `UPDATE ${SCHEMA}.turns SET payload = $2, lane = $3, counts = $4, weight = $5,
       attempt = CASE lane WHEN $3 THEN attempt ELSE -1 END
     WHERE key = $1 AND ${WAITS} RETURNING ${TURN}`,
    [key, payload, lane, counts ?? null, weight],
  );

export const withdraw = (sql: Sql, key: string): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `UPDATE ${SCHEMA}.turns SET phase = 'stopped', finished_at = ${NOW}, weight = 0,
       stop_requested = true, withdrawn = true WHERE key = $1 AND ${WAITS} RETURNING ${TURN}`,
    [key],
  );

export const callOff = (sql: Sql, key: string): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `UPDATE ${SCHEMA}.turns SET stop_requested = true, withdrawn = true
     WHERE key = $1 AND finished_at IS NULL AND phase IN ('accepted', 'preparing') RETURNING ${TURN}`,
    [key],
  );
