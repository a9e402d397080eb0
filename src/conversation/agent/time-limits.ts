/**
 * How long a run is listened to: fifteen minutes in all (STREAM_MAX_MS), ten of heartbeats only (STREAM_SILENCE_MS), and
 * ninety seconds after a final text, where the stream stays open (STREAM_SETTLE_MS). In product time.
 */
import type { Clock } from '../../runtime/clock.ts';
import type { Waits } from '../../settings/settings.ts';

export interface TimeLimits {
  /** Aborted when one of them is reached. */
  readonly signal: AbortSignal;
  /** Something other than a heartbeat came. */
  meaningful(): void;
  /** Of the first two, the one that is reached by now. */
  reached(): 'too-long' | 'heartbeats-only' | undefined;
  /** Ends the watch; true when it had cut the stream off. */
  end(): Promise<boolean>;
}

/** `isSettled`: the last text was final, and nothing is being worked on. */
export function watchTimeLimits(clock: Clock, waits: Waits, isSettled: () => boolean): TimeLimits {
  const { streamMax, streamSilence, streamSettle } = waits;
  const cut = new AbortController();
  const startedAt = clock.now();
  let meaningfulAt = startedAt;

  async function watch(): Promise<void> {
    for (;;) {
      const quiet = clock.elapsed(meaningfulAt);
      const settles = isSettled() ? streamSettle - quiet : Number.POSITIVE_INFINITY;
      const left = Math.min(streamMax - clock.elapsed(startedAt), streamSilence - quiet, settles);
      if (left <= 0) return cut.abort();
      await clock.sleep(Math.min(left, streamSettle), cut.signal);
    }
  }
  const watching = watch().catch(() => undefined);

  return {
    signal: cut.signal,
    meaningful() {
      meaningfulAt = clock.now();
    },
    reached() {
      if (clock.elapsed(startedAt) >= streamMax) return 'too-long';
      return clock.elapsed(meaningfulAt) >= streamSilence ? 'heartbeats-only' : undefined;
    },
    async end() {
      const wasCut = cut.signal.aborted;
      cut.abort();
      await watching;
      return wasCut;
    },
  };
}
