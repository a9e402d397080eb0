/** Whose token is used: one account serves the whole installation, but where somebody has connected one of their own. */
import { createHash } from 'node:crypto';
import { AccessExpired, type AccountUnusable, Unreachable } from './errors.ts';

export interface Account {
  readonly kind: 'operator' | 'anonymous' | 'connected';
  /** Equal for equal accounts; tells nothing of their tokens. */
  readonly id: string;
  /** A token that is good as far as we know. */
  token(signal: AbortSignal): Promise<string>;
  /** The backend turned this token away: it is not given out again where another can be had. */
  rejected(token: string): void;
  /**
   * Resolves when `token` has a token that was not turned away. Rejects with `AccessExpired` where only a
   * person can help.
   */
  renew(signal: AbortSignal): Promise<void>;
  /** The user id of an anonymous account, which a registration link carries over. */
  userId(): Promise<string | undefined>;
}

/**
 * The operator's own token. When it is refused an admin must renew it: a silent change to a trial
 * account would move everybody's projects and spend other credits.
 */
export function operatorAccount(token: string): Account {
  return {
    kind: 'operator',
    id: `operator:${digest(token)}`,
    token: async () => token,
    rejected: () => {},
    renew: async () => {
      throw new AccessExpired('account', 'the token of NEMO_TOKEN was refused');
    },
    userId: async () => undefined,
  };
}

const digest = (token: string): string =>
  createHash('sha256').update(token).digest('base64url').slice(0, 16);

export const ownAccountId = (token: string): string => `own:${digest(token)}`;

/** A token that somebody gave for themselves, or for their workspace. */
export function connectedAccount(token: string): Account {
  return {
    kind: 'connected',
    id: ownAccountId(token),
    token: async () => token,
    rejected: () => {},
    renew: async () => {
      throw new AccessExpired('account', 'the token of a connected account was refused');
    },
    userId: async () => undefined,
  };
}

/** Of which nothing can be asked: `why` is what every call is rejected with, before anything is sent. */
export function unusableAccount(id: string, why: AccountUnusable): Account {
  const refuse = async (): Promise<never> => {
    throw why;
  };
  return {
    kind: 'connected',
    id,
    token: refuse,
    rejected: () => {},
    renew: refuse,
    userId: refuse,
  };
}

/** Runs a piece of work once for all who ask while it is under way; each may stop waiting by itself. */
export function shareWork<T>(work: () => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let running: Promise<T> | undefined;
  return async (signal) => {
    signal.throwIfAborted();
    running ??= work().finally(() => {
      running = undefined;
    });
    const leave = Promise.withResolvers<never>();
    const onAbort = () => leave.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([running, leave.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
}

/** The store of the account failed before anything was sent. */
export function storeFailed(cause: unknown): Unreachable {
  return new Unreachable('account', 'the stored account can not be read or written', {
    cause,
    neverSent: true,
  });
}
