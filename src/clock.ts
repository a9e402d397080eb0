/**
 * Time as the product feels it. `TIME_SCALE` shortens every wait, so that fifteen minutes of
 * behaviour can be watched in seconds; nothing else in the code knows about the scale.
 */
export interface Clock {
  /** Epoch milliseconds of the real world; the only form in which a time is stored. */
  now(): number;
  /** Product milliseconds that have passed since a stored time; never negative. */
  elapsed(since: number): number;
  /** Waits product milliseconds. Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export function scaledClock(scale: number): Clock {
  return {
    now: () => Date.now(),
    elapsed: (since) => Math.max(0, (Date.now() - since) / scale),
    sleep: (ms, signal) => wait(ms * scale, signal),
  };
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
