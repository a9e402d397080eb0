/** The stores of the matrix: what a process is told of them, and who goes on after a crash. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type PostgresServer, postgresMissing, startPostgres } from '../../doubles/postgres.ts';
import type { Point } from './point.ts';

export interface OpenStore {
  /** With which every process finds it. */
  readonly env: Record<string, string>;
  /** Once all processes are up, and before anything is asked of them. */
  begin?(): Promise<void>;
  /** After a crash and before whoever goes on is started: what is different from then on. */
  afterCrash(): Record<string, string>;
  close(): Promise<void>;
}

export interface StoreKind {
  readonly name: string;
  /** What a process reads before its own modules, to be killed at its writes. */
  readonly hook: string;
  /** Processes that run from the beginning. Of one, another is started in its place; of more, the others take over. */
  readonly replicas: number;
  /** Whether those that are killed are started again. */
  readonly restarts: boolean;
  /** Is it a point of this store's matrix? */
  has(point: Point): boolean;
  open(folder: string): Promise<OpenStore>;
}

const hook = (store: string) => path.resolve(import.meta.dirname, `kill-at-${store}-writes.ts`);
const databaseIn = (folder: string) => path.join(folder, 'bot.db');
const urlOf = (file: string) => ({ DATABASE_URL: `sqlite:${file}` });

export const sqliteStore: StoreKind = {
  name: 'sqlite',
  hook: hook('sqlite'),
  replicas: 1,
  restarts: true,
  has: () => true,
  open: async (folder) => ({
    env: urlOf(databaseIn(folder)),
    afterCrash: () => ({}),
    close: async () => {},
  }),
};

/**
 * The machine goes down at a commit: what comes up is another one, on the file and its log as they lay on the disk.
 * Shared memory and locks are gone, and the log ends in a piece of what was just being written.
 */
export const powerCut: StoreKind = {
  name: 'power cut',
  hook: hook('sqlite'),
  replicas: 1,
  restarts: true,
  has: ({ kind, side }) => kind.startsWith('write ') && side === 'after',
  open: async (folder) => ({
    env: urlOf(databaseIn(folder)),
    afterCrash() {
      const other = path.join(folder, 'after');
      mkdirSync(other);
      for (const end of ['', '-wal']) {
        const from = databaseIn(folder) + end;
        if (existsSync(from)) copyFileSync(from, databaseIn(other) + end);
      }
      const log = `${databaseIn(other)}-wal`;
      if (existsSync(log)) appendFileSync(log, Buffer.alloc(1_234, 'torn'));
      return urlOf(databaseIn(other));
    },
    close: async () => {},
  }),
};

let server: Promise<PostgresServer> | undefined;

/**
 * pg-boss takes no heartbeat under ten seconds, of which a matrix of hundreds of stories has no use: the database itself
 * notes a shorter one on each job. The lease of the setting is shorter still, as it is with theirs.
 */
const HEARTBEAT_S = 4;
const LEASE_MS = '3000';
const HURRIED = `
  CREATE FUNCTION nemo_bot_jobs.hurried() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.heartbeat_seconds := ${HEARTBEAT_S}; RETURN NEW; END $$;
  CREATE TRIGGER hurried BEFORE INSERT ON nemo_bot_jobs.job
    FOR EACH ROW EXECUTE FUNCTION nemo_bot_jobs.hurried();
`;

/** Two processes from the beginning, on a database of the story's own: the other one goes on. */
export const postgresStore: StoreKind = {
  name: 'postgres',
  hook: hook('postgres'),
  replicas: 2,
  restarts: false,
  has: () => true,
  async open() {
    server ??= startPostgres();
    const url = await (await server).freshDatabase();
    return {
      env: { DATABASE_URL: url, LEASE_MS },
      async begin() {
        const client = new pg.Client(url);
        await client.connect();
        await client.query(HURRIED);
        await client.end();
      },
      afterCrash: () => ({}),
      close: async () => {},
    };
  },
};

export const STORES: readonly StoreKind[] = [
  sqliteStore,
  powerCut,
  ...(postgresMissing === undefined ? [postgresStore] : []),
];
