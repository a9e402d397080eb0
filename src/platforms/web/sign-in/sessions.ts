/** Who is signed in. Kept in memory: a restart, or another password, signs everybody out. */
import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface SignInSession {
  /** Aborted when the session ends, by signing out or by its age: what is open under it is closed. */
  readonly signal: AbortSignal;
  end(): void;
}

export interface Sessions {
  /** The token is for the browser alone. */
  begin(): string;
  find(token: string | undefined): SignInSession | undefined;
  close(): void;
}

export const SESSION_MS = 7 * 86_400_000;
/** Only who knows the password can begin one; the oldest ends when there are too many. */
const MOST_SESSIONS = 200;
const TOKEN_BYTES = 32;

export function createSessions(lifeMs: number = SESSION_MS): Sessions {
  const sessions = new LRUCache<string, AbortController>({
    max: MOST_SESSIONS,
    ttl: lifeMs,
    // Also of one that nobody looks for any more: the stream of changes under it ends at once.
    ttlAutopurge: true,
    dispose: (ending) => ending.abort(),
  });
  return {
    begin() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      sessions.set(keyOf(token), new AbortController());
      return token;
    },
    find(token) {
      if (token === undefined) return undefined;
      const key = keyOf(token);
      // Being used makes none younger.
      const ending = sessions.peek(key);
      return ending && { signal: ending.signal, end: () => void sessions.delete(key) };
    },
    close: () => sessions.clear(),
  };
}

/** Looked up by its hash: how long a look takes says nothing about a token. */
const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');
