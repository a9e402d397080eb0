// Over 250 lines: one loop whose parts share its state.
/**
 * Gives turns to work to this process: claims what the ledger has ready, keeps the claims alive,
 * and ends them early when a person says stop, the claim is lost, or the process goes down.
 */

import type { Timers } from '../../runtime/clock.ts';
import { within } from '../../runtime/deadline.ts';
import type { TurnId } from '../../runtime/ids.ts';
import {
  type ClaimedTurn,
  type Dispatcher,
  type DispatchOptions,
  EARLIER_RUN_MS,
  Interrupted,
} from '../dispatch.ts';
import { type Claim, ClaimLost, type Lane, type Ledger, type Turn } from '../ledger.ts';
import { createHolding, type Held, type Lease } from './leases.ts';
import { createAlarm, every } from './periodic.ts';
import type { Worker } from './worker-lock.ts';

/** Leases of workers that died run out, or are released, without an event: so often they are looked for. */
export const LOOK_MS = 1_000;
/** How long a turn that ignores its signal is waited for, once the grace is over. */
const IGNORED_MS = 2_000;

/**
 * Immediate turns at work at the same time. They are short, but for the watch over a late render; the bound is
 * there for floods, and is fair among people as the other one is.
 */
const MOST_IMMEDIATE = 500;

/** Immediate ones first: a word like "stop" is what frees the other places. */
const LANES: readonly Lane[] = ['immediate', 'ordered'];

export interface DispatcherOptions extends DispatchOptions {
  readonly ledger: Pick<Ledger, 'append' | 'claim' | 'renew' | 'park' | 'onWork'>;
  readonly leaseMs: number;
  readonly timers: Timers;
  readonly worker: Worker;
  /** Frees what workers that are gone still hold; true when there was any. */
  readonly releaseDead: () => Promise<boolean>;
  /** Frees what this owner holds in the ledger and is not heard of here. */
  readonly releaseUnheard: (owner: string, isHeard: (turn: Turn) => boolean) => Promise<void>;
}

interface Running extends Held {
  done: Promise<void>;
  /** How many pieces of work are open that a shutdown waits for. */
  uninterruptible: number;
}

