/** Work that comes round again, and work at a moment, on timers that are given. */
import type { Timers } from '../runtime/clock.ts';

/** Again and again, each time so long after the last one was over; the returned function calls it off. */
export function every(
  timers: Pick<Timers, 'after'>,
  ms: number,
  work: () => Promise<void>,
): () => void {
  let over = false;
  let callOff = timers.after(ms, round);
  function round(): void {
    void work().then(() => {
      if (!over) callOff = timers.after(ms, round);
    });
  }
  return () => {
    over = true;
    callOff();
  };
}

export interface Alarm {
  /** Epoch milliseconds. Of several moments the earliest counts; the others are left to whoever comes round. */
  set(at: number): void;
  callOff(): void;
}

export function createAlarm(timers: Pick<Timers, 'after' | 'now'>, ring: () => void): Alarm {
  let next: { readonly at: number; readonly callOff: () => void } | undefined;
  return {
    set(at) {
      if (next && next.at <= at) return;
      next?.callOff();
      const callOff = timers.after(Math.max(0, at - timers.now()), () => {
        next = undefined;
        ring();
      });
      next = { at, callOff };
    },
    callOff: () => next?.callOff(),
  };
}
