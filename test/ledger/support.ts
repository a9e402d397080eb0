/** What the tests of a ledger share: a store to try it on, its time, and things to write. */
import { afterEach, beforeEach } from 'vitest';
import type { Claim, Lane, Ledger, NewTurn, Render } from '../../src/ledger/ledger.ts';

export const LEASE_MS = 1_000;

/** One empty store; several ledgers on it see each other as separate processes do. */
export interface LedgerStore {
  connect(): Promise<Ledger>;
  /** Moves the time that all its ledgers share; it stands still otherwise. */
  advanceTime(ms: number): void;
  now(): number;
  /** Closes what is still open and removes the store. */
  destroy(): Promise<void>;
}

let lastKey = 0;

export function newTurn(over: Partial<NewTurn> = {}): NewTurn {
  lastKey += 1;
  return {
    key: `key-${lastKey}`,
    thread: 'slack:T1:C1:1',
    lane: 'ordered',
    requester: 'ada',
    payload: '{"text":"a film about tea"}',
    ...over,
  };
}

export function newRender(claim: Claim, over: Partial<Render> = {}): Render {
  return {
    id: 'render-1',
    thread: claim.turn.thread,
    turn: claim.turn.id,
    session: 'session-1',
    phase: 'submitting',
    url: undefined,
    polls: 0,
    createdAt: claim.turn.acceptedAt,
    ...over,
  };
}

/** Claims, and fails the test when there is nothing to claim. */
export async function mustClaim(
  ledger: Ledger,
  owner = 'worker',
  lane: Lane = 'ordered',
): Promise<Claim> {
  const claim = await ledger.claim(owner, lane);
  if (!claim) throw new Error('nothing to claim');
  return claim;
}

/** Before each test an empty store with one connection; the store is gone after the test. */
export function useStore(
  open: () => Promise<LedgerStore>,
  set: (fresh: { store: LedgerStore; ledger: Ledger }) => void,
): void {
  let store: LedgerStore;
  beforeEach(async () => {
    store = await open();
    set({ store, ledger: await store.connect() });
  });
  afterEach(() => store.destroy());
}
