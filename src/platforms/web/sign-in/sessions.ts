/** Who is signed in. Kept in memory: a restart, or another password, signs everybody out. */
import { createHash, randomBytes } from 'node:crypto';

export interface Session {
  /** Aborted when the session ends, by signing out or by its age: what is open under it is closed. */
  readonly signal: AbortSignal;
  end(): void;
}

export interface Sessions {
  /** The token is for the browser alone. */
  begin(): string;
  find(token: string | undefined): Session | undefined;
  close(): void;
}

export const SESSION_MS = 7 * 86_400_000;
/** Only who knows the password can begin one; the oldest ends when there are too many. */
const MOST_SESSIONS = 200;
const TOKEN_BYTES = 32;

export function createSessions(lifeMs: number = SESSION_MS): Sessions {
  const sessions = new Map<string, Session>();
  return {
    begin() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const key = keyOf(token);
      const ending = new AbortController();
      const end = () => {
        clearTimeout(age);
        sessions.delete(key);
        ending.abort();
      };
      const age = setTimeout(end, lifeMs);
      // A session must not keep the process alive.
      age.unref();
      const [oldest] = sessions.values();
      if (sessions.size >= MOST_SESSIONS) oldest?.end();
      sessions.set(key, { signal: ending.signal, end });
      return token;
    },
    find: (token) => (token === undefined ? undefined : sessions.get(keyOf(token))),
    close() {
      for (const session of [...sessions.values()]) session.end();
    },
  };
}

/** Looked up by its hash: how long a look takes says nothing about a token. */
const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');
