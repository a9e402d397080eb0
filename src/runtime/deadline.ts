/** The one way to bound a wait. */
import { machineTimers, type Timers } from './clock.ts';

export interface DeadlineOptions {
  /** Milliseconds of the machine's time from the begin, or from the last `touch`. */
  readonly ms: number;
  /** Ends the wait earlier, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** What the wait ends with when it was too long; a `TimeoutError` unless given. */
  readonly late?: () => Error;
  readonly timers?: Pick<Timers, 'after'>;
}

/** `signal` aborts when the wait is over, one way or another; each `touch` begins the time anew. */
export type Bounded<T> = (signal: AbortSignal, touch: () => void) => Promise<T>;

/** For what still listens after the work has ended. Made once: an error with its stack for every call would be costly. */
const OVER = new DOMException('the work is over', 'AbortError');

/**
 * Settles as the work does, or rejects with what ended the wait, whichever comes first: work that ignores
 * its signal is not waited for. What is still running under the signal when the work is done is called off.
 */
export async function withDeadline<T>(
  { ms, signal, late = timedOut, timers = machineTimers }: DeadlineOptions,
  work: Bounded<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const bound = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    bound.abort(reason);
    reject(reason);
  };
  const onAbort = () => end(signal?.reason);
  const begin = () => timers.after(ms, () => end(late()));
  let callOff = begin();
  const touch = () => {
    if (bound.signal.aborted) return;
    callOff();
    callOff = begin();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(bound.signal, touch), ended]);
  } finally {
    callOff();
    signal?.removeEventListener('abort', onAbort);
    bound.abort(OVER);
  }
}

const timedOut = () => new DOMException('the operation timed out', 'TimeoutError');

/** The same for what may be missing: `instead` where it is not there in time. Rejects as the work does. */
export async function within<T, I>(
  ms: number,
  instead: I,
  work: Bounded<T>,
  timers?: Pick<Timers, 'after'>,
): Promise<T | I> {
  let late: Error | undefined;
  // Made only where it is thrown: an error with its stack for every wait would be costly.
  const tooLate = () => {
    late = new DOMException('not within the time', 'TimeoutError');
    return late;
  };
  try {
    return await withDeadline({ ms, late: tooLate, ...(timers ? { timers } : {}) }, work);
  } catch (error) {
    if (late && error === late) return instead;
    throw error;
  }
}
