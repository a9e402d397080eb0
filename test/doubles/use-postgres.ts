/** One PostgreSQL for the tests of a file. Where none can be run they are skipped, and the reason is told. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, postgresMissing, startPostgres } from './postgres.ts';

if (postgresMissing !== undefined)
  process.stderr.write(`\nSKIPPED, all that needs PostgreSQL: ${postgresMissing}\n`);

/** Started before the first test of the file and ended after the last. Call it at the top of the file. */
export function usePostgres(): PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    if (postgresMissing === undefined) server = await startPostgres();
  }, 120_000);
  afterAll(() => server?.close());
  const running = (): PostgresServer => {
    if (!server) throw new Error('PostgreSQL has not been started');
    return server;
  };
  return {
    get port() {
      return running().port;
    },
    freshDatabase: () => running().freshDatabase(),
    stop: () => running().stop(),
    crash: () => running().crash(),
    start: () => running().start(),
    close: () => running().close(),
  };
}

/** Tests that need one. */
export const describePostgres = (title: string, tests: () => void): void => {
  if (postgresMissing === undefined) describe(title, tests);
  else describe.skip(`${title} (SKIPPED: ${postgresMissing})`, tests);
};
