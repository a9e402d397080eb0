/**
 * The one loop that tries again. What counts as passing is known where the error comes from and is asked
 * there; a piece of work that is tried again has no second retry of the same call inside it, or tries
 * would multiply.
 */
import type { Sleeper } from './clock.ts';

export interface RetryPolicy {
  /** In all, the first one included. */
  readonly tries: number;
  /** Milliseconds before each further try; the last figure stands for all that follow. A function is given the tries that failed. */
  readonly pauses: readonly number[] | ((failed: number) => number);
  /** A `Clock` where the pauses are product time, else `sleepOn` the machine's timers. */
  readonly clock: Sleeper;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of pauses in all; one that would exceed them is not begun. */
  readonly patienceMs?: number;
  /** May the next try end otherwise? A number says yes, and how long to wait, as `Retry-After` does. */
  readonly again: (error: unknown) => boolean | number;
  /** Asked before each further try: a world may have gone by in the pause. Its rejection is the end. */
  readonly confirm?: (() => Promise<void>) | undefined;
  /** Told before each pause. */
  readonly onPause?: (error: unknown, ms: number) => void;
}

/** Rejects with the error of the last try, or with the signal's reason; a try under way is the work's own to end. */
export async function retry<T>(policy: RetryPolicy, work: () => Promise<T>): Promise<T> {
  const { tries, pauses, clock, signal, patienceMs = Number.POSITIVE_INFINITY } = policy;
  const pauseAfter =
    typeof pauses === 'function' ? pauses : (n: number) => pauses[n - 1] ?? pauses.at(-1) ?? 0;
  let waited = 0;
  for (let failed = 1; ; failed += 1) {
    signal?.throwIfAborted();
    if (failed > 1) await policy.confirm?.();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const again = policy.again(error);
      if (again === false || failed >= tries) throw error;
      const pause = again === true ? pauseAfter(failed) : again;
      waited += pause;
      if (waited > patienceMs) throw error;
      policy.onPause?.(error, pause);
      if (pause > 0) await clock.sleep(pause, signal);
    }
  }
}
