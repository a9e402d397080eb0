/** Keyv's storage adapter (contract of Keyv 6) on one table of an open SQLite database. */
import type { DatabaseSync } from 'node:sqlite';
import { keyvStorageCapability } from 'keyv';
import { z } from 'zod';
import { inTransaction } from '../../runtime/sqlite/database.ts';
import { type GroupCommit, reading } from '../../runtime/sqlite/group-commit.ts';
import type { MapStore, MapStoreOptions } from '../store.ts';

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
const keyRow = z.object({ key: z.string() });

export const createStateTable = (db: DatabaseSync): void => inTransaction(db, () => db.exec(TABLE));

/** The table must be there. */
export function sqliteMapStore(
  db: DatabaseSync,
  { write }: Pick<GroupCommit, 'write'>,
  { cipher, ttlMs }: MapStoreOptions,
): MapStore {
  const select = db.prepare(`SELECT value FROM state WHERE ${LIVE}`);
  const upsert = db.prepare(
    `INSERT INTO state (namespace, key, value, expires) VALUES (:namespace, :key, :value, :expires)
     ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  );
  const replace = db.prepare(
    `UPDATE state SET value = :next
     WHERE namespace = :namespace AND key = :key AND value = :value`,
  );
  const remove = db.prepare('DELETE FROM state WHERE namespace = :namespace AND key = :key');
  const list = db.prepare(
    `SELECT key FROM state WHERE namespace = :namespace AND key >= :prefix
     AND substr(key, 1, length(:prefix)) = :prefix AND (expires IS NULL OR expires > :now)
     ORDER BY key`,
  );
  const removeAll = db.prepare('DELETE FROM state WHERE namespace = :namespace');
  const sweep = db.prepare(
    `DELETE FROM state WHERE (namespace, key) IN (
       SELECT namespace, key FROM state WHERE expires <= :now LIMIT ${SWEEP})`,
  );

  const space = () => store.namespace ?? '';
  const expiry = () => (ttlMs === undefined ? null : Date.now() + ttlMs);
  const read = (key: string): string | undefined => {
    const [row] = select.all({ namespace: space(), key, now: Date.now() });
    return row && valueRow.parse(row).value;
  };
  const sealed = (key: string, text: string): string =>
    cipher ? cipher.encrypt(text, { map: space(), key }) : text;
  const put = (row: { namespace: string; key: string; value: string }): void => {
    if (ttlMs !== undefined) sweep.run({ now: Date.now() });
    upsert.run({ ...row, expires: expiry() });
  };
  const open = async (key: string, value: string): Promise<string> => {
    if (!cipher) return value;
    const place = { map: space(), key };
    const { text, stale } = cipher.decrypt(value, place);
    if (!stale) return text;
    // Written by a process with an earlier key. Only if it is still the one: another may have written since.
    const row = { namespace: place.map, key, value, next: cipher.encrypt(text, place) };
    await write(() => replace.run(row));
    return text;
  };
  const store: MapStore = {
    namespace: undefined,
    async get(key) {
      const value = reading(() => read(key));
      return value === undefined ? undefined : await open(key, value);
    },
    has: async (key) => reading(() => read(key)) !== undefined,
    set(key, value) {
      const row = { namespace: space(), key, value: sealed(key, z.string().parse(value)) };
      return write(() => {
        put(row);
        return true;
      });
    },
    keys: async (prefix) =>
      reading(() =>
        list
          .all({ namespace: space(), prefix, now: Date.now() })
          .map((row) => keyRow.parse(row).key),
      ),
    swap(key, isStill, next) {
      const place = { map: space(), key };
      const row = { namespace: place.map, key };
      const value = next === undefined ? undefined : sealed(key, next);
      return write(() => {
        const stored = read(key);
        const plain = stored === undefined || !cipher ? stored : cipher.decrypt(stored, place).text;
        if (!isStill(plain)) return false;
        if (value === undefined) remove.run(row);
        else put({ ...row, value });
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
