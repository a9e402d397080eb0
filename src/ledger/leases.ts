/** What this process knows of the claims that it holds: how long at least, and how they are given up. */
import type { Timers } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import { StoreUnavailable } from '../runtime/store-outage.ts';
import { Interrupted, type RunOutcome } from './dispatch.ts';
import { type Claim, ClaimLost, type Ledger } from './ledger.ts';

/** Between tries to put a turn down while the store takes no writes. */
const PUT_DOWN_MS = 1_000;

/** By both clocks: one stands still while the machine sleeps, the other can be set. */
export interface Lease {
  readonly wall: number;
  readonly monotonic: number;
}

export interface Held {
  readonly claim: Claim;
  readonly abort: AbortController;
  /** Until when it lasts at least. */
  lease: Lease;
}

export interface HoldingOptions {
  readonly ledger: Pick<Ledger, 'park'>;
  /** Extends the lease in the store. Rejects with `ClaimLost`. */
  readonly renew: (claim: Claim) => Promise<{ readonly stopRequested: boolean }>;
  readonly timers: Timers;
  readonly leaseMs: number;
  readonly log: Log;
}

export function createHolding({ ledger, renew: extend, timers, leaseMs, log }: HoldingOptions) {
  /** As of before the store is asked, so that it never ends later than the store's own. */
  function leaseFromNow(): Lease {
    return { wall: timers.now() + leaseMs, monotonic: timers.monotonic() + leaseMs };
  }

  /** Rejects with `ClaimLost`, which its run hears, too. */
  async function renew(held: Held): Promise<{ readonly stopRequested: boolean }> {
    const lease = leaseFromNow();
    try {
      const renewed = await extend(held.claim);
      held.lease = lease;
      return renewed;
    } catch (error) {
      if (error instanceof ClaimLost) held.abort.abort(new Interrupted('claim-lost'));
      throw error;
    }
  }

  /** See `ClaimedTurn`. */
  async function confirm(held: Held): Promise<boolean> {
    const { wall, monotonic } = held.lease;
    if (timers.now() < wall && timers.monotonic() < monotonic) return true;
    try {
      await renew(held);
      return true;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return false;
    }
  }

  /**
   * A lease that is left to run out counts as a crash, and is for turns that cannot be put down at all:
   * a store that takes no writes for a while is waited for, unless there is no time left.
   */
  async function putDown(
    claim: Claim,
    outcome: RunOutcome & { how: 'parked' },
    isLate: () => boolean,
  ): Promise<void> {
    for (;;) {
      try {
        return await ledger.park(claim, outcome);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || isLate()) throw error;
        log.warn('cannot put a turn down; it is tried again', { turn: claim.turn.id, error });
        await new Promise<void>((resolve) => timers.after(PUT_DOWN_MS, resolve));
      }
    }
  }

  return { leaseFromNow, renew, confirm, putDown };
}
