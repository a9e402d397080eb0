import { onTestFinished } from 'vitest';
import { type Account, operatorAccount } from '../../src/nemo/account.ts';
import type { AgentEvent } from '../../src/nemo/agent-event.ts';
import {
  type AnonymousRecord,
  anonymousAccount,
  anonymousRecord,
} from '../../src/nemo/anonymous-account.ts';
import { createNemo, type NemoOptions } from '../../src/nemo/create-nemo.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import { createGuardedFetch } from '../../src/net/guarded-fetch.ts';
import { scaledClock } from '../../src/runtime/clock.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import type { StateMap } from '../../src/state/state.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';

export const attribution = {
  source: 'text-to-video-high-quality',
  version: '1.2.3',
  platform: 'unknown',
};

/** Half a minute of product time is 3 ms. */
export const fastClock = scaledClock(0.0001);

export interface Rig {
  readonly double: NemoDouble;
  readonly nemo: Nemo;
  readonly logs: string[];
  readonly signal: AbortSignal;
}

/** A client of its own backend double, both gone with the test. */
export async function rig(options: Partial<NemoOptions> = {}): Promise<Rig> {
  const double = await startNemoDouble();
  onTestFinished(() => double.close());
  const logs: string[] = [];
  const account = operatorAccount(double.token);
  const nemo = clientOf(double, account, { log: ({ message }) => logs.push(message), ...options });
  return { double, nemo, logs, signal: new AbortController().signal };
}

/** Our client, as the app makes it, of any stand-in. */
export function clientOf(
  { url }: { readonly url: string },
  account: Account,
  options: Partial<NemoOptions> = {},
): Nemo {
  return createNemo({
    apiUrl: url,
    webUrl: 'https://web.example',
    attribution,
    account,
    clock: fastClock,
    log: () => {},
    output: createGuardedFetch({ allowOrigins: [], allowLoopback: true }),
    ...options,
  });
}

export type Store = StateMap<AnonymousRecord>;

export function memoryStore(): Store {
  const state = openSqliteState({
    path: ':memory:',
    encryptionKey: Buffer.alloc(32, 1).toString('base64'),
  });
  onTestFinished(() => state.close());
  return state.map('anonymous-account', anonymousRecord, { secret: true });
}

export function trialAccount(
  { url }: { readonly url: string },
  store: Store,
  clientId?: string,
): Account {
  return anonymousAccount({
    apiUrl: url,
    attribution,
    store,
    clock: fastClock,
    rateLimitWaitMs: 30_000,
    clientId,
    log: () => {},
  });
}

/** A client on a trial account. */
export async function trialRig(store = memoryStore()): Promise<Rig & { store: Store }> {
  const first = await rig();
  const nemo = clientOf(first.double, trialAccount(first.double, store));
  return { ...first, nemo, store };
}

export async function collect(events: AsyncIterable<AgentEvent>): Promise<AgentEvent[]> {
  const all: AgentEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What a call was rejected with; fails where it was not. */
export async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('it was not rejected');
    },
    (error: unknown) => error,
  );
}
