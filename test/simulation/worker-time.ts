/** The time that the code of a simulated worker is given. */
import { LOOK_MS } from '../../src/ledger/sqlite/dispatcher.ts';
import type { Clock, Timers } from '../../src/runtime/clock.ts';
import type { Worker } from './world.ts';

/** Product time is real time here: nothing is shortened, the world only does not wait. */
export function clockOf(worker: Worker): Clock {
  const { time } = worker;
  return {
    now: time.wall,
    elapsed: (since) => Math.max(0, time.wall() - since),
    in: (ms) => time.wall() + ms,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const off = time.after(ms, worker, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        const onAbort = () => {
          off();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

export function timersOf(worker: Worker): Timers {
  const { time } = worker;
  return {
    now: time.wall,
    monotonic: time.monotonic,
    after: (ms, run) =>
      ms === LOOK_MS ? lookWhenStirred(worker, LOOK_MS, run) : time.after(ms, worker, run),
    soon: (run) => void time.after(0, worker, run),
  };
}

/** A look that nothing was written or died before finds nothing: so long it is not taken at all. */
const IDLE_MS = 10_000;

/** Hours of waiting are most of a world; each of the looks in them would cost as much as one that finds something. */
export function lookWhenStirred(
  worker: Worker,
  every: number,
  run: () => void,
  idle = IDLE_MS,
): () => void {
  const { time, world } = worker;
  const since = time.monotonic();
  // What came while the last look was under way may have come too late for it.
  const missed = worker.lookedAt !== world.stirs();
  let off = time.after(missed ? every : idle, worker, look);
  // At the beat at which it would have been taken.
  const unsubscribe = world.onceStirred(() => {
    const beat = Math.max(1, Math.ceil((time.monotonic() - since) / every)) * every;
    off();
    off = time.after(since + beat - time.monotonic(), worker, look);
  });
  function look(): void {
    unsubscribe();
    worker.lookedAt = world.stirs();
    run();
  }
  return () => {
    unsubscribe();
    off();
  };
}