/** Of one claim: the same turn, claimed again, is other work. */
const keyOf = ({ turn, fence }: Claim): string => `${turn.id} ${fence}`;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, timers, log, leaseMs, worker } = options;
  const { owner } = worker;
  const holding = createHolding({ ledger, timers, leaseMs, log });
  const running = new Map<string, Running>();
  const places: Record<Lane, { readonly most: number; taken: number; wanted: boolean }> = {
    immediate: { most: MOST_IMMEDIATE, taken: 0, wanted: false },
    ordered: { most: options.limit, taken: 0, wanted: false },
  };
  let accepting = false;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let calledOff: (() => void)[] = [];
  let graceIsOver = false;
  /** Keys of what is being appended: its claim may be on disk before it is heard of here. */
  const arriving = new Set<string>();
  /** A call failed that may have been done all the same: a claim may be on disk that nobody has heard of. */
  let isUnsure = false;
  /** For the first of the turns that were parked until later. */
  const alarm = createAlarm(timers, wake);

  function wake(): void {
    if (looking !== undefined) {
      lookAgain = true;
      return;
    }
    looking = look().finally(() => {
      looking = undefined;
      if (lookAgain) {
        lookAgain = false;
        wake();
      }
    });
  }

  async function look(): Promise<void> {
    try {
      if (isUnsure) await releaseUnheard();
      for (const lane of LANES) {
        while (accepting && reserve(lane)) {
          const lease = holding.leaseFromNow();
          const claim = await claimIn(lane);
          if (!claim) break;
          begin(claim, lease);
        }
      }
    } catch (error) {
      // The next append or the next round of the timer looks again; nothing has been taken.
      log.error('cannot look for work in the ledger', { error });
    }
  }

  /** Between two claims, so that none of these is on its way. Asked in the transaction, so that no append gets in between. */
  async function releaseUnheard(): Promise<void> {
    isUnsure = false;
    try {
      await options.releaseUnheard(
        owner,
        ({ id, key }) => arriving.has(key) || runsOf(id).length > 0,
      );
    } catch (error) {
      isUnsure = true;
      throw error;
    }
  }

  /** The place is reserved, and given back where nothing was found for it. */
  async function claimIn(lane: Lane): Promise<Claim | undefined> {
    let claim: Claim | undefined;
    try {
      claim = await ledger.claim(owner, { lane, platforms: options.platforms });
      if (!claim) places[lane].wanted = false;
      return claim;
    } catch (error) {
      isUnsure = true;
      throw error;
    } finally {
      // Without waking: a store that fails is looked at again after a pause.
      if (!claim) places[lane].taken -= 1;
    }
  }

  async function lookForTheDead(): Promise<void> {
    try {
      await options.releaseDead();
    } catch (error) {
      log.error('cannot look for workers that are gone', { error });
    }
    wake();
  }

  /** A place is taken before the claim is, so that claims on their way count, too. */
  function reserve(lane: Lane): boolean {
    const place = places[lane];
    place.wanted ||= place.taken >= place.most;
    if (place.taken >= place.most) return false;
    place.taken += 1;
    return true;
  }

  function release(lane: Lane): void {
    places[lane].taken -= 1;
    if (places[lane].wanted) wake();
  }

  /** The place of its lane is reserved. */
  function begin(claim: Claim, lease: Lease): void {
    const abort = new AbortController();
    const entry: Running = { claim, abort, lease, uninterruptible: 0, done: Promise.resolve() };
    // A stall longer than the lease: the turn came back while its earlier run is still at it here.
    const earlier = runsOf(claim.turn.id);
    for (const run of earlier) run.abort.abort(new Interrupted('claim-lost'));
    // Appended while the process was already going down: the turn parks itself at once.
    if (!accepting) abort.abort(new Interrupted('shutdown'));
    // Said while nobody was working on it.
    if (claim.turn.stopRequested) abort.abort(new Interrupted('stop'));
    running.set(keyOf(claim), entry);
    entry.done = runToEnd(entry, earlier);
  }

  /**
   * The fence keeps what the earlier run writes off the record, so that the claim's turn is as it was left; what
   * it was posting is another matter, and is looked for in vain as long as it is on its way. False: lost meanwhile.
   */
  async function waitFor(earlier: readonly Running[], { claim, abort }: Running): Promise<boolean> {
    const ended = () => Promise.all(earlier.map(({ done }) => done));
    if ((await within(EARLIER_RUN_MS, 'late', ended, timers)) === 'late')
      log.warn('an earlier run of a turn does not end; it goes on without it', {
        turn: claim.turn.id,
      });
    const why: unknown = abort.signal.reason;
    return !(why instanceof Interrupted && why.why === 'claim-lost');
  }

  async function runToEnd(entry: Running, earlier: readonly Running[]): Promise<void> {
    const { claim } = entry;
    try {
      if (earlier.length > 0 && !(await waitFor(earlier, entry))) return;
      const outcome = await options.run(claimedTurnOf(entry));
      if (outcome.how === 'parked') {
        await holding.putDown(claim, outcome, () => graceIsOver);
        if (accepting && outcome.notBefore !== undefined) alarm.set(outcome.notBefore);
      }
    } catch (error) {
      if (!(error instanceof ClaimLost))
        log.error('a turn was put down', { turn: claim.turn.id, error });
    } finally {
      running.delete(keyOf(claim));
      release(claim.turn.lane);
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
    await Promise.all(
      [...running.values()].map(async (entry) => {
        try {
          const { stopRequested } = await holding.renew(entry);
          if (stopRequested) entry.abort.abort(new Interrupted('stop'));
        } catch (error) {
          if (!(error instanceof ClaimLost))
            log.error('cannot renew a lease', { turn: entry.claim.turn.id, error });
        }
      }),
    );
  }

  return {
    start() {
      worker.start();
      accepting = true;
      calledOff = [
        ledger.onWork(wake),
        every(timers, Math.min(leaseMs / 2, LOOK_MS), lookForTheDead),
        every(timers, leaseMs / 3, renewAll),
      ];
      void lookForTheDead();
    },
    async append(arrival, rules) {
      const { lane } = arrival;
      // Who waits for a place in the ledger is not overtaken here.
      if (!accepting || places[lane].wanted || !reserve(lane)) return ledger.append(arrival, rules);
      const lease = holding.leaseFromNow();
      arriving.add(arrival.key);
      try {
        const appended = await ledger.append(arrival, { ...rules, owner });
        if (appended.outcome === 'new' && appended.claim) begin(appended.claim, lease);
        else release(lane);
        return appended;
      } catch (error) {
        isUnsure = true;
        release(lane);
        throw error;
      } finally {
        arriving.delete(arrival.key);
      }
    },
    stop(turnId) {
      const runs = runsOf(turnId);
      for (const { abort } of runs) abort.abort(new Interrupted('stop'));
      return runs.length > 0;
    },
    running: () => running.size,
    async drain(graceMs) {
      accepting = false;
      const [unsubscribe] = calledOff;
      unsubscribe?.();
      await looking;
      for (const { abort, uninterruptible: patience } of running.values()) {
        if (patience === 0) abort.abort(new Interrupted('shutdown'));
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
      alarm.callOff();
      for (const off of calledOff) off();
      for (const { claim } of running.values()) {
        log.error('a turn ignored the shutdown; it is left to the next worker', {
          turn: claim.turn.id,
        });
      }
    },
  };

  async function allDone(): Promise<void> {
    while (running.size > 0) await Promise.all([...running.values()].map((entry) => entry.done));
  }
}
