/**
 * The turns that this process works on, whichever way the store gives them out: one run per claim, claims that are
 * kept alive, and runs that are ended early when a person says stop, the claim is lost, or the process goes down.
 */
import { within } from '../runtime/deadline.ts';
import type { TurnId } from '../runtime/ids.ts';
import { type ClaimedTurn, type DispatchOptions, EARLIER_RUN_MS, Interrupted } from './dispatch.ts';
import { createHolding, type Held, type HoldingOptions, type Lease } from './leases.ts';
import { type Claim, ClaimLost } from './ledger.ts';
import { every } from './periodic.ts';

/** How long a turn that ignores its signal is waited for, once the grace is over. */
const IGNORED_MS = 2_000;

export interface RunningTurnsOptions extends HoldingOptions {
  readonly run: DispatchOptions['run'];
  /** A turn of this process was parked until that moment. */
  readonly parked: (notBefore: number) => void;
}

/** `over`: finished or put down, on record. `lost`: the claim is another's, or may be. `failed`: left as it is. */
export type RunEnd = 'over' | 'lost' | 'failed';

export interface RunningTurns {
  /** From now on turns run to their end; before, and after `drain`, they are put down at once. */
  accept(): void;
  isAccepting(): boolean;
  /** As of before the store is asked for a claim. */
  leaseFromNow(): Lease;
  /** Resolves, never rejects, when the run has ended: what that means for the turn is on record, or it is as it was. */
  begin(claim: Claim, lease: Lease): Promise<RunEnd>;
  isRunning(turnId: TurnId): boolean;
  /** Extends all leases now; a stop that was said is found with it. */
  renewAll(): Promise<void>;
  /** The claim is another's, as the store says by itself. */
  lost(claim: Claim): void;
  /** Interrupts the turn if it runs here; true when it did. */
  stop(turnId: TurnId): boolean;
  count(): number;
  /** See `Dispatcher`. `stopTaking` has ended once no claim is on its way any more. */
  drain(graceMs: number, stopTaking: () => Promise<void>): Promise<void>;
}

interface Running extends Held {
  done: Promise<unknown>;
  /** How many pieces of work are open that a shutdown waits for. */
  uninterruptible: number;
}

/** Of one claim: the same turn, claimed again, is other work. */
const keyOf = ({ turn, fence }: Claim): string => `${turn.id} ${fence}`;

export function createRunningTurns(options: RunningTurnsOptions): RunningTurns {
  const { timers, log, leaseMs } = options;
  const holding = createHolding(options);
  const running = new Map<string, Running>();
  let accepting = false;
  let graceIsOver = false;
  let stopRenewing = (): void => {};

  function begin(claim: Claim, lease: Lease): Promise<RunEnd> {
    const abort = new AbortController();
    const entry: Running = { claim, abort, lease, uninterruptible: 0, done: Promise.resolve() };
    // A stall longer than the lease: the turn came back while its earlier run is still at it here.
    const earlier = runsOf(claim.turn.id);
    for (const run of earlier) holding.lose(run);
    // Claimed while the process was already going down: the turn parks itself at once.
    if (!accepting) abort.abort(new Interrupted('shutdown'));
    // Said while nobody was working on it.
    if (claim.turn.stopRequested) abort.abort(new Interrupted('stop'));
    running.set(keyOf(claim), entry);
    const done = runToEnd(entry, earlier);
    entry.done = done;
    return done;
  }

  /**
   * The fence keeps what the earlier run writes off the record, so that the claim's turn is as it was left; what
   * it was posting is another matter, and is looked for in vain as long as it is on its way. False: lost meanwhile.
   */
  async function waitFor(earlier: readonly Running[], entry: Running): Promise<boolean> {
    const ended = () => Promise.all(earlier.map(({ done }) => done));
    if ((await within(EARLIER_RUN_MS, 'late', ended, timers)) === 'late')
      log.warn('an earlier run of a turn does not end; it goes on without it', {
        turn: entry.claim.turn.id,
      });
    return !holding.isLost(entry);
  }

  async function runToEnd(entry: Running, earlier: readonly Running[]): Promise<RunEnd> {
    const { claim } = entry;
    const endWatch = holding.watch(entry);
    try {
      if (earlier.length > 0 && !(await waitFor(earlier, entry))) return 'lost';
      const outcome = await options.run(claimedTurnOf(entry));
      if (outcome.how === 'parked') {
        await holding.putDown(claim, outcome, () => graceIsOver);
        if (accepting && outcome.notBefore !== undefined) options.parked(outcome.notBefore);
      }
      return outcome.how === 'lost' ? 'lost' : 'over';
    } catch (error) {
      if (error instanceof ClaimLost) return 'lost';
      log.error('a turn was put down', { turn: claim.turn.id, error });
      return 'failed';
    } finally {
      endWatch();
      running.delete(keyOf(claim));
    }
  }

  function claimedTurnOf(entry: Running): ClaimedTurn {
    const { claim, abort } = entry;
    return {
      claim,
      signal: abort.signal,
      confirm: () => holding.confirm(entry),
      finishBeforeShutdown: async (work) => {
        entry.uninterruptible += 1;
        try {
          return await work();
        } finally {
          entry.uninterruptible -= 1;
          if (!accepting && (entry.uninterruptible === 0 || graceIsOver))
            abort.abort(new Interrupted('shutdown'));
        }
      },
    };
  }

  const runsOf = (turnId: TurnId): Running[] =>
    [...running.values()].filter(({ claim }) => claim.turn.id === turnId);

  async function renewAll(): Promise<void> {
    const failed: unknown[] = [];
    await Promise.all(
      [...running.values()].map(async (entry) => {
        try {
          const { stopRequested } = await holding.renew(entry);
          if (stopRequested) entry.abort.abort(new Interrupted('stop'));
        } catch (error) {
          if (!(error instanceof ClaimLost)) failed.push(error);
        }
      }),
    );
    // One line: in an outage it is the same for all of them.
    if (failed.length > 0)
      log.error('cannot renew leases', { turns: failed.length, error: failed[0] });
  }

  async function allDone(): Promise<void> {
    while (running.size > 0) await Promise.all([...running.values()].map((entry) => entry.done));
  }

  return {
    accept() {
      accepting = true;
      stopRenewing = every(timers, leaseMs / 3, renewAll);
    },
    isAccepting: () => accepting,
    leaseFromNow: holding.leaseFromNow,
    begin,
    renewAll,
    isRunning: (turnId) => runsOf(turnId).length > 0,
    lost(claim) {
      const entry = running.get(keyOf(claim));
      if (entry) holding.lose(entry);
    },
    stop(turnId) {
      const runs = runsOf(turnId);
      for (const { abort } of runs) abort.abort(new Interrupted('stop'));
      return runs.length > 0;
    },
    count: () => running.size,
    async drain(graceMs, stopTaking) {
      accepting = false;
      await stopTaking();
      for (const { abort, uninterruptible } of running.values()) {
        if (uninterruptible === 0) abort.abort(new Interrupted('shutdown'));
      }
      const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>();
      let callOff = () => {};
      const abortAll = () => {
        graceIsOver = true;
        for (const { abort } of running.values()) abort.abort(new Interrupted('shutdown'));
        callOff = timers.after(IGNORED_MS, giveUp);
      };
      if (graceMs > 0) callOff = timers.after(graceMs, abortAll);
      else abortAll();
      await Promise.race([givenUp, allDone()]);
      callOff();
      stopRenewing();
      for (const { claim } of running.values()) {
        log.error('a turn ignored the shutdown; it is left to the next worker', {
          turn: claim.turn.id,
        });
      }
    },
  };
}
