/** Time that moves only when a test says so. */
import { machineTimers, type Timers } from '../../src/runtime/clock.ts';

export interface ManualTimers extends Timers {
  /** Moves the time, and runs what is due on the way, in order; what that sets off has had its say afterwards. */
  advance(ms: number): Promise<void>;
  /** Lets everything that is under way come to rest. */
  rest(): Promise<void>;
  /** Moves the time, as a process that stood still finds it: what is due has not run yet. */
  stall(ms: number): void;
  /** Milliseconds of everything that was asked for, in order. */
  readonly asked: readonly number[];
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** Waits up to `gatherMs` pass by themselves: writes that gather need nobody to move the time. */
export function manualTimers(gatherMs = 0, start = 1_700_000_000_000): ManualTimers {
  let now = start;
  let waiting: Due[] = [];
  const asked: number[] = [];
  let short = 0;

  async function rest(): Promise<void> {
    do {
      for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
    } while (short > 0);
  }

  return {
    asked,
    now: () => Math.floor(now),
    monotonic: () => now - start,
    soon: machineTimers.soon,
    after(ms, run) {
      asked.push(ms);
      if (ms <= gatherMs) {
        short += 1;
        return machineTimers.after(ms, () => {
          short -= 1;
          run();
        });
      }
      const due = { at: now + ms, run };
      waiting.push(due);
      return () => {
        waiting = waiting.filter((other) => other !== due);
      };
    },
    rest,
    stall(ms) {
      now += ms;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        waiting = waiting.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.run();
        await rest();
      }
      now = end;
      await rest();
    },
  };
}
