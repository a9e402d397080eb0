import { afterAll, beforeAll } from 'vitest';
import { type PostgresServer, startPostgres } from '../doubles/postgres.ts';
import { describeLedger } from './conformance.ts';
import { openPostgresStore } from './postgres-store.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describeLedger(
  'PostgreSQL',
  () => openPostgresStore(server),
  Number(process.env['MODEL_RUNS'] ?? 2),
);
