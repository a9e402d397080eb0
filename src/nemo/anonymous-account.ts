/**
 * The trial account: one token per installation, however many processes share its store. The backend gives one per
 * client id and ten per address in seven days, so the client id is made once, stored before its first use and never
 * changed; a new one per failure would burn the quota of the whole address. One process asks for the token, under a
 * mark in the store; the others wait and read it.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../runtime/clock.ts';
import { retry } from '../runtime/retry.ts';
import type { StateMap } from '../state/state.ts';
import { type Account, shareWork, storeFailed } from './account.ts';
import { type TrialToken, tokenFrom } from './anonymous-token.ts';
import { RateLimited, RequestRefused, Unreachable } from './errors.ts';
import { type Attribution, createHttp } from './http.ts';

/** What is stored of the trial account; it holds a token, so the map must be a secret one. */
export const anonymousRecord = z.object({
  clientId: z.string().min(1).max(64),
  token: z.string().optional(),
  userId: z.string().optional(),
  /** Epoch milliseconds. */
  expiresAt: z.number().optional(),
  /** Who asks for a token, and until when nobody else does, epoch milliseconds. */
  asking: z.object({ by: z.string(), until: z.number() }).optional(),
});
export type AnonymousRecord = z.infer<typeof anonymousRecord>;

export interface AnonymousOptions {
  readonly apiUrl: string;
  readonly attribution: Attribution;
  readonly store: StateMap<AnonymousRecord>;
  readonly clock: Clock;
  /** Product milliseconds to wait after a 429 that does not say how long. */
  readonly rateLimitWaitMs: number;
  /** Real milliseconds that the request for a token may take; 60,000 by default. */
  readonly requestTimeoutMs?: number | undefined;
  /** The operator's choice of client id; else one is made. */
  readonly clientId?: string | undefined;
  readonly log: (event: { level: 'info' | 'warn'; message: string }) => void;
}

type Marked = AnonymousRecord & { readonly asking: NonNullable<AnonymousRecord['asking']> };

const KEY = 'account';
/** A token about to expire is replaced before it does, so that no run starts on its last second. */
const MARGIN_MS = 60_000;
/** Product milliseconds for whoever asks, beside the request: a mark that nobody takes away ends after that. */
const ASKING_MS = 5_000;
/** Product milliseconds between looks for the token that another process asks for. */
const LOOK_MS = 500;

/** Our mark stands in the store. */
interface Asking {
  readonly record: Marked;
  /** Who asked before has ended without a word: what it was given, if anything, nobody knows. */
  readonly tookOver: boolean;
}

