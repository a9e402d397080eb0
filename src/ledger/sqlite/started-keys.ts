/** Keys of what was begun before there was a turn for it. */
import type { DatabaseSync } from 'node:sqlite';

export function begunTable(db: DatabaseSync) {
  const add = db.prepare(
    'INSERT INTO begun (key, at) VALUES (:key, :now) ON CONFLICT DO NOTHING RETURNING key',
  );
  const prune = db.prepare(
    'DELETE FROM begun WHERE key IN (SELECT key FROM begun WHERE at < :before LIMIT :limit) RETURNING key',
  );
  return {
    /** True when the key was not known. */
    add: (values: { key: string; now: number }): boolean => add.all(values).length > 0,
    prune: (values: { before: number; limit: number }): number => prune.all(values).length,
  };
}
