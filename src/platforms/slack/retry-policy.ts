/** How Slack is tried again: the pauses of every call, and the first calls of all, before there are any others. */
import { machineTimers, sleepOn } from '../../runtime/clock.ts';
import { retry } from '../../runtime/retry.ts';
import { judge } from './errors.ts';

/** Real milliseconds. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;
const FIRST_ATTEMPTS = 4;

/** Doubling, with a little noise so that many threads do not come back at the same moment. */
export const backoff = (failed: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1)) * (0.8 + 0.4 * Math.random());

/**
 * For the first calls of all, which are made before anything else could wait for them: a moment of
 * trouble is sat out, a no is passed on as the SDK's own error.
 */
export const retryFirstCalls = <T>(deed: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
  retry(
    {
      tries: FIRST_ATTEMPTS,
      pauses: backoff,
      clock: sleepOn(machineTimers),
      signal,
      again: (error) => judge(error).type !== 'refused',
    },
    deed,
  );
