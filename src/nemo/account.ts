/** Whose token is used. One account serves the whole installation. */
import { createHash } from 'node:crypto';
import { AccessExpired, Unreachable } from './errors.ts';

export interface Account {
  readonly kind: 'operator' | 'anonymous';
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
    id: `operator:${createHash('sha256').update(token).digest('base64url').slice(0, 16)}`,
    token: async () => token,
    rejected: () => {},
    renew: async () => {
      throw new AccessExpired('account', 'the token of NEMO_TOKEN was refused');
    },
    userId: async () => undefined,
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
