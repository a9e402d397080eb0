/** Records by whose they are: counted, listed, forgotten. A turn that is forgotten has its job completed with it. */
import type pg from 'pg';
import { z } from 'zod';
import { type ThreadKey, threadKeySchema } from '../../runtime/ids.ts';
import { transaction } from '../../runtime/postgres/database.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import {
  ERASE_BATCH,
  FORGOTTEN,
  keysOf,
  MOST_OPEN,
  QUOTA_KEPT_MS,
  type Scope,
} from '../forgetting.ts';
import type { Turn } from '../ledger.ts';
import { NO_ACCOUNT, tombOf } from '../spending-rules.ts';
import type { Jobs } from './jobs.ts';
import { NOW } from './schema.ts';
import { changed, countOf, rowsOf, type Sql, shapes } from './statements.ts';
import { TURN } from './turns.ts';

const TURNS = `${SCHEMA}.turns`;
const THREADS = `${SCHEMA}.threads`;
/** By bytes, as the indexes are: a range of keys is one whatever the database's language. */
const KEY = 'thread COLLATE "C"';

interface Where {
  readonly turns: string;
  readonly threads: string;
  /** From $1 on. */
  readonly values: readonly string[];
}

function whereOf(scope: Scope): Where {
  if ('thread' in scope) {
    const { thread, person } = scope;
    return {
      turns: `${KEY} = $1${person === undefined ? '' : ' AND requester = $2'}`,
      threads: `SELECT thread FROM ${THREADS} WHERE ${KEY} = $1`,
      values: person === undefined ? [thread] : [thread, person],
    };
  }
  if ('person' in scope)
    return {
      turns: `platform = $1 AND requester = $2 AND thread <> '${FORGOTTEN}'`,
      threads: `SELECT thread FROM ${SCHEMA}.participants JOIN ${THREADS} USING (thread)
        WHERE platform = $1 AND person = $2`,
      values: [scope.platform, scope.person],
    };
  return {
    turns: `${KEY} >= $1 AND ${KEY} < $2`,
    threads: `SELECT thread FROM ${THREADS} WHERE ${KEY} >= $1 AND ${KEY} < $2`,
    values: keysOf(scope.platform, scope.workspace),
  };
}

export async function onRecord(sql: Sql, scope: Scope) {
  const { turns, threads, values } = whereOf(scope);
  const own = 'thread' in scope ? values.slice(0, 1) : values;
  return {
    threads: await countOf(sql, `SELECT count(*) FROM (${threads}) AS found`, own),
    turns: await countOf(sql, `SELECT count(*) FROM ${TURNS} WHERE ${turns}`, values),
    renders: await countOf(
      sql,
      `SELECT count(*) FROM ${SCHEMA}.renders WHERE turn IN (SELECT id FROM ${TURNS} WHERE ${turns})`,
      values,
    ),
  };
}

const keyRow = z.object({ thread: threadKeySchema });

export async function threadsOf(
  sql: Sql,
  scope: Scope,
  after: string,
  limit: number,
): Promise<ThreadKey[]> {
  const { turns, threads, values } = whereOf(scope);
  const [a, b] = [values.length + 1, values.length + 2];
  const rows = await rowsOf(
    sql,
    keyRow,
    `SELECT thread FROM (${threads} UNION SELECT thread FROM ${TURNS} WHERE ${turns}) AS found
     WHERE ${KEY} > $${a} ORDER BY ${KEY} LIMIT $${b}`,
    [...values, after, limit],
  );
  return rows.map(({ thread }) => thread);
}

export function turnsOf(sql: Sql, scope: Scope, after: number, limit: number): Promise<Turn[]> {
  const { turns, values } = whereOf(scope);
  const [a, b] = [values.length + 1, values.length + 2];
  return rowsOf(
    sql,
    shapes.turn,
    `SELECT ${TURN} FROM ${TURNS} WHERE ${turns} AND seq > $${a} ORDER BY seq LIMIT $${b}`,
    [...values, after, limit],
  );
}

export function openOf(sql: Sql, scope: Scope): Promise<Turn[]> {
  const { turns, values } = whereOf(scope);
  return rowsOf(
    sql,
    shapes.turn,
    `SELECT ${TURN} FROM ${TURNS} WHERE ${turns} AND finished_at IS NULL ORDER BY seq LIMIT ${MOST_OPEN}`,
    values,
  );
}

