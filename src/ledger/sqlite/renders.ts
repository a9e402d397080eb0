/** Renders as rows: the SQL, the prepared statements and the way back to typed data. */
import type { DatabaseSync } from 'node:sqlite';
import type { RenderId, ThreadKey } from '../../runtime/ids.ts';
import type { Render } from '../ledger.ts';
import { shapes } from './shapes.ts';

const RENDER = `id, thread, turn, session, draft, resolution, phase, url, polls,
  created_at AS createdAt`;

/** Every statement on renders. Exported so that a test can look at the query plans. */
export const RENDER_SQL = {
  // What a render is of is fixed by its first row; the turn that looks after it may change.
  save: `INSERT INTO renders (id, thread, turn, session, draft, resolution, phase, url, polls,
      created_at)
    VALUES (:id, :thread, :turn, :session, :draft, :resolution, :phase, :url, :polls, :createdAt)
    ON CONFLICT (id) DO UPDATE
      SET turn = excluded.turn, phase = excluded.phase, url = excluded.url, polls = excluded.polls`,
  abandon: `UPDATE renders SET phase = 'abandoned' WHERE id = :id`,
  byId: `SELECT ${RENDER} FROM renders WHERE id = :id`,
  byThread: `SELECT ${RENDER} FROM renders WHERE thread = :thread
    ORDER BY created_at DESC, seq DESC`,
  // A render stays while its thread has work: a turn in progress may be waiting for it.
  prune: `DELETE FROM renders WHERE seq IN (
      SELECT seq FROM renders WHERE created_at < :before AND NOT EXISTS (
        SELECT 1 FROM turns INDEXED BY turns_open_by_thread
        WHERE turns.thread = renders.thread AND turns.finished_at IS NULL)
      LIMIT :limit)`,
} as const;

/** One call per statement above. Rows are checked; whatever SQLite says no to is thrown. */
export function renderTable(db: DatabaseSync) {
  const save = db.prepare(RENDER_SQL.save);
  const abandon = db.prepare(RENDER_SQL.abandon);
  const byId = db.prepare(RENDER_SQL.byId);
  const byThread = db.prepare(RENDER_SQL.byThread);
  const prune = db.prepare(RENDER_SQL.prune);
  const parse = (row: unknown): Render => shapes.render.parse(row);
  return {
    save({ id, thread, turn, session, draft, resolution, phase, url, polls, createdAt }: Render) {
      const of = { session, draft: draft ?? null, resolution: resolution ?? null };
      save.run({ id, thread, turn, ...of, phase, url: url ?? null, polls, createdAt });
    },
    abandon: (id: RenderId): void => void abandon.run({ id }),
    byId: (id: RenderId): Render | undefined => byId.all({ id }).map(parse)[0],
    byThread: (thread: ThreadKey): Render[] => byThread.all({ thread }).map(parse),
    prune: (values: { before: number; limit: number }): number => Number(prune.run(values).changes),
  };
}
