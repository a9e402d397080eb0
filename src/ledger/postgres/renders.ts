/** Renders as rows. */
import type { RenderId, ThreadKey } from '../../runtime/ids.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { Render } from '../ledger.ts';
import { changed, rowOf, rowsOf, type Sql, shapes } from './statements.ts';

const RENDER = `id, thread, turn, session, draft, resolution, phase, url, polls,
  created_at AS "createdAt"`;

/** What a render is of is fixed by its first row; the turn that looks after it may change. */
export const saveRender = (sql: Sql, render: Render): Promise<number> =>
  changed(
    sql,
    `INSERT INTO ${SCHEMA}.renders (id, thread, turn, session, draft, resolution, phase, url, polls, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE
       SET turn = excluded.turn, phase = excluded.phase, url = excluded.url, polls = excluded.polls`,
    [
      ...[render.id, render.thread, render.turn, render.session],
      ...[render.draft ?? null, render.resolution ?? null, render.phase, render.url ?? null],
      ...[render.polls, render.createdAt],
    ],
  );

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
