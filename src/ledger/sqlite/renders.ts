/** Renders as rows: the SQL, the prepared statements and the way back to typed data. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { RenderId, ThreadKey } from '../../runtime/ids.ts';
import type { Render } from '../ledger.ts';
import { shapes } from './shapes.ts';

const RENDER = `id, thread, turn, session, draft, resolution, copy_of AS copyOf, phase, url, version,
  message, delivered_at AS deliveredAt, polls, created_at AS createdAt`;

/** Every statement on renders. Exported so that a test can look at the query plans. */
export const RENDER_SQL = {
  // What a render is of is fixed by its first row; the turn that looks after it may change. Under another id it is of
  // what it was of under the first.
  save: `INSERT INTO renders (id, thread, turn, session, draft, resolution, copy_of, phase, url,
      version, message, delivered_at, polls, created_at, cut)
    VALUES (:id, :thread, :turn, :session, :draft, :resolution, :copyOf, :phase, :url, :version,
      :message, :deliveredAt, :polls, :createdAt,
      coalesce(:cut, (SELECT cut FROM renders WHERE id = :abandons)))
    ON CONFLICT (id) DO UPDATE
      SET turn = excluded.turn, phase = excluded.phase, url = excluded.url, polls = excluded.polls,
        version = coalesce(version, excluded.version), message = coalesce(excluded.message, message),
        delivered_at = coalesce(excluded.delivered_at, delivered_at)`,
  ofCut: `SELECT version FROM renders WHERE thread = :thread AND session = :session AND draft = :draft
    AND version IS NOT NULL LIMIT 1`,
  cut: 'SELECT cut FROM renders WHERE id = :id',
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

const versionRow = z.object({ version: z.number() });
const cutRow = z.object({ cut: z.string().nullable() });

/** What is written with a render that is not its own to say. */
export interface Along {
  readonly version: number | undefined;
  readonly cut: string | undefined;
  readonly abandons: RenderId | undefined;
}

/** One call per statement above. Rows are checked; whatever SQLite says no to is thrown. */
export function renderTable(db: DatabaseSync) {
  const save = db.prepare(RENDER_SQL.save);
  const abandon = db.prepare(RENDER_SQL.abandon);
  const byId = db.prepare(RENDER_SQL.byId);
  const byThread = db.prepare(RENDER_SQL.byThread);
  const prune = db.prepare(RENDER_SQL.prune);
  const ofCut = db.prepare(RENDER_SQL.ofCut);
  const cut = db.prepare(RENDER_SQL.cut);
  const parse = (row: unknown): Render => shapes.render.parse(row);
  return {
    save(render: Render, along: Along) {
      const { id, thread, turn, session, phase, polls, createdAt } = render;
      save.run({
        ...{ id, thread, turn, session, phase, polls, createdAt },
        draft: render.draft ?? null,
        resolution: render.resolution ?? null,
        copyOf: render.copyOf ?? null,
        url: render.url ?? null,
        version: along.version ?? null,
        message: render.message ?? null,
        deliveredAt: render.deliveredAt ?? null,
        cut: along.cut ?? null,
        abandons: along.abandons ?? null,
      });
    },
    /** The number of the finished videos of its cut, where there is one. */
    versionOf({ thread, session, draft }: Render): number | undefined {
      if (draft === undefined) return undefined;
      return ofCut.all({ thread, session, draft }).map((row) => versionRow.parse(row).version)[0];
    },
    cut: (id: RenderId): string | undefined =>
      cut.all({ id }).map((row) => cutRow.parse(row).cut ?? undefined)[0],
    abandon: (id: RenderId): void => void abandon.run({ id }),
    byId: (id: RenderId): Render | undefined => byId.all({ id }).map(parse)[0],
    byThread: (thread: ThreadKey): Render[] => byThread.all({ thread }).map(parse),
    prune: (values: { before: number; limit: number }): number => Number(prune.run(values).changes),
  };
}
