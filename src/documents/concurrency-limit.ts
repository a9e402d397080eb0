/** Lets a fixed number of tasks through at a time, first come, first served. */
import PQueue from 'p-queue';

export interface ConcurrencyLimit {
  /** Runs the task when there is room. Rejects with the signal's reason when aborted while waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function limitConcurrency(room: number): ConcurrencyLimit {
  const queue = new PQueue({ concurrency: room });
  return {
    async run(task, signal) {
      const waiting = new AbortController();
      const giveUp = () => waiting.abort(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener('abort', giveUp, { once: true });
      const begin = () => {
        // From here on the task ends itself: the queue would give its place away while it still holds it.
        signal.removeEventListener('abort', giveUp);
        return task();
      };
      return queue.add(begin, { signal: waiting.signal });
    },
  };
}
