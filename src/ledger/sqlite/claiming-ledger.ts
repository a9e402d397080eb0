/** What the dispatcher of this store asks of the ledger beside its port: turns are claimed by looking for them. */
import type { Appended, AppendRules, Arrival, Claim, Lane, Ledger } from '../ledger.ts';

/** What a worker takes on. */
export interface Served {
  readonly lane: Lane;
  /** Turns of other platforms are left to processes that serve them. */
  readonly platforms: readonly string[];
}

export interface ClaimingRules extends AppendRules {
  /** Claims a turn that may run now for this owner in the same stroke. */
  readonly owner?: string | undefined;
}

export type AppendedClaimed =
  | Exclude<Appended, { outcome: 'new' }>
  | (Extract<Appended, { outcome: 'new' }> & {
      /** The right to work on it at once, where it was asked for and the turn may run now. */
      readonly claim?: Claim | undefined;
    });

export interface ClaimingLedger extends Ledger {
  append(arrival: Arrival, rules?: ClaimingRules): Promise<AppendedClaimed>;
  /**
   * The next turn of those served that may run: never one behind an unfinished ordered turn of its
   * thread, never one under a live lease or parked until later. The requester with the fewest turns
   * at work in the lane (in all processes) comes first, then the oldest turn. The fence is raised and
   * the lease starts.
   */
  claim(owner: string, served: Served): Promise<Claim | undefined>;
  /** Extends the lease. Rejects with `ClaimLost`. */
  renew(claim: Claim): Promise<{ readonly stopRequested: boolean }>;
  /** Calls back (in this process) when a turn may have become runnable. */
  onWork(listener: () => void): () => void;
}
