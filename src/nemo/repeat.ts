/**
 * What may be repeated inside one call, in one place: no layer below repeats anything, so that a person's
 * one wish never multiplies. Each cure is used once; only the tries of a failing connection are counted.
 */
import type { Clock } from '../clock.ts';
import type { Account } from './account.ts';
import { AccessExpired, RateLimited, Unreachable } from './errors.ts';

export interface Repeat {
  readonly account: Account;
  readonly clock: Clock;
  readonly rateLimitWaitMs: number;
}

/**
 * How often a call may be sent while the backend fails or is silent: reading changes nothing; a lost create
 * leaves an empty project behind, a lost upload a second copy; a claim link is not worth a second try.
 */
export const tries = { read: 3, create: 2, upload: 2, once: 1 } as const;

const BACKOFF_MS = 500;

/** `send` gets the token to use and makes one request. */
export async function repeating<T>(
  { account, clock, rateLimitWaitMs }: Repeat,
  allowed: number,
  signal: AbortSignal,
  send: (token: string) => Promise<T>,
): Promise<T> {
  let failures = 0;
  let renewed = false;
  let waited = false;
  for (;;) {
    const token = await account.token(signal);
    try {
      return await send(token);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AccessExpired && account.kind === 'anonymous' && !renewed) {
        renewed = true;
        account.rejected(token);
      } else if (error instanceof RateLimited && !waited) {
        waited = true;
        await clock.sleep(error.retryAfterMs ?? rateLimitWaitMs, signal);
      } else if (error instanceof Unreachable && failures + 1 < triesAfter(error, allowed)) {
        failures += 1;
        await clock.sleep(BACKOFF_MS * 2 ** failures, signal);
      } else {
        throw error;
      }
    }
  }
}

/** What never left may be sent once more, whatever it is. */
function triesAfter({ neverSent }: Unreachable, allowed: number): number {
  return neverSent ? Math.max(allowed, 2) : allowed;
}
