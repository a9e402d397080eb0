/**
 * Until schema 2 a thread was its key alone in the ledger; its project and the lists of people's
 * latest threads were values of Keyv in the same file. They become rows of the ledger's own.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const keyRow = z.object({ thread: z.string() });
const stateRow = z.object({ key: z.string(), value: z.string() });
const found = z.object({ found: z.number() });

/** Keyv's wrapping. */
const projectValue = z.object({ value: z.record(z.string(), z.unknown()) });
const recentValue = z.object({
  value: z.array(
    z.object({
      thread: z.object({
        platform: z.string(),
        workspace: z.string(),
        channel: z.string(),
        thread: z.string(),
      }),
      name: z.string(),
      at: z.number(),
    }),
  ),
});

/** Platform, workspace and channel have no colon in them; the thread's own id may. */
const KEY = /^([^:]*):([^:]*):([^:]*):(.*)$/s;

export function moveThreadsIn(db: DatabaseSync): void {
  const remember = db.prepare('INSERT INTO threads (thread) VALUES (:key) ON CONFLICT DO NOTHING');
  const values = stateOf(db);
  for (const { key, value } of values('project')) {
    remember.run({ key });
    const project = projectValue.safeParse(json(value));
    // One that is damaged stays as it is: it is a mistake of its own thread alone, met on reading.
    const text = project.success ? JSON.stringify(project.data.value) : value;
    db.prepare('UPDATE threads SET project = :text WHERE thread = :key').run({ key, text });
  }
  for (const { key, value } of values('recent')) {
    // The list's key is that of its workspace and person.
    const person = key.slice(key.indexOf(':') + 1);
    const list = recentValue.safeParse(json(value));
    for (const { thread, name, at } of list.success ? list.data.value : []) {
      const { platform, workspace, channel } = thread;
      const id = `${platform}:${workspace}:${channel}:${thread.thread}`;
      remember.run({ key: id });
      db.prepare(
        `UPDATE threads SET touched_at = max(touched_at, :at),
          name = CASE name WHEN '' THEN :name ELSE name END WHERE thread = :id`,
      ).run({ id, at, name });
      db.prepare(
        'INSERT INTO participants (thread, person, touched_at) VALUES (:id, :person, :at)',
      ).run({ id, person, at });
    }
  }
  const place = db.prepare(
    `UPDATE threads SET platform = :platform, workspace = :workspace, channel = :channel, ref = :ref
      WHERE thread = :thread`,
  );
  for (const row of db.prepare('SELECT thread FROM threads').all()) {
    const { thread } = keyRow.parse(row);
    const [, platform = '', workspace = '', channel = '', ref = ''] = KEY.exec(thread) ?? [];
    place.run({ thread, platform, workspace, channel, ref });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What Keyv kept under a name; taken out as it is read. Its table is made by the state, not by the ledger. */
function stateOf(db: DatabaseSync): (namespace: string) => { key: string; value: string }[] {
  const table = db.prepare(
    "SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = 'state'",
  );
  if (found.parse(table.get()).found === 0) return () => [];
  return (namespace) =>
    db
      .prepare('DELETE FROM state WHERE namespace = :namespace RETURNING key, value')
      .all({ namespace })
      .map((row) => stateRow.parse(row));
}
