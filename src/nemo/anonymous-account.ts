/**
 * The trial account: one token per installation. The backend gives one per client id and ten per address in
 * seven days, so the client id is made once, stored before its first use and never changed; a new one
 * per failure would burn the quota of the whole address.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../runtime/clock.ts';
import { retry } from '../runtime/retry.ts';
import type { StateMap } from '../state/state.ts';
import { type Account, shareWork, storeFailed } from './account.ts';
import { textField } from './envelope.ts';
import { RateLimited, RequestRefused, Unreachable } from './errors.ts';
import { type Attribution, createHttp } from './http.ts';
import { ask } from './request-json.ts';

/** What is stored of the trial account; it holds a token, so the map must be a secret one. */
export const anonymousRecord = z.object({
  clientId: z.string().min(1).max(64),
  token: z.string().optional(),
  userId: z.string().optional(),
  /** Epoch milliseconds. */
  expiresAt: z.number().optional(),
});
export type AnonymousRecord = z.infer<typeof anonymousRecord>;

export interface AnonymousOptions {
  readonly apiUrl: string;
  readonly attribution: Attribution;
  readonly store: StateMap<AnonymousRecord>;
  readonly clock: Clock;
  /** Product milliseconds to wait after a 429 that does not say how long. */
  readonly rateLimitWaitMs: number;
  /** The operator's choice of client id; else one is made. */
  readonly clientId?: string | undefined;
  readonly log: (event: { level: 'info' | 'warn'; message: string }) => void;
}

const KEY = 'account';
const WEEK_MS = 7 * 24 * 3_600_000;
/** A token about to expire is replaced before it does, so that no run starts on its last second. */
const MARGIN_MS = 60_000;

export function anonymousAccount(options: AnonymousOptions): Account {
  const { store, clock, rateLimitWaitMs, log } = options;
  const http = createHttp(options);
  let current: AnonymousRecord | undefined;
  let refused: string | undefined;

  const usable = (
    record: AnonymousRecord | undefined,
    marginMs = MARGIN_MS,
  ): record is AnonymousRecord & { token: string } =>
    record?.token !== undefined &&
    record.token !== refused &&
    (record.expiresAt ?? Number.POSITIVE_INFINITY) - marginMs > clock.now();

  const load = async (): Promise<AnonymousRecord | undefined> => {
    current ??= await store.get(KEY).catch(rejectAsStore);
    // Another client id by the operator's will is another account.
    if (options.clientId !== undefined && current?.clientId !== options.clientId)
      current = undefined;
    return current;
  };

  const save = async (record: AnonymousRecord): Promise<void> => {
    await store.set(KEY, record).catch(rejectAsStore);
    current = record;
  };

  const acquire = shareWork(async (): Promise<string> => {
    const known = await load();
    if (usable(known)) return known.token;
    const clientId = options.clientId ?? known?.clientId ?? randomUUID();
    if (known === undefined) await save({ clientId });
    // A token a week, and a week is how long it lasts: in its last minute the backend may refuse the next one yet.
    return await requestToken(clientId, usable(known, 0) ? known.token : undefined);
  });

  /** `old` is still good, and is given where 429 says that it is too early for another. */
  async function requestToken(firstId: string, old: string | undefined): Promise<string> {
    const used = new Set<Cure>();
    let clientId: string | undefined = firstId;
    const again = (error: unknown): number | false => {
      const cure = cureFor(error);
      if (cure === undefined || used.has(cure)) return false;
      // An id of the operator's choice is not ours to change.
      if (cure === 'other-id' && options.clientId !== undefined) return false;
      used.add(cure);
      if (cure === 'other-id') clientId = undefined;
      return error instanceof RateLimited ? (error.retryAfterMs ?? rateLimitWaitMs) : 0;
    };
    // Without a signal: who stops waiting leaves the request to those who still do.
    return retry({ tries: CURES.length + 1, pauses: [], clock, again }, async () => {
      if (clientId === undefined) {
        const fresh = randomUUID();
        await save({ clientId: fresh });
        clientId = fresh;
      }
      return fetchToken(clientId).catch((error: unknown) => {
        if (old === undefined || !(error instanceof RateLimited)) throw error;
        return old;
      });
    });
  }

  async function fetchToken(clientId: string): Promise<string> {
    const opened = await ask(http, {
      endpoint: 'anonymous-token',
      method: 'POST',
      path: '/api/auth/anonymous-token',
      headers: { 'x-client-id': clientId },
      // Not the caller's signal: others may be waiting for the same token. The time limit of a call ends it.
      signal: new AbortController().signal,
    });
    const token = textField(opened, 'token');
    if (token === undefined) throw new Unreachable('anonymous-token', 'an answer without a token');
    const expiry = Date.parse(textField(opened, 'expires_at') ?? '');
    const userId = textField(opened, 'user_id');
    await save({
      clientId,
      token,
      expiresAt: Number.isNaN(expiry) ? clock.now() + WEEK_MS : expiry,
      ...(userId !== undefined && { userId }),
    });
    log({ level: 'info', message: 'a trial token was taken; it is worth about one clip' });
    return token;
  }

  return {
    kind: 'anonymous',
    token: async (signal) => (usable(current) ? current.token : await acquire(signal)),
    rejected: (token) => {
      if (current?.token === token) refused = token;
    },
    renew: async (signal) => {
      if (!usable(current)) await acquire(signal);
    },
    userId: async () => (await load())?.userId,
  };
}

const CURES = ['wait', 'other-id', 'connect-again'] as const;
type Cure = (typeof CURES)[number];

/** 429 wants patience; 400 is about the client id; a connection that never came about may be tried again. */
function cureFor(error: unknown): Cure | undefined {
  if (error instanceof RateLimited) return 'wait';
  if (error instanceof RequestRefused && error.status === 400) return 'other-id';
  return error instanceof Unreachable && error.neverSent ? 'connect-again' : undefined;
}

function rejectAsStore(cause: unknown): never {
  throw storeFailed(cause);
}
