/**
 * Time as the product feels it. `TIME_SCALE` shortens every wait, so that fifteen minutes of
 * behaviour can be watched in seconds; nothing else in the code knows about the scale.
 */
export interface Clock {
  /** Epoch milliseconds of the real world; the only form in which a time is stored. */
  now(): number;
  /** Product milliseconds that have passed since a stored time; never negative. */
  elapsed(since: number): number;
  /** The time, in the form in which it is stored, that many product milliseconds from now. */
  in(ms: number): number;
  /** Waits product milliseconds. Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export function scaledClock(scale: number): Clock {
  return {
    now: () => Date.now(),
    elapsed: (since) => Math.max(0, (Date.now() - since) / scale),
    in: (ms) => Date.now() + Math.ceil(ms * scale),
    sleep: (ms, signal) => sleepOn(machineTimers).sleep(ms * scale, signal),
  };
}

/**
 * The machine's own time, for what is not product time: leases, gathering, pauses. A simulation
 * brings its own.
 */
export interface Timers {
  /** Epoch milliseconds, whole ones. */
  now(): number;
  /** Milliseconds of a clock that is never set. */
  monotonic(): number;
  /** Runs it once, so many milliseconds later; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
  /** Runs it once what has come in by now has been looked at. */
  soon(run: () => void): void;
}

export const machineTimers: Timers = {
  now: Date.now,
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  soon: (run) => void setImmediate(run),
};

export type Sleeper = Pick<Clock, 'sleep'>;

/** Waits in the timers' own milliseconds. */
export const sleepOn = (timers: Pick<Timers, 'after'>): Sleeper => ({
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const callOff = timers.after(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = () => {
        callOff();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
});
