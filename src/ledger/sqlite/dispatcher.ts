/**
 * Gives turns to work to this process: claims what the ledger has ready, as far as there are places, and looks
 * after claims that nobody has heard of.
 */
import type { Timers } from '../../runtime/clock.ts';
import { type Dispatcher, type DispatchOptions, MOST_IMMEDIATE } from '../dispatch.ts';
import type { Lease } from '../leases.ts';
import type { Claim, Lane } from '../ledger.ts';
import { createAlarm, every } from '../periodic.ts';
import { createRunningTurns } from '../running-turns.ts';
import type { ClaimingLedger } from './claiming-ledger.ts';
import type { LostClaims } from './lost-claims.ts';
import type { Worker } from './worker-lock.ts';

/** Leases of workers that died run out, or are released, without an event: so often they are looked for. */
export const LOOK_MS = 1_000;

/** Immediate ones first: a word like "stop" is what frees the other places. */
const LANES: readonly Lane[] = ['immediate', 'ordered'];

export interface DispatcherOptions extends DispatchOptions, LostClaims {
  readonly ledger: Pick<ClaimingLedger, 'append' | 'claim' | 'renew' | 'park' | 'onWork'>;
  readonly leaseMs: number;
  readonly timers: Timers;
  readonly worker: Worker;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, timers, log, leaseMs, worker } = options;
  const { owner } = worker;
  /** For the first of the turns that were parked until later, or are free by then. */
  const alarm = createAlarm(timers, wake);
  const runs = createRunningTurns({
    ...options,
    renew: (claim) => ledger.renew(claim),
    // One file on one machine: whoever could take over meets the same trouble.
    unheard: 'kept',
    parked: alarm.set,
  });
  const places: Record<Lane, { readonly most: number; taken: number; wanted: boolean }> = {
    immediate: { most: MOST_IMMEDIATE, taken: 0, wanted: false },
    ordered: { most: options.limit, taken: 0, wanted: false },
  };
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let unsubscribe = (): void => {};
  let stopLooking = (): void => {};
  /** Keys of what is being appended: its claim may be on disk before it is heard of here. */
  const arriving = new Set<string>();
  /** A call failed that may have been done all the same: a claim may be on disk that nobody has heard of. */
  let isUnsure = false;

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
        while (runs.isAccepting() && reserve(lane)) {
          const lease = runs.leaseFromNow();
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
      await options.releaseUnheard(owner, ({ id, key }) => arriving.has(key) || runs.isRunning(id));
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
      const freeFrom = await options.releaseDead();
      if (freeFrom !== undefined) alarm.set(freeFrom);
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
    void runs.begin(claim, lease).then(() => release(claim.turn.lane));
  }

  return {
    start() {
      worker.start();
      runs.accept();
      unsubscribe = ledger.onWork(wake);
      stopLooking = every(timers, Math.min(leaseMs / 2, LOOK_MS), lookForTheDead);
      void lookForTheDead();
    },
    async append(arrival, rules) {
      const { lane } = arrival;
      // Who waits for a place in the ledger is not overtaken here.
      if (!runs.isAccepting() || places[lane].wanted || !reserve(lane))
        return ledger.append(arrival, rules);
      const lease = runs.leaseFromNow();
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
    stop: runs.stop,
    running: runs.count,
    async drain(graceMs) {
      await runs.drain(graceMs, async () => {
        unsubscribe();
        await looking;
      });
      alarm.callOff();
      stopLooking();
    },
  };
}
