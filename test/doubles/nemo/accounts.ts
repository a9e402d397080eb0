import { problems } from '../../../src/simulator/host/problem.ts';
import type { Issued } from '../../../src/simulator/host/token-quota.ts';
import type { DoubleSession, DoubleWorld } from './world.ts';

export interface Accounts {
  /** The trial tokens given out so far. */
  issued(): Issued[];
  /** A new token for a client, of the same user as its one before. */
  issue(clientId: string): { token: string; user: string };
  /** Whose token it is; undefined where it is none that is good. */
  userOf(token: string | undefined): string | undefined;
}

/** Whose tokens there are. `world.tokens` says which are good; tests put their own there, each a user of its own. */
export function keepAccounts(world: DoubleWorld, operatorToken: string): Accounts {
  const clients = new Map<string, { token: string; user: string; until: number }>();
  let count = 0;
  return {
    issued: () =>
      [...clients].map(([clientId, { token, until }]) => ({
        clientId,
        address: '',
        good: world.tokens.has(token) && until > Date.now(),
      })),
    issue(clientId) {
      const user = clients.get(clientId)?.user ?? `anon_abc${123 + clients.size}`;
      const token = `nmv_usr_anonymous_0123456789_${count}`;
      count += 1;
      const until = Date.parse(world.anonymousExpiresAt ?? '2099-01-01T00:00:00Z');
      clients.set(clientId, { token, user, until });
      world.tokens.add(token);
      return { token, user };
    },
    userOf(token) {
      if (token === undefined || !world.tokens.has(token)) return undefined;
      if (token === operatorToken) return 'user_1';
      const trial = [...clients.values()].find((client) => client.token === token);
      // Tokens that differ only behind a tilde are one user's, one after the other.
      return trial?.user ?? `user_of_${token.split('~')[0]}`;
    },
  };
}

/** A session that a test added belongs to everybody. */
export function sessionOf(world: DoubleWorld, user: string, id: string): DoubleSession {
  const session = world.sessions.get(id);
  if (session === undefined || (session.user ?? user) !== user) throw problems.noSession(id);
  return session;
}
