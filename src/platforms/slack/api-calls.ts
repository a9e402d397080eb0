/**
 * Calls of the Web API that arrive: rate limits are waited out, Slack's own trouble is repeated, and
 * before anything that shows is repeated it is looked for. The client's own retries are off: they
 * would repeat a post blindly, and hold back every other call while one is limited.
 */
import { webApi } from '@slack/bolt';
import { machineTimers, sleepOn, type Timers } from '../../runtime/clock.ts';
import type { OnPlatformCall } from '../../runtime/metrics.ts';
import { retry } from '../../runtime/retry.ts';
import { ChatError } from '../chat.ts';
import { isTokenRefused, judge, type RetryVerdict } from './errors.ts';
import { backoff } from './retry-policy.ts';
import { fetchTellingOf } from './web-fetch.ts';
import type { Workspaces } from './workspaces.ts';

/** One attempt. `token` has to be among the arguments of the call. */
export type ApiCall<T> = (client: webApi.WebClient, token: string) => Promise<T>;

export interface CallOptions<T> {
  readonly signal?: AbortSignal | undefined;
  /** Attempts in all; 8 by default. */
  readonly attempts?: number;
  /** Real milliseconds that it may spend waiting in all; ten minutes by default. */
  readonly patienceMs?: number;
  /** Asked before every further attempt. */
  readonly confirm?: (() => Promise<void>) | undefined;
  /** What the call has already done, asked when its answer was lost; undefined: nothing. */
  readonly find?: () => Promise<T | undefined>;
}

/** Rejects with `ChatError`, or with the signal's reason. */
export type WebCalls = <T>(
  workspace: string,
  deed: ApiCall<T>,
  options?: CallOptions<T>,
) => Promise<T>;

const ATTEMPTS = 8;
/** Real milliseconds. */
const PATIENCE_MS = 10 * 60_000;

/** An attempt that failed, judged where it was made. */
class Failed extends Error {
  override name = 'Failed';
  readonly verdict: RetryVerdict;
  constructor(verdict: RetryVerdict, cause: unknown) {
    super('the attempt failed', { cause });
    this.verdict = verdict;
  }
}

export function createWebCalls(
  client: webApi.WebClient,
  workspaces: Workspaces,
  timers: Timers = machineTimers,
): WebCalls {
  const clock = sleepOn(timers);

  async function attempt<T>(workspace: string, deed: ApiCall<T>): Promise<T> {
    const { token } = await workspaces.of(workspace);
    try {
      return await deed(client, token);
    } catch (error) {
      const verdict = judge(error);
      const isOld = verdict.type === 'refused' && isTokenRefused(verdict.error);
      if (!isOld || !(await workspaces.replaced(workspace, token)))
        throw new Failed(verdict, error);
    }
    const { token: next } = await workspaces.of(workspace);
    try {
      return await deed(client, next);
    } catch (error) {
      throw new Failed(judge(error), error);
    }
  }

  return async (
    workspace,
    deed,
    { signal, confirm, attempts = ATTEMPTS, patienceMs = PATIENCE_MS, find } = {},
  ) => {
    let lost = false;
    const again = (error: unknown): boolean | number => {
      if (!(error instanceof Failed)) return false;
      const { verdict } = error;
      lost = verdict.type === 'lost';
      return verdict.type === 'wait' ? verdict.ms : lost;
    };
    const policy = { tries: attempts, pauses: backoff, clock, signal, confirm, patienceMs, again };
    try {
      return await retry(policy, async () => {
        const done = lost ? await find?.() : undefined;
        return done === undefined ? attempt(workspace, deed) : done;
      });
    } catch (error) {
      throw error instanceof Failed ? toldBy(error) : error;
    }
  };
}

function toldBy({ verdict, cause }: Failed): ChatError {
  if (verdict.type === 'refused') return verdict.error;
  return new ChatError('unreachable', 'Slack did not take the call', {
    cause,
    ...(verdict.type === 'wait' ? { retryAfterMs: verdict.ms } : {}),
  });
}

/** The one client of the platform; every call names its token. */
export function createWebClient(
  apiUrl: string | undefined,
  logger: webApi.Logger,
  onCall?: OnPlatformCall,
): webApi.WebClient {
  return new webApi.WebClient(undefined, clientOptions(apiUrl, logger, onCall));
}

export const clientOptions = (
  apiUrl: string | undefined,
  logger: webApi.Logger,
  onCall?: OnPlatformCall,
): webApi.WebClientOptions => ({
  ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  logger,
  fetch: fetchTellingOf(onCall),
  timeout: 30_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
});
