/** Renders as rows. */
import { z } from 'zod';
import type { RenderId, ThreadKey } from '../../runtime/ids.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { Render } from '../ledger.ts';
import { changed, rowOf, rowsOf, type Sql, shapes, storable } from './statements.ts';

const RENDER = `id, thread, turn, session, draft, resolution, copy_of AS "copyOf", phase, url, version,
  message, delivered_at AS "deliveredAt", polls, created_at AS "createdAt"`;

/** What is written with a render that is not its own to say. */
interface Along {
  readonly version: number | undefined;
  readonly cut: string | undefined;
  readonly abandons: RenderId | undefined;
}

/**
 * What a render is of is fixed by its first row; the turn that looks after it may change. Under another id it is of what
 * it was of under the first.
 */
export const saveRender = (sql: Sql, render: Render, along: Along): Promise<number> =>
  changed(
    sql,
    `INSERT INTO ${SCHEMA}.renders AS renders (id, thread, turn, session, draft, resolution, copy_of, phase, url,
       polls, created_at, version, message, delivered_at, cut)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
       coalesce($15, (SELECT cut FROM ${SCHEMA}.renders WHERE id = $16)))
     ON CONFLICT (id) DO UPDATE
       SET turn = excluded.turn, phase = excluded.phase, url = excluded.url, polls = excluded.polls,
         version = coalesce(renders.version, excluded.version),
         message = coalesce(excluded.message, renders.message),
         delivered_at = coalesce(excluded.delivered_at, renders.delivered_at)`,
    [
      ...[render.id, render.thread, render.turn, render.session],
      ...[render.draft ?? null, render.resolution ?? null, render.copyOf ?? null],
      ...[render.phase, render.url ?? null, render.polls, render.createdAt],
      ...[along.version ?? null, render.message ?? null, render.deliveredAt ?? null],
      ...[along.cut === undefined ? null : storable(along.cut), along.abandons ?? null],
    ],
  );

/**
 * The number of a finished video; one that has a number keeps it. The thread's row is locked before it is looked for:
 * of two renders of one cut that are finished at once the second finds the number of the first.
 */
export async function versionOf(sql: Sql, render: Render): Promise<number | undefined> {
  const { id, thread, session, draft } = render;
  await rowsOf(
    sql,
    versionsRow,
    `SELECT versions FROM ${SCHEMA}.threads WHERE thread = $1 FOR UPDATE`,
    [thread],
  );
  const known = await rowOf(
    sql,
    versionRow,
    `SELECT version FROM ${SCHEMA}.renders
     WHERE thread = $1 AND version IS NOT NULL AND (id = $2 OR (session = $3 AND draft = $4))
     ORDER BY id = $2 DESC LIMIT 1`,
    [thread, id, session, draft ?? null],
  );
  if (known) return known.version;
  const next = await rowOf(
    sql,
    versionsRow,
    `UPDATE ${SCHEMA}.threads SET versions = versions + 1 WHERE thread = $1 RETURNING versions`,
    [thread],
  );
  return next?.versions;
}

const versionRow = z.object({ version: z.number() });
const versionsRow = z.object({ versions: z.number() });
const cutRow = z.object({ cut: z.string().nullable() });

export async function cutOf(sql: Sql, id: RenderId): Promise<string | undefined> {
  const row = await rowOf(sql, cutRow, `SELECT cut FROM ${SCHEMA}.renders WHERE id = $1`, [id]);
  return row?.cut ?? undefined;
}

export const abandonRender = (sql: Sql, id: RenderId): Promise<number> =>
  changed(sql, `UPDATE ${SCHEMA}.renders SET phase = 'abandoned' WHERE id = $1`, [id]);

/** The row is this transaction's from now on: of two turns that take one render over, one does. */
export const lockRender = (sql: Sql, id: RenderId): Promise<Render | undefined> =>
  rowOf(sql, shapes.render, `SELECT ${RENDER} FROM ${SCHEMA}.renders WHERE id = $1 FOR UPDATE`, [
    id,
  ]);

export const renderById = (sql: Sql, id: RenderId): Promise<Render | undefined> =>
  rowOf(sql, shapes.render, `SELECT ${RENDER} FROM ${SCHEMA}.renders WHERE id = $1`, [id]);

export const rendersOf = (sql: Sql, thread: ThreadKey): Promise<Render[]> =>
  rowsOf(
    sql,
    shapes.render,
    `SELECT ${RENDER} FROM ${SCHEMA}.renders WHERE thread = $1 ORDER BY created_at DESC, seq DESC`,
    [thread],
  );