export function anonymousAccount(options: AnonymousOptions): Account {
  const { clock, rateLimitWaitMs, requestTimeoutMs = 60_000, log } = options;
  const http = createHttp({ ...options, requestTimeoutMs });
  const store = {
    get: () => options.store.get(KEY).catch(rejectAsStore),
    swap: (was: AnonymousRecord | undefined, next: AnonymousRecord) =>
      options.store.swap(KEY, was, next).catch(rejectAsStore),
  };
  /** As it was read last. Another process may have a newer token: a refusal makes us look. */
  let current: AnonymousRecord | undefined;
  let refused: string | undefined;

  const usable = (
    record: AnonymousRecord | undefined,
    marginMs = MARGIN_MS,
  ): record is AnonymousRecord & { token: string } =>
    record?.token !== undefined &&
    record.token !== refused &&
    // Another client id by the operator's will is another account.
    (options.clientId ?? record.clientId) === record.clientId &&
    (record.expiresAt ?? Number.POSITIVE_INFINITY) - marginMs > clock.now();

  const acquire = shareWork(async (): Promise<string> => {
    for (;;) {
      const stored = await store.get();
      if (usable(stored)) return take(stored);
      const asking = await beginAsking(stored);
      const token = asking ? await ask(asking) : undefined;
      if (token !== undefined) return token;
      // A token a week, and a week is how long it lasts: in its last minute it is good yet.
      if (!asking && usable(stored, 0)) return stored.token;
      await clock.sleep(LOOK_MS);
    }
  });

  function take(record: AnonymousRecord & { token: string }): string {
    current = record;
    return record.token;
  }

  const untilWhen = () => clock.in(ASKING_MS) + requestTimeoutMs;

  /** Undefined: another process is at it. */
  async function beginAsking(stored: AnonymousRecord | undefined): Promise<Asking | undefined> {
    const { clientId = stored?.clientId ?? randomUUID() } = options;
    const { asking, ...known } = stored?.clientId === clientId ? stored : { clientId };
    // One that would last longer than any is from a clock that was wrong.
    if (asking && asking.until > clock.now() && asking.until <= untilWhen()) return undefined;
    const record = { ...known, asking: { by: randomUUID(), until: untilWhen() } };
    return (await store.swap(stored, record))
      ? { record, tookOver: asking !== undefined }
      : undefined;
  }

  /** Undefined: meanwhile another process took over. */
  async function ask({ record, tookOver }: Asking): Promise<string | undefined> {
    const used = new Set<Cure>();
    let mine = record;
    let clientId = record.clientId;
    const again = (error: unknown): number | false => {
      const cure = cureFor(error, tookOver && used.has('wait'));
      if (cure === undefined || used.has(cure)) return false;
      // An id of the operator's choice is not ours to change.
      if (cure === 'other-id' && options.clientId !== undefined) return false;
      used.add(cure);
      if (cure === 'other-id') clientId = randomUUID();
      return cure === 'wait' && error instanceof RateLimited
        ? (error.retryAfterMs ?? rateLimitWaitMs)
        : 0;
    };
    /** Before each further try: still ours to ask, and the id on record that is asked with. */
    const confirm = async (): Promise<void> => {
      const left = clientId === mine.clientId ? mine : { clientId };
      const next = { ...left, asking: { ...mine.asking, until: untilWhen() } };
      if (!(await store.swap(mine, next))) throw new TakenOver();
      mine = next;
    };
    try {
      // Without a signal: who stops waiting leaves the request to those who still do.
      return await retry(
        { tries: CURES.length + 1, pauses: [], clock, again, confirm },
        async () => {
          try {
            return await keep(mine, await tokenFrom(http, clientId, clock.now()));
          } catch (error) {
            const other = error instanceof RateLimited ? await othersToken(mine) : undefined;
            if (other === undefined) throw error;
            return other;
          }
        },
      );
    } catch (error) {
      if (error instanceof TakenOver) return undefined;
      const { asking: _over, ...left } = mine;
      // Where this fails, too, the mark ends by itself; what went wrong first is what is told.
      await store.swap(mine, left).catch(() => false);
      throw error;
    }
  }

  /** Too early for another: there is one that is good, from a process that left no mark, or our own in its last minute. */
  async function othersToken(mine: Marked): Promise<string | undefined> {
    const stored = await store.get();
    if (usable(stored) && stored.token !== mine.token) return take(stored);
    if (!usable(stored, 0)) return undefined;
    const { asking, ...left } = stored;
    if (asking?.by === mine.asking.by) await store.swap(stored, left);
    return stored.token;
  }

  /** A token that is on record already is not written over: sessions may have been begun with it. */
  async function keep(mine: Marked, token: TrialToken): Promise<string> {
    let was: AnonymousRecord | undefined = mine;
    while (!(await store.swap(was, token))) {
      was = await store.get();
      if (usable(was)) return take(was);
    }
    log({ level: 'info', message: 'a trial token was taken; it is worth about one clip' });
    return take(token);
  }

  return {
    kind: 'anonymous',
    id: 'trial',
    token: async (signal) => (usable(current) ? current.token : await acquire(signal)),
    rejected: (token) => {
      if (current?.token === token) refused = token;
    },
    renew: async (signal) => {
      if (!usable(current)) await acquire(signal);
    },
    userId: async () => (await store.get())?.userId,
  };
}

class TakenOver extends Error {
  override name = 'TakenOver';
}

const CURES = ['wait', 'other-id', 'connect-again'] as const;
type Cure = (typeof CURES)[number];

/**
 * 429 wants patience; 400 is about the client id; a connection that never came about may be tried again. Where the token
 * of the week went to a process that ended before it could store it, only another id gives one.
 */
function cureFor(error: unknown, isLost: boolean): Cure | undefined {
  if (error instanceof RateLimited) return isLost ? 'other-id' : 'wait';
  if (error instanceof RequestRefused && error.status === 400) return 'other-id';
  return error instanceof Unreachable && error.neverSent ? 'connect-again' : undefined;
}

function rejectAsStore(cause: unknown): never {
  throw storeFailed(cause);
}
