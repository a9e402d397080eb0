/** The state on Keyv, over whichever store, with Keyv's silences turned into errors. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Cipher } from './encryption.ts';
import { type MapOptions, type State, type StateMap, StateUnavailable } from './state.ts';
import type { MapStore, StateStore } from './store.ts';

/** Without a cipher no map can be secret. */
export function keyvState(store: StateStore, cipher: Cipher | undefined): State {
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
      const own = store.map({ cipher: secret ? cipher : undefined, ttlMs });
      const keyv = new Keyv({ store: own, namespace: name, serialization: envelopes });
      return checked(name, schema, keyv, own);
    },
    close: () => store.close(),
  };
}

/** When it ends stands in its row; earlier versions wrote it here too. */
const envelope = z.object({ value: z.unknown() });
type Envelope = z.infer<typeof envelope>;
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
    const { data: wrapped } = envelope.safeParse(data);
    if (isEnvelope<E>(wrapped)) return wrapped;
    throw new StateUnavailable('a stored value lacks its wrapping');
  },
};

function checked<T>(name: string, schema: z.ZodType<T>, keyv: Keyv, store: MapStore): StateMap<T> {
  const call = recordFailures(name, keyv);
  return {
    async get(key) {
      const stored: unknown = await call(() => keyv.get(key));
      return stored === undefined ? undefined : read(stored);
    },
    async set(key, value) {
      const written = await call(() => keyv.set(key, value));
      if (!written) throw new StateUnavailable(`state "${name}": the value was not taken`);
    },
    async delete(key) {
      await call(() => keyv.delete(key));
    },
    async keys(prefix) {
      try {
        return await store.keys(prefix);
      } catch (error) {
        throw unavailable(name, error);
      }
    },
    async swap(key, was, next) {
      // As Keyv does.
      if (key === '') throw new StateUnavailable(`state "${name}": a key must not be empty`);
      const isStill = (stored: string | undefined): boolean => {
        const value = stored === undefined ? undefined : envelopes.parse<Envelope>(stored).value;
        if (value === undefined || was === undefined) return value === was;
        return isDeepStrictEqual(plain(read(value)), plain(was));
      };
      try {
        const text = next === undefined ? undefined : envelopes.stringify({ value: next });
        return await store.swap(key, isStill, text);
      } catch (error) {
        throw unavailable(name, error);
      }
    },
  };

  function read(stored: unknown): T {
    const result = schema.safeParse(stored);
    if (result.success) return result.data;
    // Paths and codes alone: a message may quote the value.
    const where = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
    throw new StateUnavailable(`state "${name}": a stored value has another shape: ${where}`);
  }
}

/** As it would be stored: a property that is undefined is none. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function unavailable(name: string, failure: unknown): StateUnavailable {
  const reason = failure instanceof Error ? failure.message : String(failure);
  return new StateUnavailable(`state "${name}": ${reason}`, { cause: failure });
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
    throw unavailable(name, failure);
  };
}
