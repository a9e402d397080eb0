/** The state in an SQLite file, by habit the ledger's. */
import { beginServing, openSqlite } from '../../runtime/sqlite/database.ts';
import { createGroupCommit } from '../../runtime/sqlite/group-commit.ts';
import { cipherOf, type KeyOptions } from '../encryption.ts';
import { keyvState } from '../keyv-state.ts';
import type { State } from '../state.ts';
import { adoptKey } from './adopt-key.ts';
import { createStateTable, sqliteMapStore } from './keyv-store.ts';

export interface SqliteStateOptions extends KeyOptions {
  /** A file, created with its folder when missing, or `:memory:`. */
  readonly path: string;
}

/** How long a write waits for another process. */
const PATIENCE_MS = 5_000;

/**
 * It has a connection of its own: transactions of state and ledger are synchronous and short, so that within a process
 * they never wait for each other, and either can be moved to another file or store alone. Throws `DatabaseUnusable`, or an
 * `Error` that says what is wrong with the key.
 */
export function openSqliteState({ path, ...keys }: SqliteStateOptions): State {
  const cipher = cipherOf(keys);
  const db = openSqlite(path);
  try {
    createStateTable(db);
    if (cipher) adoptKey(db, cipher);
    beginServing(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const commit = createGroupCommit(db, { patienceMs: PATIENCE_MS });
  const store = {
    map: (options: Parameters<typeof sqliteMapStore>[2]) => sqliteMapStore(db, commit, options),
    async close() {
      if (!db.isOpen) return;
      commit.flush();
      db.close();
    },
  };
  return keyvState(store, cipher);
}
