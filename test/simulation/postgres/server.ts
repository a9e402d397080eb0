/** One PostgreSQL per process, and a database for each world, copied from one that has its tables already. */
import pg from 'pg';
import { openPostgresLedger } from '../../../src/ledger/postgres/open-ledger.ts';
import type { Log } from '../../../src/runtime/log.ts';
import { openPostgresState } from '../../../src/state/postgres/open-state.ts';
import { type PostgresServer, startPostgres } from '../../doubles/postgres.ts';
import { EPOCH, LEASE_MS } from '../world.ts';
import { addressFor, TABLES } from './tables.ts';

/** Of two transactions that wait for one another the server ends one, before the world takes both for waiting. */
export const DEADLOCK_MS = 10;

const DAY_MS = 86_400_000;
const QUIET: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  always: () => {},
};

interface Running {
  readonly server: PostgresServer;
  readonly client: pg.Client;
  /** Its name. */
  readonly template: string;
  readonly url: string;
}

let running: Promise<Running> | undefined;
let count = 0;

async function start(): Promise<Running> {
  const server = await startPostgres({
    deadlock_timeout: `${DEADLOCK_MS}ms`,
    // Worlds are small, and gone before anything would be worth it.
    autovacuum: 'off',
    jit: 'off',
  });
  const url = await server.freshDatabase();
  await (await openPostgresState({ url, onLost: () => {} })).close();
  const ledger = await openPostgresLedger({ url, leaseMs: LEASE_MS, log: QUIET });
  await ledger.jobs.ready('slack');
  await ledger.close();
  const maker = new pg.Client(addressFor(url, 'nobody', 0, EPOCH - DAY_MS));
  await maker.connect();
  await maker.query(TABLES);
  // What pg-boss has dated is of the time in which the template was made.
  await maker.query(
    'UPDATE nemo_bot_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL, maintain_on = NULL',
  );
  await maker.end();
  const client = new pg.Client(atDatabase(url, 'postgres'));
  client.on('error', () => {});
  await client.connect();
  return { server, client, template: new URL(url).pathname.slice(1), url };
}

const atDatabase = (url: string, name: string): string => {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
};

export interface WorldDatabase {
  readonly url: string;
  /** Also of what is connected to it still. */
  remove(): Promise<void>;
}

export async function newDatabase(): Promise<WorldDatabase> {
  running ??= start();
  const { client, template, url } = await running;
  count += 1;
  const name = `world_${process.pid}_${count}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: atDatabase(url, name),
    remove: async () => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/** When no world will be lived any more. */
export async function stopServer(): Promise<void> {
  const ending = running;
  running = undefined;
  if (!ending) return;
  const { client, server } = await ending;
  await client.end();
  await server.close();
}
