/**
 * Calls of the Web API that arrive: rate limits are waited out, Slack's own trouble is repeated, and
 * before anything that shows is repeated it is looked for. The client's own retries are off: they
 * would repeat a post blindly, and hold back every other call while one is limited.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { ChatError } from '../chat.ts';
import { judge } from './errors.ts';
import type { Workspaces } from './workspaces.ts';

/** One attempt. `token` has to be among the arguments of the call. */
export type Deed<T> = (client: webApi.WebClient, token: string) => Promise<T>;

export interface CallOptions<T> {
  readonly signal?: AbortSignal | undefined;
  /** Attempts in all; 8 by default. */
  readonly attempts?: number;
  /** Real milliseconds that it may spend waiting in all; ten minutes by default. */
  readonly patienceMs?: number;
  /** What the call has already done, asked when its answer was lost; undefined: nothing. */
  readonly find?: () => Promise<T | undefined>;
}

/** Rejects with `ChatError`, or with the signal's reason. */
export type WebCalls = <T>(
  workspace: string,
  deed: Deed<T>,
  options?: CallOptions<T>,
) => Promise<T>;

const ATTEMPTS = 8;
/** Real milliseconds. */
const PATIENCE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 200;
const FIRST_ATTEMPTS = 4;
const LONGEST_PAUSE_MS = 15_000;

export function createWebCalls(client: webApi.WebClient, workspaces: Workspaces): WebCalls {
  return async (
    workspace,
    deed,
    { signal, attempts = ATTEMPTS, patienceMs = PATIENCE_MS, find } = {},
  ) => {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      const { token } = await workspaces.of(workspace);
      try {
        return await deed(client, token);
      } catch (error) {
        const verdict = judge(error);
        if (verdict.type === 'refused') throw verdict.error;
        const pause = verdict.type === 'wait' ? verdict.ms : pauseAfter(attempt);
        waited += pause;
        if (attempt >= attempts || waited > patienceMs) {
          throw new ChatError('unreachable', 'Slack did not take the call', {
            cause: error,
            ...(verdict.type === 'wait' ? { retryAfterMs: verdict.ms } : {}),
          });
        }
        await pauseFor(pause, signal);
        const done = verdict.type === 'lost' ? await find?.() : undefined;
        if (done !== undefined) return done;
      }
    }
  };
}

async function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * For the first calls of all, which are made before anything else could wait for them: a moment of
 * trouble is sat out, a no is passed on as the SDK's own error.
 */
export async function insist<T>(deed: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deed();
    } catch (error) {
      if (attempt === FIRST_ATTEMPTS || judge(error).type === 'refused') throw error;
      await delay(pauseAfter(attempt));
    }
  }
}

/** Doubling, with a little noise so that many threads do not come back at the same moment. */
const pauseAfter = (attempt: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)) * (0.8 + 0.4 * Math.random());

/** The one client of the platform; every call names its token. */
export function createWebClient(
  apiUrl: string | undefined,
  logger: webApi.Logger,
): webApi.WebClient {
  return new webApi.WebClient(undefined, clientOptions(apiUrl, logger));
}

export const clientOptions = (
  apiUrl: string | undefined,
  logger: webApi.Logger,
): webApi.WebClientOptions => ({
  ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  logger,
  timeout: 30_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
});
