/**
 * Calls to Discord's REST API. The toolkit keeps the rate limits; this adds what it lacks: pauses
 * between tries (its own retries follow at once), and time limits that fit the kind of call.
 */
import {
  DiscordAPIError,
  type RateLimitData,
  REST,
  type RESTOptions,
  type RequestMethod,
} from 'discord.js';
import type { Clock } from '../../runtime/clock.ts';
import { type RetryPolicy, retry } from '../../runtime/retry.ts';
import { ChatError } from '../chat.ts';
import { isPassing } from './errors.ts';
import type { Transport } from './transport.ts';

export interface Call {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** Built anew for every try: a stream can be read once only. */
  readonly form?: () => FormData;
  readonly signal?: AbortSignal | undefined;
  /** Asked before every further try; not before those that the toolkit itself holds back for a limit. */
  readonly confirm?: (() => Promise<void>) | undefined;
  /** How often and how long: `reply` has three seconds in all, `glance` has one try and no patience. */
  readonly kind?: Kind;
  /** A try got no answer, and another follows: the call may have had its effect. */
  readonly onLost?: () => void;
}

export type Kind = 'usual' | 'upload' | 'reply' | 'glance';

/** Rejects with discord.js' `DiscordAPIError` (a refusal), or with what kept the answer away. */
export type Api = <M extends `${RequestMethod}`>(
  method: M,
  route: `/${string}`,
  call?: Call,
) => Promise<unknown>;

export interface ApiOptions {
  readonly token: string;
  /** Base without the version, as discord.js takes it. */
  readonly url: string | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  /** The token was refused: nothing will work any more. */
  readonly onUnauthorized: () => void;
}

/** Product milliseconds before each further try. */
const PAUSES: Record<Kind, readonly number[]> = {
  usual: [300, 1_000, 3_000, 8_000, 20_000],
  upload: [1_000, 5_000],
  reply: [200, 500],
  glance: [],
};

/** Real milliseconds for one try. */
const TRY_MS: Record<Kind, number> = {
  usual: 20_000,
  upload: 300_000,
  reply: 2_000,
  glance: 5_000,
};

/** Real milliseconds that a `glance` waits for its turn. */
const SHORT_WAIT_MS = 2_000;

/**
 * The toolkit waits out every rate limit, however long, and sends again as often as it takes. A wait that
 * it foresees is named twice by the same figure; after a 429 the two differ by the margin it adds.
 */
const isTooLong = ({ timeToReset, retryAfter }: RateLimitData): boolean =>
  timeToReset !== retryAfter || retryAfter > SHORT_WAIT_MS;

export interface OpenApi {
  readonly call: Api;
  close(): void;
}

export function openApi(options: ApiOptions): OpenApi {
  const rests = new Map<number, REST>();
  let refused = false;
  const restFor = (kind: Kind): REST => {
    const timeout = TRY_MS[kind];
    const known = rests.get(timeout);
    if (known) return known;
    const rest = new REST({
      ...restOptions(options.url, timeout, options.transport),
      ...(kind === 'glance' ? { rejectOnRateLimit: isTooLong } : {}),
      // Answers to interactions do not count towards the limit of calls per second.
      ...(kind === 'reply' ? { globalRequestsPerSecond: Number.POSITIVE_INFINITY } : {}),
    });
    rests.set(timeout, rest.setToken(options.token));
    return rest;
  };

  const call: Api = async (
    method,
    route,
    { body, query, form, signal, confirm, onLost, kind = 'usual' } = {},
  ) => {
    if (refused) throw new ChatError('unreachable', 'Discord refused the token');
    const pauses = PAUSES[kind];
    const policy: RetryPolicy = {
      tries: pauses.length + 1,
      pauses,
      clock: options.clock,
      signal,
      confirm,
      again: isPassing,
      onPause: () => onLost?.(),
    };
    try {
      return await retry(policy, () =>
        restFor(kind).request({
          method: method as RequestMethod,
          fullRoute: route,
          auth: !isInteraction(route),
          ...(form ? { body: form(), passThroughBody: true } : { body }),
          ...(query ? { query: new URLSearchParams(query) } : {}),
          ...(signal ? { signal } : {}),
        }),
      );
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401 && !isInteraction(route)) {
        refused = true;
        options.onUnauthorized();
      }
      throw error;
    }
  };

  return {
    call,
    close() {
      for (const rest of rests.values()) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
  };
}

/** These carry a token of their own in the address, and their 401 is about that one alone. */
const isInteraction = (route: string): boolean => /^\/(?:interactions|webhooks)\//.test(route);

/** Options of every REST that discord.js makes; `timeout` in real milliseconds. */
export function restOptions(
  url: string | undefined,
  timeout: number,
  { makeRequest }: Transport,
): Partial<RESTOptions> {
  return {
    ...(url ? { api: url } : {}),
    timeout,
    retries: 0,
    // A queue is kept for every channel ever spoken in; finished threads are let go soon.
    handlerSweepInterval: 10_000,
    makeRequest,
  };
}
