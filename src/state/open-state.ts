/** The state on Keyv and SQLite, with Keyv's silences turned into errors. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import { Keyv } from 'keyv';
import { z } from 'zod';
import { beginServing, openSqlite } from '../runtime/sqlite/database.ts';
import { createGroupCommit } from '../runtime/sqlite/group-commit.ts';
import { aesCipher, parseEncryptionKey } from './encryption.ts';
import { adoptKey } from './key-check.ts';
import { createStateTable, type SqliteKeyvStore, sqliteKeyvStore } from './sqlite-keyv-store.ts';
import { type MapOptions, type State, type StateMap, StateUnavailable } from './state.ts';

export interface StateOptions {
  /** A file, created with its folder when missing, or `:memory:`. */
  readonly path: string;
  /** Base64 of 32 bytes; needed by maps with `secret`. */
  readonly encryptionKey?: string | undefined;
  /** Keys that values may still be encrypted with. */
  readonly encryptionKeysOld?: readonly string[];
}

/** How long a write waits for another process. */
const PATIENCE_MS = 5_000;

/**
 * Opens the state, by habit in the ledger's file. It has a connection of its own: transactions of
 * both are synchronous and short, so that within a process they never wait for each other, and
 * either can be moved to another file or store alone. Throws `DatabaseUnusable`, or an `Error` that
 * says what is wrong with the key.
 */
export function openState(options: StateOptions): State {
  const { path, encryptionKey, encryptionKeysOld = [] } = options;
  const cipher =
    encryptionKey === undefined
      ? undefined
      : aesCipher(parseEncryptionKey(encryptionKey), encryptionKeysOld.map(parseEncryptionKey));
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
  const schemas = new Map<string, unknown>();

  return {
    map<T>(name: string, schema: z.ZodType<T>, options: MapOptions = {}): StateMap<T> {
      const { secret = false, ttlMs } = options;
      if ((schemas.get(name) ?? schema) !== schema) {
        throw new Error(`state map "${name}" is in use with another schema`);
      }
      schemas.set(name, schema);
      if (secret && !cipher) {
        throw new Error(
          `ENCRYPTION_KEY must be set: "${name}" holds secrets and is stored encrypted`,
        );
      }
      const store = sqliteKeyvStore(db, commit, secret ? cipher : undefined);
      const keyv = new Keyv({
        store,
        namespace: name,
        serialization: envelopes,
        ...(ttlMs !== undefined && { ttl: ttlMs }),
      });
      return { ...checked(name, schema, keyv), swap: swapOn(name, schema, store, ttlMs) };
    },

    async close() {
      if (!db.isOpen) return;
      commit.flush();
      db.close();
    },
  };
}

const envelope = z.object({ value: z.unknown(), expires: z.number().optional() });
const isEnvelope = <E>(data: unknown): data is E => envelope.safeParse(data).success;

/**
 * Keyv's wrapping of a value, read strictly: a row that holds `null` or has no value in it would
 * otherwise pass for a missing one. The JSON parser's own message is left out: it quotes the text.
 */
const envelopes = {
  stringify: (data: unknown): string => JSON.stringify(data),
  parse<E>(text: string): E {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      throw new StateUnavailable('a stored value is not JSON');
    }
    if (isEnvelope<E>(data)) return data;
    throw new StateUnavailable('a stored value lacks its wrapping');
  },
};

function swapOn<T>(
  name: string,
  schema: z.ZodType<T>,
  store: SqliteKeyvStore,
  ttlMs: number | undefined,
): StateMap<T>['swap'] {
  return async (key, was, next) => {
    const isStill = (stored: string | undefined): boolean => {
      if (stored === undefined) return was === undefined;
      const { value } = envelope.parse(envelopes.parse(stored));
      return was !== undefined && isDeepStrictEqual(schema.safeParse(value).data, was);
    };
    const expires = ttlMs === undefined ? undefined : Date.now() + ttlMs;
    const text = envelopes.stringify({ value: next, ...(expires && { expires }) });
    try {
      return await store.swap(key, isStill, text, expires);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StateUnavailable(`state "${name}": ${reason}`, { cause: error });
    }
  };
}

function checked<T>(name: string, schema: z.ZodType<T>, keyv: Keyv): Omit<StateMap<T>, 'swap'> {
  const call = recordFailures(name, keyv);
  return {
    async get(key) {
      const stored: unknown = await call(() => keyv.get(key));
      if (stored === undefined) return undefined;
      const result = schema.safeParse(stored);
      if (result.success) return result.data;
      // Paths and codes alone: a message may quote the value.
      const where = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
      throw new StateUnavailable(`state "${name}": a stored value has another shape: ${where}`);
    },
    async set(key, value) {
      const written = await call(() => keyv.set(key, value));
      if (!written) throw new StateUnavailable(`state "${name}": the value was not taken`);
    },
    async delete(key) {
      await call(() => keyv.delete(key));
    },
  };
}

/**
 * Keyv answers a failure with an `error` event, and with `undefined` or `false` as if all were well;
 * without a listener it rejects, but then a store's connection lost between two calls would end the
 * process. So a listener notes each failure with the call it belongs to, and the call rejects.
 */
function recordFailures(name: string, keyv: Keyv) {
  const calls = new AsyncLocalStorage<{ failures: unknown[] }>();
  keyv.on('error', (error: unknown) => calls.getStore()?.failures.push(error));
  return async <R>(work: () => Promise<R>): Promise<R> => {
    const failures: unknown[] = [];
    const result = await calls.run({ failures }, work);
    const [failure] = failures;
    if (failure === undefined) return result;
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new StateUnavailable(`state "${name}": ${reason}`, { cause: failure });
  };
}
