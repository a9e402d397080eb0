/** One PostgreSQL for the tests of a file. Where none can be run they are skipped, and the reason is told. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, postgresMissing, startPostgres } from './postgres.ts';

/** Started before the first test of the file and ended after the last. Call it at the top of the file. */
export function usePostgres(): PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    if (postgresMissing === undefined) server = await startPostgres();
    else process.stderr.write(`\nSKIPPED, all that needs PostgreSQL: ${postgresMissing}\n`);
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
export const describePostgres = describe.skipIf(postgresMissing !== undefined);
