/** What this process knows of the claims that it holds: how long at least, and how they are given up. */
import type { Timers } from '../runtime/clock.ts';
import { within } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import { StoreUnavailable } from '../runtime/store-outage.ts';
import { Interrupted, type RunOutcome } from './dispatch.ts';
import { type Claim, ClaimLost, type Ledger } from './ledger.ts';

/** Between tries to put a turn down while the store takes no writes. */
const PUT_DOWN_MS = 1_000;

/**
 * Of a lease, how much before its end a claim that cannot be renewed is given up where another process may take it over
 * then: half of it to ask once more, the rest for what has just left.
 */
const MARGIN = 1 / 5;

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
  /**
   * What a claim is worth that could not be renewed because the store cannot be reached. `kept`: nobody else can reach it
   * either, so that nobody has taken it. `lost`: another process may reach it, and takes over when the lease has ended.
   */
  readonly unheard: 'kept' | 'lost';
  readonly log: Log;
}

export function createHolding(options: HoldingOptions) {
  const { ledger, renew: extend, timers, leaseMs, unheard, log } = options;
  const marginMs = unheard === 'lost' ? leaseMs * MARGIN : 0;

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
      if (error instanceof ClaimLost) lose(held);
      throw error;
    }
  }

  const lose = ({ abort }: Held): void => abort.abort(new Interrupted('claim-lost'));

  const isLost = ({ abort: { signal } }: Held): boolean =>
    signal.reason instanceof Interrupted && signal.reason.why === 'claim-lost';

  /** For how long nobody else can have it, without asking. */
  const sureFor = ({ lease: { wall, monotonic } }: Held): number =>
    Math.min(wall - timers.now(), monotonic - timers.monotonic()) - marginMs;

  /** Undefined where the store cannot tell. Rejects with `ClaimLost`. */
  async function ask(held: Held): Promise<{ readonly stopRequested: boolean } | undefined> {
    try {
      if (unheard === 'kept') return await renew(held);
      return await within(marginMs / 2, undefined, () => renew(held), timers);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return undefined;
    }
  }

  /** See `ClaimedTurn`. */
  async function confirm(held: Held): Promise<boolean> {
    if (isLost(held)) throw new ClaimLost(held.claim.turn.id);
    if (sureFor(held) > 0) return true;
    const answer = await ask(held);
    if (!answer && unheard === 'lost') lose(held);
    if (isLost(held)) throw new ClaimLost(held.claim.turn.id);
    return answer !== undefined;
  }

  /** Interrupts the run in time where its claim cannot be renewed; the returned function ends the watch. */
  function watch(held: Held): () => void {
    let callOff = (): void => {};
    let over = unheard === 'kept';
    async function look(): Promise<void> {
      if (sureFor(held) <= 0 && (await answerTo(held)) === 'none') {
        log.warn('a claim could not be renewed in time; its turn is left to others', {
          turn: held.claim.turn.id,
        });
        lose(held);
      }
      if (!over && !isLost(held)) callOff = timers.after(sureFor(held), () => void look());
    }
    if (!over) callOff = timers.after(sureFor(held), () => void look());
    return () => {
      over = true;
      callOff();
    };
  }

  async function answerTo(held: Held): Promise<'some' | 'none'> {
    try {
      return (await ask(held)) ? 'some' : 'none';
    } catch (error) {
      if (error instanceof ClaimLost) return 'some';
      log.error('cannot renew a lease', { turn: held.claim.turn.id, error });
      return 'none';
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

  return { leaseFromNow, renew, lose, isLost, confirm, watch, putDown };
}
