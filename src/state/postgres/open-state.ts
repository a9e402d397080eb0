/** The state in a PostgreSQL that any number of processes share. */
import { openDatabase, unusable } from '../../runtime/postgres/open-database.ts';
import { cipherOf, type KeyOptions } from '../encryption.ts';
import { keyvState } from '../keyv-state.ts';
import type { State } from '../state.ts';
import type { MapStoreOptions } from '../store.ts';
import { adoptKey } from './adopt-key.ts';
import { postgresMapStore } from './keyv-store.ts';
import { PART, STEPS } from './schema.ts';

export interface PostgresStateOptions extends KeyOptions {
  readonly url: string;
  /** Told when a connection is lost. */
  readonly onLost: (error: Error) => void;
}

/** Single statements by their key: a few connections carry all of a process. */
const CONNECTIONS = 4;

/** Rejects with `DatabaseUnusable`, or an `Error` that says what is wrong with the key. */
export async function openPostgresState(options: PostgresStateOptions): Promise<State> {
  const { url, onLost, ...keys } = options;
  const cipher = cipherOf(keys);
  const pool = await openDatabase({ url, onLost, part: PART, steps: STEPS, max: CONNECTIONS });
  if (cipher) {
    try {
      await adoptKey(pool, cipher);
    } catch (error) {
      await pool.end();
      throw unusable(error, url);
    }
  }
  let closing: Promise<void> | undefined;
  const store = {
    map: (of: MapStoreOptions) => postgresMapStore(pool, of),
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
  return keyvState(store, cipher);
}
