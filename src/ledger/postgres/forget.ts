/** What is old and over leaves the tables, a piece at a time, so that nobody waits long for a lock. */

import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import { KEPT_MS } from '../spending-rules.ts';
import { FORGET_NAMES } from './forgetting.ts';
import { NOW } from './schema.ts';
import { FORGET } from './spendings.ts';
import { changed, countOf, type Sql } from './statements.ts';

/** Rows per statement. */
const BATCH = 500;

const STATEMENTS: readonly string[] = [
  // A render stays while its thread has work: a turn in progress may be waiting for it.
  `DELETE FROM ${SCHEMA}.renders WHERE seq IN (
     SELECT seq FROM ${SCHEMA}.renders WHERE created_at < $1 AND NOT EXISTS (
       SELECT 1 FROM ${SCHEMA}.turns
       WHERE turns.thread = renders.thread AND turns.finished_at IS NULL)
     LIMIT $2)`,
  // A turn stays as long as one of its renders does.
  `DELETE FROM ${SCHEMA}.turns WHERE seq IN (
     SELECT seq FROM ${SCHEMA}.turns WHERE finished_at < $1
       AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.renders WHERE renders.turn = turns.id) LIMIT $2)`,
  `DELETE FROM ${SCHEMA}.begun WHERE key IN (
     SELECT key FROM ${SCHEMA}.begun WHERE at < $1 LIMIT $2)`,
];

/** How many rows were forgotten. */
export async function forgetBefore(sql: Sql, before: number): Promise<number> {
  let forgotten = 0;
  await changed(sql, FORGET_NAMES, []);
  for (const text of STATEMENTS) forgotten += await inPieces(sql, text, before);
  const now = await countOf(sql, `SELECT ${NOW} AS count`);
  return forgotten + (await inPieces(sql, FORGET, Math.min(before, now - KEPT_MS)));
}

async function inPieces(sql: Sql, text: string, before: number): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const batch = await changed(sql, text, [before, BATCH]);
    forgotten += batch;
    if (batch < BATCH) return forgotten;
  }
}
