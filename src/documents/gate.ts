/** Lets a fixed number of tasks through at a time, first come, first served. */

export interface Gate {
  /** Runs the task when there is room. Rejects with the signal's reason when aborted while waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createGate(room: number): Gate {
  let inside = 0;
  const waiting = new Set<() => void>();

  const enter = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (inside < room) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(admit);
        reject(signal.reason);
      };
      waiting.add(admit);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  };

  /** The place goes straight to the next in line, so that nobody can slip in between. */
  const leave = () => {
    const [next] = waiting;
    if (!next) {
      inside -= 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return {
    async run(task, signal) {
      await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
