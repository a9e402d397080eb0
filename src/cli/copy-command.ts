/** What `backup` and `restore` have in common: one file that is named, and the SQLite file of the settings. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseUnusable } from '../runtime/database-unusable.ts';
import { MoveFailed } from '../runtime/move/move.ts';
import { DATABASE_DEFAULT, databaseUrl } from '../settings/database-url.ts';
import { givenIn, loadDotEnv } from '../settings/environment.ts';

/** `forPostgres`: what does it there. The work gives what to say of it. */
export async function copyCommand(
  option: 'from' | 'to',
  forPostgres: string,
  work: (database: string, file: string) => Promise<string>,
): Promise<void> {
  loadDotEnv();
  const database = databaseUrl.safeParse(givenIn(process.env)['DATABASE_URL'] ?? DATABASE_DEFAULT);
  const file = fileIn(option);
  if (file === undefined) return fail(`--${option} FILE has to be given, and nothing else.`);
  if (!database.success) return fail('DATABASE_URL is not well-formed; see "npm run doctor".');
  if (database.data.kind === 'postgres')
    return fail(`The database is a PostgreSQL; use its own tools:\n${forPostgres}`);
  try {
    process.stdout.write(`${await work(database.data.path, path.resolve(file))}\n`);
  } catch (error) {
    if (!(error instanceof DatabaseUnusable || error instanceof MoveFailed)) throw error;
    fail(error.message);
  }
}

function fail(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}

function fileIn(option: string): string | undefined {
  try {
    const { values } = parseArgs({ options: { [option]: { type: 'string' } } });
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
