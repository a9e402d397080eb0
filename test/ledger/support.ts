/** What the tests of a ledger share: a store to try it on, its time, and things to write. */

import { afterEach, beforeEach } from 'vitest';
import type {
  Appended,
  AppendRules,
  Arrival,
  Claim,
  Lane,
  Ledger,
  Render,
  ThreadPlace,
} from '../../src/ledger/ledger.ts';
import { toRenderId, toSessionId, toThreadKey } from '../../src/runtime/ids.ts';

/** Of every store that is tried: the shortest that each of them takes. */
export const LEASE_MS = 10_000;

/** A ledger, and what else the tests ask of its store: claims that they hold in their own hands. */
export interface TestLedger extends Ledger {
  /** The next turn that a worker of this store would be given, if there is one. */
  claim(owner: string, served: Served): Promise<Claim | undefined>;
  /** As its worker keeps it alive. Rejects with `ClaimLost`. */
  renew(claim: Claim): Promise<{ readonly stopRequested: boolean }>;
}

interface Served {
  readonly lane: Lane;
  readonly platforms: readonly string[];
}

/** One empty store; several ledgers on it see each other as separate processes do. */
export interface LedgerStore {
  connect(): Promise<TestLedger>;
  /** Whose turn is next where several people wait is the one with the fewest turns at work, then the oldest. */
  readonly sharesByPerson: boolean;
  /** What a claim is worth that could not be renewed for as long as its lease because the store could not be reached. */
  readonly unheard: 'kept' | 'lost';
  /** Moves the time that all its ledgers share; it stands still otherwise. Timers that are due run. */
  advanceTime(ms: number): Promise<void>;
  /** Moves the time as a process sees it that stood still meanwhile: no timer has run yet. */
  stall(ms: number): void | Promise<void>;
  /** Moves the time until claims that nobody keeps alive may be taken over; no timer has run meanwhile. */
  passLease(): Promise<void>;
  /** Lets everything that is under way come to rest. */
  rest(): Promise<void>;
  now(): number;
  /** Until the returned function is called nothing can be written. */
  refuseWrites(): () => void;
  /** Closes what is still open and removes the store. */
  destroy(): Promise<void>;
}

let lastKey = 0;

export const placeOf = (key: string, over: Partial<ThreadPlace> = {}): ThreadPlace => ({
  key: toThreadKey(key),
  platform: 'slack',
  workspace: 'T1',
  channel: 'C1',
  ref: key,
  ...over,
});

/** `thread` may be a key alone. */
export function newTurn({
  thread = 'slack:T1:C1:1',
  ...over
}: Partial<Omit<Arrival, 'thread'>> & { readonly thread?: string | ThreadPlace } = {}): Arrival {
  lastKey += 1;
  return {
    key: `key-${lastKey}`,
    thread: typeof thread === 'string' ? placeOf(thread) : thread,
    lane: 'ordered',
    requester: 'ada',
    payload: '{"text":"a film about tea"}',
    ...over,
  };
}

export function newRender(claim: Claim, over: Partial<Render> = {}): Render {
  return {
    id: toRenderId('render-1'),
    thread: claim.turn.thread,
    turn: claim.turn.id,
    session: toSessionId('session-1'),
    phase: 'submitting',
    url: undefined,
    polls: 0,
    createdAt: claim.turn.acceptedAt,
    ...over,
  };
}

/** What a worker of these tests serves unless it says otherwise. */
export const SERVED = { platforms: ['slack'], lane: 'ordered' } as const;

/** Appends, and fails the test when that did not make a turn. */
export async function mustAppend(
  ledger: Ledger,
  arrival: Arrival = newTurn(),
  rules?: AppendRules,
): Promise<Extract<Appended, { outcome: 'new' }>> {
  const appended = await ledger.append(arrival, rules);
  if (appended.outcome !== 'new') throw new Error(`the turn was ${appended.outcome}`);
  return appended;
}

/** Claims, and fails the test when there is nothing to claim. */
export async function mustClaim(
  ledger: TestLedger,
  owner = 'worker',
  lane: Lane = 'ordered',
): Promise<Claim> {
  const claim = await ledger.claim(owner, { ...SERVED, lane });
  if (!claim) throw new Error('nothing to claim');
  return claim;
}

/** Before each test an empty store with one connection; the store is gone after the test. */
export function useStore(
  open: () => Promise<LedgerStore>,
  set: (fresh: { store: LedgerStore; ledger: TestLedger }) => void,
): void {
  let store: LedgerStore;
  beforeEach(async () => {
    store = await open();
    set({ store, ledger: await store.connect() });
  });
  afterEach(() => store.destroy());
}
