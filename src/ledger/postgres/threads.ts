/** Threads and who has asked for something in them, as rows. */
import type { ThreadKey } from '../../runtime/ids.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { Arrival, KnownThread, RecentQuery, ThreadPlace } from '../ledger.ts';
import { NOW } from './schema.ts';
import { changed, countOf, rowOf, rowsOf, type Sql, shapes, storable } from './statements.ts';

const THREAD = `threads.thread AS key, platform, workspace, channel, ref, name,
  threads.touched_at AS "touchedAt", project`;

const REMEMBER = `INSERT INTO ${SCHEMA}.threads (thread, platform, workspace, channel, ref, name, touched_at)
  VALUES ($1, $2, $3, $4, $5, $6, ${NOW}) ON CONFLICT (thread)`;

const valuesOf = ({ key, platform, workspace, channel, ref }: ThreadPlace): unknown[] => [
  ...[key, platform, workspace, channel, ref],
];

/** Known from now on, without anybody having asked for something. */
export const openThread = (sql: Sql, place: ThreadPlace): Promise<number> =>
  changed(sql, `${REMEMBER} DO NOTHING`, [...valuesOf(place), null]);

/** Somebody asks for something in it. Its name is that of the first turn, before which it may have been opened. */
export async function touchThread(
  sql: Sql,
  { thread, requester, name }: Pick<Arrival, 'thread' | 'requester' | 'name'>,
): Promise<void> {
  await changed(
    sql,
    `WITH known AS (
       ${REMEMBER} DO UPDATE SET touched_at = excluded.touched_at,
         name = coalesce(threads.name, excluded.name) RETURNING thread
     )
     INSERT INTO ${SCHEMA}.participants (thread, person, touched_at)
     SELECT thread, $7, ${NOW} FROM known
     ON CONFLICT (thread, person) DO UPDATE SET touched_at = excluded.touched_at`,
    [...valuesOf(thread), storable(name ?? '') || null, requester],
  );
}

export async function setProject(sql: Sql, key: ThreadKey, project: string): Promise<void> {
  const text = `UPDATE ${SCHEMA}.threads SET project = $2 WHERE thread = $1`;
  if ((await changed(sql, text, [key, project])) === 0)
    throw new Error(`thread ${key} is not on record, so that its project can't be`);
}

export const knows = async (sql: Sql, key: ThreadKey): Promise<boolean> =>
  (await countOf(sql, `SELECT count(*) FROM ${SCHEMA}.threads WHERE thread = $1`, [key])) > 0;

export const threadByKey = (sql: Sql, key: ThreadKey): Promise<KnownThread | undefined> =>
  rowOf(sql, shapes.thread, `SELECT ${THREAD} FROM ${SCHEMA}.threads WHERE thread = $1`, [key]);

export const tookPart = async (sql: Sql, key: ThreadKey, person: string): Promise<boolean> =>
  (await countOf(
    sql,
    `SELECT count(*) FROM ${SCHEMA}.participants WHERE thread = $1 AND person = $2`,
    [key, person],
  )) > 0;

export const othersTookPart = async (sql: Sql, key: ThreadKey, person: string): Promise<boolean> =>
  (await countOf(
    sql,
    `SELECT count(*) FROM ${SCHEMA}.participants WHERE thread = $1 AND person <> $2`,
    [key, person],
  )) > 0;

export const recent = (
  sql: Sql,
  { person, workspace, platforms, channel, limit }: RecentQuery,
): Promise<KnownThread[]> =>
  rowsOf(
    sql,
    shapes.thread,
    `SELECT ${THREAD} FROM ${SCHEMA}.participants JOIN ${SCHEMA}.threads USING (thread)
     WHERE person = $1 AND workspace = $2
       AND ($3::text[] IS NULL OR platform = ANY($3)) AND ($4::text IS NULL OR channel = $4)
     ORDER BY participants.touched_at DESC, participants.thread DESC LIMIT $5`,
    [person, workspace, platforms ?? null, channel ?? null, limit],
  );
