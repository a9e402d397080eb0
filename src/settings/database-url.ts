/** DATABASE_URL: which store, and where. */
import path from 'node:path';
import { z } from 'zod';
import type { DatabasePlace } from '../runtime/database-place.ts';
import { text } from './fields.ts';

export const DATABASE_DEFAULT = 'sqlite:data/nemo-bot.db';
/** Where there is no file of a database that it would lie beside. */
const DATA_FOLDER = 'data';

const FORMS = 'must be like sqlite:data/nemo-bot.db or postgres://user:password@host:5432/name';

/** No sentence quotes the value: a password is in it. */
export const databaseUrl = text.transform((value, context): DatabasePlace => {
  const file = /^sqlite:(.+)/.exec(value)?.[1];
  if (file !== undefined) return { kind: 'sqlite', path: path.resolve(file) };
  const problem = problemOf(value);
  if (problem === undefined) return { kind: 'postgres', url: value };
  context.addIssue(problem);
  return z.NEVER;
});

function problemOf(value: string): string | undefined {
  if (!/^postgres(?:ql)?:/.test(value)) return FORMS;
  if (!/^postgres(?:ql)?:\/\//.test(value) || !URL.canParse(value) || value.includes('#'))
    return `${FORMS}; in the password / is written as %2F, @ as %40, # as %23 and % as %25`;
  const { hostname, pathname, searchParams } = new URL(value);
  if (hostname === '' && !searchParams.has('host')) return `${FORMS}; it names no host`;
  if (!/^\/[^/]+$/.test(pathname)) return `${FORMS}; it names no database`;
  return undefined;
}

/** What the log must not show of it. */
export function secretsIn(database: DatabasePlace): string[] {
  if (database.kind === 'sqlite') return [];
  const { username, password, searchParams } = new URL(database.url);
  const passwords = [password, searchParams.get('password') ?? ''].filter(Boolean);
  // Beside its user it is known also where it is too short to be looked for alone.
  return passwords.flatMap((each) => [each, decoded(each), `${username}:${each}@`]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** For files that wait to be sent, and for a platform that keeps a store of its own, whatever the bot's database is. */
export const dataFolderOf = (database: DatabasePlace): string =>
  database.kind === 'sqlite' ? path.dirname(database.path) : path.resolve(DATA_FOLDER);
