/** How late this process comes to what is due. Read and begun anew at each reading. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks: coarse, so that an idle process stays one. */
const RESOLUTION_MS = 100;
const NANOSECONDS = 1e9;

export interface EventLoopDelay {
  /** Seconds, by percentile. */
  read(): ReadonlyMap<string, number>;
  close(): void;
}

export function watchEventLoop(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  // What is recorded is the time between two looks, the pause that was asked for included.
  const late = (nanoseconds: number) =>
    Math.max(
      0,
      (Number.isFinite(nanoseconds) ? nanoseconds : 0) / NANOSECONDS - RESOLUTION_MS / 1000,
    );
  return {
    read() {
      const seen = new Map([
        ['p50', late(histogram.percentile(50))],
        ['p99', late(histogram.percentile(99))],
        ['max', late(histogram.count === 0 ? 0 : histogram.max)],
      ]);
      histogram.reset();
      return seen;
    },
    close: () => void histogram.disable(),
  };
}
