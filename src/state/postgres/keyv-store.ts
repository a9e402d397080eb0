/** Keyv's storage adapter (contract of Keyv 6) on one table of a PostgreSQL. Every time is the database's own. */
import { keyvStorageCapability } from 'keyv';
import type pg from 'pg';
import { z } from 'zod';
import { query } from '../../runtime/postgres/database.ts';
import { StoreUnavailable } from '../../runtime/store-outage.ts';
import type { MapStore, MapStoreOptions } from '../store.ts';
import { keyOf, storedKey, TABLE } from './schema.ts';

/** Expired rows removed per write of a row that expires: more than one, so they never pile up. */
const SWEEP = 16;
/** One that others write in the same moment is looked at anew; who is overtaken so often is not told a guess. */
const SWAP_TRIES = 10;

const HERE = 'namespace = $1 AND key = $2';
const LIVE = '(expires IS NULL OR expires > now())';
const EXPIRES = "now() + $4::double precision * interval '1 millisecond'";

const SELECT = `SELECT value FROM ${TABLE} WHERE ${HERE} AND ${LIVE}`;
const INSERT = `INSERT INTO ${TABLE} (namespace, key, value, expires) VALUES ($1, $2, $3, ${EXPIRES})
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
/** Rows that somebody else is removing are left to them. Never the row that is written: one statement cannot do both. */
const SWEEPING = `WITH swept AS (DELETE FROM ${TABLE} WHERE (namespace, key) IN (
    SELECT namespace, key FROM ${TABLE} WHERE expires <= now() AND NOT (${HERE})
    LIMIT ${SWEEP} FOR UPDATE SKIP LOCKED))`;
/** One whose end has come counts as none, and is written over. */
const INSERT_NEW = `${INSERT} WHERE state.expires <= now()`;
const STILL = `${HERE} AND value = $3 AND ${LIVE}`;
const REPLACE = `UPDATE ${TABLE} SET value = $5, expires = ${EXPIRES} WHERE ${STILL}`;
const RENEW = `UPDATE ${TABLE} SET value = $4 WHERE ${HERE} AND value = $3`;
const REMOVE_STILL = `DELETE FROM ${TABLE} WHERE ${STILL}`;
const REMOVE = `DELETE FROM ${TABLE} WHERE ${HERE}`;
const LIST = `SELECT key FROM ${TABLE} WHERE namespace = $1 AND key >= $2 AND starts_with(key, $2) AND ${LIVE}
  ORDER BY key`;
const REMOVE_ALL = `DELETE FROM ${TABLE} WHERE namespace = $1`;

const valueRow = z.object({ value: z.string() });
const keyRow = z.object({ key: z.string() });

/** The table must be there. */
export function postgresMapStore(pool: pg.Pool, { cipher, ttlMs }: MapStoreOptions): MapStore {
  const life = ttlMs ?? null;
  const sweeping = (statement: string) =>
    ttlMs === undefined ? statement : `${SWEEPING} ${statement}`;
  const place = (key: string) => ({ map: store.namespace ?? '', key });
  const at = (key: string): [string, string] => [store.namespace ?? '', storedKey(key)];
  const sealed = (key: string, text: string): string =>
    cipher ? cipher.encrypt(text, place(key)) : text;
  const changed = async (text: string, values: readonly unknown[]): Promise<boolean> =>
    ((await query(pool, text, values)).rowCount ?? 0) > 0;

  async function read(key: string): Promise<string | undefined> {
    const { rows } = await query(pool, SELECT, at(key));
    return rows[0] && valueRow.parse(rows[0]).value;
  }

  async function open(key: string, value: string): Promise<string> {
    if (!cipher) return value;
    const { text, stale } = cipher.decrypt(value, place(key));
    // Written by a process with an earlier key. Only if it is still the one: another may have written since.
    if (stale) await changed(RENEW, [...at(key), value, sealed(key, text)]);
    return text;
  }

  const store: MapStore = {
    namespace: undefined,
    async get(key) {
      const value = await read(key);
      return value === undefined ? undefined : await open(key, value);
    },
    has: async (key) => (await read(key)) !== undefined,
    async set(key, value) {
      const text = sealed(key, z.string().parse(value));
      await query(pool, sweeping(INSERT), [...at(key), text, life]);
      return true;
    },
    async keys(prefix) {
      const { rows } = await query(pool, LIST, at(prefix));
      return rows.map((row) => keyOf(keyRow.parse(row).key));
    },
    /** The comparison is ours, of what was decrypted; the write then compares what is stored, byte by byte. */
    async swap(key, isStill, next) {
      for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
        const stored = await read(key);
        const plain =
          stored === undefined || !cipher ? stored : cipher.decrypt(stored, place(key)).text;
        if (!isStill(plain)) return false;
        if (await written(key, stored, next)) return true;
      }
      throw new StoreUnavailable('a value is being written by too many at once');
    },
    delete: (key) => changed(REMOVE, at(key)),
    async clear() {
      await query(pool, REMOVE_ALL, [store.namespace ?? '']);
    },
  };
  store.capabilities = keyvStorageCapability(store);
  return store;

  async function written(
    key: string,
    stored: string | undefined,
    next: string | undefined,
  ): Promise<boolean> {
    if (next === undefined)
      return stored === undefined || (await changed(REMOVE_STILL, [...at(key), stored]));
    const text = sealed(key, next);
    return stored === undefined
      ? await changed(sweeping(INSERT_NEW), [...at(key), text, life])
      : await changed(REPLACE, [...at(key), stored, life, text]);
  }
}
