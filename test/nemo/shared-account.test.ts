/** Several processes on one trial account: each with a connection of its own to one store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anonymousAccount, anonymousRecord } from '../../src/nemo/anonymous-account.ts';
import { RateLimited } from '../../src/nemo/errors.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import type { State } from '../../src/state/state.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { postgresStored, type StoredState, sqliteStored } from '../state/stores.ts';
import { attribution, clientOf, failure, fastClock, type Store } from './client.ts';

let stored: StoredState;
let double: NemoDouble;
const open: State[] = [];
const signal = new AbortController().signal;

beforeEach(async () => {
  double = await startNemoDouble();
});
afterEach(async () => {
  for (const state of open.splice(0)) await state.close();
  await double.close();
  await stored.remove();
});

interface Replica {
  readonly nemo: Nemo;
  readonly store: Store;
  /** From now on nothing that it does arrives in the store. */
  kill(): void;
}

/** As another process would: nothing but the file is shared. */
async function replica(requestTimeoutMs?: number): Promise<Replica> {
  const state = await stored.open({ encryptionKey: Buffer.alloc(32, 1).toString('base64') });
  open.push(state);
  const store = state.map('anonymous-account', anonymousRecord, { secret: true });
  let dead = false;
  const untilKilled = <T>(work: () => Promise<T>): Promise<T> =>
    dead ? new Promise<T>(() => {}) : work();
  const account = anonymousAccount({
    apiUrl: double.url,
    attribution,
    store: {
      ...store,
      set: (key, value) => untilKilled(() => store.set(key, value)),
      swap: (key, was, next) => untilKilled(() => store.swap(key, was, next)),
    },
    clock: fastClock,
    rateLimitWaitMs: 30_000,
    requestTimeoutMs,
    log: () => {},
  });
  return {
    nemo: clientOf(double, account),
    store,
    kill: () => {
      dead = true;
    },
  };
}

const asked = () => double.received('anonymous-token');
const used = () => new Set(double.received('credits').map(({ headers }) => headers.authorization));

const server = usePostgres();

describe('several processes on one trial account, in SQLite', () => shared(sqliteStored));
describePostgres('several processes on one trial account, in PostgreSQL', () =>
  shared(() => postgresStored(server)),
);

function shared(store: () => Promise<StoredState>): void {
  beforeEach(async () => {
    stored = await store();
  });

  test('that need a token at once take one, and nobody is told that the service is busy', async () => {
    const all = [await replica(), await replica(), await replica()];
    const told = await Promise.all(all.map(({ nemo }) => nemo.credits(signal)));
    expect(told).toMatchObject([{ available: 60 }, { available: 60 }, { available: 60 }]);
    expect(asked()).toHaveLength(1);
    expect(used().size).toBe(1);
  });

  test('whose token is turned away take one new token, and it is the same for all', async () => {
    const all = [await replica(), await replica(), await replica()];
    await Promise.all(all.map(({ nemo }) => nemo.credits(signal)));
    double.tokens.clear();
    await Promise.all(all.map(({ nemo }) => nemo.credits(signal)));
    expect(asked()).toHaveLength(2);
    expect(used().size).toBe(2);
  });

  test('one that comes later reads what another has renewed, and asks for none', async () => {
    const [first, second] = [await replica(), await replica()];
    await first.nemo.credits(signal);
    await second.nemo.credits(signal);
    double.tokens.clear();
    await first.nemo.credits(signal);
    await second.nemo.credits(signal);
    expect(asked()).toHaveLength(2);
  });

  test('of which the one that asks is killed: another asks when its mark has ended', async () => {
    const [first, second] = [await replica(100), await replica(100)];
    double.once('anonymous-token', () => new Promise<undefined>(() => {}));
    void first.nemo.credits(signal).catch(() => undefined);
    await double.arrival('anonymous-token');
    first.kill();
    expect(await second.nemo.credits(signal)).toMatchObject({ available: 60 });
    expect((await second.store.get('account'))?.asking).toBeUndefined();
    expect(new Set(asked().map(({ headers }) => headers['x-client-id'])).size).toBe(1);
  });

  test('of which the one that asks is killed with the token on its way: another id gives one', async () => {
    const [first, second] = [await replica(100), await replica(100)];
    double.once('anonymous-token', () => {
      first.kill();
      return undefined;
    });
    void first.nemo.credits(signal).catch(() => undefined);
    await double.arrival('anonymous-token');
    expect(await second.nemo.credits(signal)).toMatchObject({ available: 60 });
    const ids = asked().map(({ headers }) => headers['x-client-id']);
    // The first one's, too early for the same, too early yet, and another.
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
    expect((await second.store.get('account'))?.clientId).toBe(ids[3]);
  });

  test('a mark from a clock that was a day ahead keeps nobody', async () => {
    const { nemo, store } = await replica();
    const asking = { by: 'another', until: Date.now() + 86_400_000 };
    await store.set('account', { clientId: 'kept', asking });
    expect(await nemo.credits(signal)).toMatchObject({ available: 60 });
    expect(asked()[0]?.headers['x-client-id']).toBe('kept');
  });

  test('too early for another token is no error where one that is good stands in the store', async () => {
    const { nemo, store } = await replica();
    double.tokens.add('nmv_usr_of_another');
    double.once('anonymous-token', async () => {
      // A process of an earlier version leaves no mark.
      await store.set('account', { clientId: 'kept', token: 'nmv_usr_of_another' });
      return { status: 429, json: { code: 429, message: 'slow down' } };
    });
    expect(await nemo.credits(signal)).toMatchObject({ available: 60 });
    expect(used()).toEqual(new Set(['Bearer nmv_usr_of_another']));
  });

  test('a failure leaves no mark behind: the next one does not wait', async () => {
    const [first, second] = [await replica(), await replica()];
    double.on('anonymous-token', { status: 429, json: { code: 429, message: 'slow down' } });
    expect(await failure(first.nemo.credits(signal))).toBeInstanceOf(RateLimited);
    expect((await second.store.get('account'))?.asking).toBeUndefined();
    expect(await failure(second.nemo.credits(signal))).toBeInstanceOf(RateLimited);
  });
}
