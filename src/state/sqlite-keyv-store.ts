/** Keyv's storage adapter (contract of Keyv 6) on one table of an open SQLite database. */
import type { DatabaseSync } from 'node:sqlite';
import { type KeyvStorageAdapter, keyvStorageCapability } from 'keyv';
import { z } from 'zod';
import type { GroupCommit } from '../group-commit.ts';
import { inTransaction } from '../sqlite.ts';

/** What the store does of Keyv's contract: single values, no events, no iteration. */
export type SqliteKeyvStore = Pick<
  KeyvStorageAdapter,
  'namespace' | 'capabilities' | 'get' | 'set' | 'delete' | 'clear' | 'has'
>;

/** The shape is Keyv's own interface and changes no more than that does. */
const TABLE = `
  CREATE TABLE IF NOT EXISTS state (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (namespace, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS state_by_expiry ON state (expires) WHERE expires IS NOT NULL;
`;

/** Expired rows removed per write of a row that expires: more than one, so they never pile up. */
const SWEEP = 16;

const LIVE = 'namespace = :namespace AND key = :key AND (expires IS NULL OR expires > :now)';

const valueRow = z.object({ value: z.string() });

export const createStateTable = (db: DatabaseSync): void => inTransaction(db, () => db.exec(TABLE));

/** Keyv sets `namespace` on it, so each Keyv needs a store of its own; the table is shared. */
export function sqliteKeyvStore(
  db: DatabaseSync,
  { write }: Pick<GroupCommit, 'write'>,
): SqliteKeyvStore {
  const select = db.prepare(`SELECT value FROM state WHERE ${LIVE}`);
  const upsert = db.prepare(
    `INSERT INTO state (namespace, key, value, expires) VALUES (:namespace, :key, :value, :expires)
     ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  );
  const remove = db.prepare('DELETE FROM state WHERE namespace = :namespace AND key = :key');
  const removeAll = db.prepare('DELETE FROM state WHERE namespace = :namespace');
  const sweep = db.prepare(
    `DELETE FROM state WHERE (namespace, key) IN (
       SELECT namespace, key FROM state WHERE expires <= :now LIMIT ${SWEEP})`,
  );

  const space = () => store.namespace ?? '';
  const read = (key: string): string | undefined => {
    const [row] = select.all({ namespace: space(), key, now: Date.now() });
    return row && valueRow.parse(row).value;
  };
  const store: SqliteKeyvStore = {
    namespace: undefined,
    get: async (key) => read(key),
    has: async (key) => read(key) !== undefined,
    set(key, value, expires) {
      const row = { namespace: space(), key, value: z.string().parse(value) };
      return write(() => {
        if (expires !== undefined) sweep.run({ now: Date.now() });
        upsert.run({ ...row, expires: expires ?? null });
        return true;
      });
    },
    delete(key) {
      const row = { namespace: space(), key };
      return write(() => remove.run(row).changes > 0);
    },
    async clear() {
      const namespace = space();
      await write(() => removeAll.run({ namespace }));
    },
  };
  store.capabilities = keyvStorageCapability(store);
  return store;
}
