/** Keyv's storage adapter (contract of Keyv 6) on one table of an open SQLite database. */
import type { DatabaseSync } from 'node:sqlite';
import { type KeyvStorageAdapter, keyvStorageCapability } from 'keyv';
import { z } from 'zod';
import { inTransaction } from '../runtime/sqlite/database.ts';
import type { GroupCommit } from '../runtime/sqlite/group-commit.ts';
import type { Cipher } from './encryption.ts';

/** What the store does of Keyv's contract: single values, no events, no iteration. */
export type SqliteKeyvStore = Pick<
  KeyvStorageAdapter,
  'namespace' | 'capabilities' | 'get' | 'set' | 'delete' | 'clear' | 'has'
> & {
  /** Writes `next` if what is stored `isStill` it, in one transaction. */
  swap(
    key: string,
    isStill: (stored: string | undefined) => boolean,
    next: string,
    expires: number | undefined,
  ): Promise<boolean>;
};

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

/**
 * Keyv sets `namespace` on it, so each Keyv needs a store of its own; the table is shared and must be
 * there. With a cipher values are encrypted here and not in Keyv, which does not tell its own cipher which
 * record a value is of.
 */
export function sqliteKeyvStore(
  db: DatabaseSync,
  { write }: Pick<GroupCommit, 'write'>,
  cipher?: Cipher,
): SqliteKeyvStore {
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
  const store: SqliteKeyvStore = {
    namespace: undefined,
    async get(key) {
      const value = read(key);
      return value === undefined ? undefined : await open(key, value);
    },
    has: async (key) => read(key) !== undefined,
    set(key, value, expires) {
      const plain = z.string().parse(value);
      const text = cipher ? cipher.encrypt(plain, { map: space(), key }) : plain;
      const row = { namespace: space(), key, value: text };
      return write(() => {
        if (expires !== undefined) sweep.run({ now: Date.now() });
        upsert.run({ ...row, expires: expires ?? null });
        return true;
      });
    },
    swap(key, isStill, next, expires) {
      const place = { map: space(), key };
      const text = cipher ? cipher.encrypt(next, place) : next;
      return write(() => {
        const stored = read(key);
        const plain = stored === undefined || !cipher ? stored : cipher.decrypt(stored, place).text;
        if (!isStill(plain)) return false;
        upsert.run({ namespace: place.map, key, value: text, expires: expires ?? null });
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
