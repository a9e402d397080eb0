/** Threads and who has asked for something in them, as rows. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import type { ThreadKey } from '../../runtime/ids.ts';
import type { KnownThread, RecentQuery } from '../ledger.ts';
import { shapes } from './shapes.ts';

const THREAD = `threads.thread AS key, platform, workspace, channel, ref, name,
  threads.touched_at AS touchedAt, project`;

/** Every statement on threads. Exported so that a test can look at the query plans. */
export const THREAD_SQL = {
  remember: `INSERT INTO threads (thread, platform, workspace, channel, ref, touched_at)
    VALUES (:key, :platform, :workspace, :channel, :ref, :now) ON CONFLICT DO NOTHING`,
  // The name is that of the first ordered turn; a thread may have been opened before it.
  touch: `UPDATE threads SET touched_at = :now, name = CASE name WHEN '' THEN :name ELSE name END
    WHERE thread = :key`,
  join: `INSERT INTO participants (thread, person, touched_at) VALUES (:key, :person, :now)
    ON CONFLICT DO UPDATE SET touched_at = excluded.touched_at`,
  setProject: 'UPDATE threads SET project = :project WHERE thread = :key',
  nextVersion: 'UPDATE threads SET versions = versions + 1 WHERE thread = :key RETURNING versions',
  knows: 'SELECT count(*) AS count FROM threads WHERE thread = :key',
  byKey: `SELECT ${THREAD} FROM threads WHERE thread = :key`,
  tookPart: 'SELECT count(*) AS count FROM participants WHERE thread = :key AND person = :person',
  othersTookPart:
    'SELECT count(*) AS count FROM participants WHERE thread = :key AND person <> :person',
  recent: `SELECT ${THREAD} FROM participants INDEXED BY participants_by_person
    JOIN threads ON threads.thread = participants.thread
    WHERE person = :person AND workspace = :workspace
      AND (:platforms IS NULL OR platform IN (SELECT value FROM json_each(:platforms)))
      AND (:channel IS NULL OR channel = :channel)
    ORDER BY participants.touched_at DESC, participants.thread DESC LIMIT :limit`,
} as const;

const versionsRow = z.object({ versions: z.number() });
const countRow = z.object({ count: z.number() });

type Values = Record<string, SQLInputValue>;

/** One call per statement above. Rows are checked; whatever SQLite says no to is thrown. */
export function threadTable(db: DatabaseSync) {
  const remember = db.prepare(THREAD_SQL.remember);
  const touch = db.prepare(THREAD_SQL.touch);
  const join = db.prepare(THREAD_SQL.join);
  const setProject = db.prepare(THREAD_SQL.setProject);
  const nextVersion = db.prepare(THREAD_SQL.nextVersion);
  const knows = db.prepare(THREAD_SQL.knows);
  const byKey = db.prepare(THREAD_SQL.byKey);
  const tookPart = db.prepare(THREAD_SQL.tookPart);
  const othersTookPart = db.prepare(THREAD_SQL.othersTookPart);
  const recent = db.prepare(THREAD_SQL.recent);
  const parse = (row: unknown): KnownThread => shapes.thread.parse(row);
  return {
    remember: (values: Values): void => void remember.run(values),
    touch: (values: Values): void => void touch.run(values),
    join: (values: Values): void => void join.run(values),
    setProject(key: ThreadKey, project: string): void {
      if (setProject.run({ key, project }).changes === 0) {
        throw new Error(`thread ${key} is not on record, so that its project can't be`);
      }
    },
    /** The number of one more finished video. */
    nextVersion: (key: ThreadKey): number | undefined =>
      nextVersion.all({ key }).map((row) => versionsRow.parse(row).versions)[0],
    knows: (key: ThreadKey): boolean => countRow.parse(knows.all({ key })[0]).count > 0,
    byKey: (key: ThreadKey): KnownThread | undefined => byKey.all({ key }).map(parse)[0],
    tookPart: (key: ThreadKey, person: string): boolean =>
      countRow.parse(tookPart.all({ key, person })[0]).count > 0,
    othersTookPart: (key: string, person: string): boolean =>
      countRow.parse(othersTookPart.all({ key, person })[0]).count > 0,
    recent: ({ person, workspace, platforms, channel, limit }: RecentQuery): KnownThread[] =>
      recent
        .all({
          person,
          workspace,
          platforms: platforms ? JSON.stringify(platforms) : null,
          channel: channel ?? null,
          limit,
        })
        .map(parse),
  };
}
