/**
 * What the engine sees of the giving out of work: "here is a claim, run it". Looking for work, leases
 * and renewals are the store's affair.
 */
import type { TurnId } from '../runtime/ids.ts';
import type { Log } from '../runtime/log.ts';
import type { Appended, AppendRules, Arrival, Claim, TurnChange } from './ledger.ts';

/** Why a turn was interrupted; the reason of its signal. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly why: 'stop' | 'shutdown' | 'claim-lost';
  constructor(why: Interrupted['why']) {
    super(`interrupted: ${why}`);
    this.why = why;
  }
}

/**
 * How long a turn that comes back after a stall waits for its earlier run in the same process. What that one was
 * posting may still arrive, and a look for it would find nothing until it has: so it is longer than any chat
 * is waited for with one request (Slack's 30 seconds).
 */
export const EARLIER_RUN_MS = 35_000;

/**
 * Immediate turns at work at the same time. They are short, but for the watch over a late render; the bound is
 * there for floods, and is fair among people as the other one is.
 */
export const MOST_IMMEDIATE = 500;

/** What a running turn may ask of its worker. */
export interface ClaimedTurn {
  readonly claim: Claim;
  readonly signal: AbortSignal;
  /**
   * For what is seen outside of the record and cannot be fenced there: resolves while the turn is this
   * worker's. Asks the store only when the lease may have run out here, as after a stall. False where the
   * store cannot tell and nobody else can have been given the turn. Rejects with `ClaimLost`, also where
   * the store cannot tell and somebody may have.
   */
  confirm(): Promise<boolean>;
  /** A shutdown waits for this, within its grace: an open stream that is cut is work lost. */
  finishBeforeShutdown<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * How a run ended. `finished`: the turn has its end on record. `lost`: the turn is another worker's.
 * `parked`: without an end, to be taken up again, with `notBefore` not before that moment.
 */
export type RunOutcome =
  | { readonly how: 'finished' | 'lost' }
  | {
      readonly how: 'parked';
      readonly notBefore?: number | undefined;
      readonly change?: TurnChange | undefined;
    };

export interface Dispatcher {
  start(): void;
  /** Puts a turn on record, and to work at once where there is room for it and nobody waits before it. */
  append(arrival: Arrival, rules?: AppendRules): Promise<Appended>;
  /** Interrupts the turn if it runs here; true when it did. */
  stop(turnId: TurnId): boolean;
  running(): number;
  /**
   * Takes nothing more, lets turns put themselves down, and resolves when all have, or a moment after
   * the grace is over: a turn that ignores its signal is left to the next worker.
   */
  drain(graceMs: number): Promise<void>;
}

export interface DispatchOptions {
  /** Turns of other platforms are left to processes that serve them. */
  readonly platforms: readonly string[];
  /** Ordered turns at work at the same time. */
  readonly limit: number;
  readonly log: Log;
  /** A rejection leaves the turn as it is until its lease has run out. */
  readonly run: (shift: ClaimedTurn) => Promise<RunOutcome>;
}
