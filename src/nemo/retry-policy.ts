/**
 * What may be repeated inside one call, in one place: no layer below repeats anything, so that a person's
 * one wish never multiplies. Each cure is used once; only the tries of a failing connection are counted.
 */
import type { Clock } from '../runtime/clock.ts';
import { retry } from '../runtime/retry.ts';
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
const TRIES_OF_UNSENT = 2;
/** A new token, and a wait after a 429; each is used once. */
const CURES = 2;

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
  let token: string | undefined;

  /** The pause before the next try, or false. */
  function cure(error: unknown): number | false {
    // An account that has no token to give has had its own tries.
    if (token === undefined) return false;
    if (error instanceof AccessExpired && account.kind === 'anonymous' && !renewed) {
      renewed = true;
      account.rejected(token);
      return 0;
    }
    if (error instanceof RateLimited && !waited) {
      waited = true;
      return error.retryAfterMs ?? rateLimitWaitMs;
    }
    if (error instanceof Unreachable && failures + 1 < triesAfter(error, allowed)) {
      failures += 1;
      return BACKOFF_MS * 2 ** failures;
    }
    return false;
  }

  const tries = Math.max(allowed, TRIES_OF_UNSENT) + CURES;
  return retry({ tries, pauses: [], clock, signal, again: cure }, async () => {
    token = undefined;
    token = await account.token(signal);
    return send(token);
  });
}

/** What never left may be sent once more, whatever it is. */
function triesAfter({ neverSent }: Unreachable, allowed: number): number {
  return neverSent ? Math.max(allowed, TRIES_OF_UNSENT) : allowed;
}