export async function erase(
  pool: pg.Pool,
  jobs: Jobs,
  thread: ThreadKey,
  person: string | undefined,
): Promise<void> {
  // Their queues, before the transaction; those of a turn that comes in between are of the same platform.
  for (const { platform } of await openOf(pool, { thread })) await jobs.ready(platform);
  let isOver = false;
  while (!isOver)
    isOver = await transaction(pool, (sql) => erasePiece(sql, jobs, thread, person), {
      lock: thread,
    });
}

const lockedRow = shapes.turn.and(z.object({ isOpen: z.boolean() }));

async function erasePiece(
  sql: pg.PoolClient,
  jobs: Jobs,
  thread: ThreadKey,
  person: string | undefined,
): Promise<boolean> {
  const whole =
    person === undefined ||
    (await countOf(
      sql,
      `SELECT count(*) FROM ${SCHEMA}.participants WHERE thread = $1 AND person <> $2`,
      [thread, person],
    )) === 0;
  const { turns, values } = whereOf(whole ? { thread } : { thread, person });
  const found = await rowsOf(
    sql,
    lockedRow,
    `SELECT ${TURN}, finished_at IS NULL AS "isOpen" FROM ${TURNS} WHERE ${turns}
     ORDER BY finished_at IS NOT NULL, seq LIMIT ${ERASE_BATCH} FOR UPDATE`,
    values,
  );
  for (const turn of found) if (turn.isOpen) await jobs.complete(sql, turn);
  const ids = [found.map(({ id }) => id)];
  await changed(sql, `DELETE FROM ${SCHEMA}.renders WHERE turn = ANY($1)`, ids);
  await changed(
    sql,
    `UPDATE ${TURNS} SET thread = '${FORGOTTEN}', payload = '{}', notes = '{}', stop_by = NULL,
       requester = CASE WHEN counts IS NOT NULL AND accepted_at >= ${NOW} - ${QUOTA_KEPT_MS}
         THEN requester ELSE '${FORGOTTEN}' END,
       phase = CASE WHEN finished_at IS NULL THEN 'stopped' ELSE phase END,
       finished_at = coalesce(finished_at, ${NOW}), owner = NULL
     WHERE id = ANY($1)`,
    ids,
  );
  if (found.length === ERASE_BATCH) return false;
  if (whole) await eraseThread(sql, thread);
  else {
    const own = `DELETE FROM ${SCHEMA}.participants WHERE thread = $1 AND person = $2`;
    await changed(sql, own, [thread, person]);
    // Whose words it is called after is not on record.
    await changed(sql, `UPDATE ${THREADS} SET name = NULL WHERE thread = $1`, [thread]);
  }
  return true;
}

async function eraseThread(sql: pg.PoolClient, thread: ThreadKey): Promise<void> {
  await changed(sql, `DELETE FROM ${SCHEMA}.participants WHERE thread = $1`, [thread]);
  await changed(sql, `DELETE FROM ${THREADS} WHERE thread = $1`, [thread]);
  await changed(
    sql,
    `INSERT INTO ${SCHEMA}.spendings (key, thread, account, begun_at, shared)
     SELECT '${tombOf(FORGOTTEN)}', '${FORGOTTEN}', '${NO_ACCOUNT}', 0, true
     FROM ${SCHEMA}.spendings WHERE key = $1 ON CONFLICT (key) DO NOTHING`,
    [tombOf(thread)],
  );
  await changed(sql, `DELETE FROM ${SCHEMA}.spendings WHERE key = $1`, [tombOf(thread)]);
  const nobodys = `UPDATE ${SCHEMA}.spendings SET thread = '${FORGOTTEN}' WHERE thread = $1`;
  await changed(sql, nobodys, [thread]);
}

/** What a quota no longer needs. */
export const FORGET_NAMES = `UPDATE ${TURNS} SET requester = '${FORGOTTEN}'
  WHERE ${KEY} = '${FORGOTTEN}' AND requester <> '${FORGOTTEN}' AND accepted_at < ${NOW} - ${QUOTA_KEPT_MS}`;
