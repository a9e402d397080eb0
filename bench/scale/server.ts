/** The PostgreSQL of a run, and what it says of its work: pg_stat_statements, sizes, sessions. */
import pg from 'pg';
import { z } from 'zod';
import { type PostgresServer, startPostgres } from '../../test/doubles/postgres.ts';

/** As an operator would run it, but for the memory; the sizes of a laptop. */
const SETTINGS = {
  shared_buffers: '256MB',
  full_page_writes: 'on',
  wal_level: 'replica',
  max_wal_size: '2GB',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '5000',
};

const workShape = z.object({
  statements: z.coerce.number(),
  ms: z.coerce.number(),
  walBytes: z.coerce.number(),
});
export type Work = z.infer<typeof workShape>;

const statementShape = z.object({
  query: z.string(),
  calls: z.coerce.number(),
  ms: z.coerce.number(),
});
const sizeShape = z.object({ name: z.string(), bytes: z.coerce.number() });
const sessionShape = z.object({ application: z.string(), count: z.coerce.number() });

export interface Measured {
  readonly url: string;
  /** Counts from here. */
  reset(): Promise<void>;
  work(): Promise<Work>;
  /** The statements that are asked most often, or that cost most. */
  top(by: 'calls' | 'ms', most: number): Promise<z.infer<typeof statementShape>[]>;
  /** With their indexes. */
  sizes(): Promise<Map<string, number>>;
  sessions(): Promise<z.infer<typeof sessionShape>[]>;
  close(): Promise<void>;
}

export interface BenchServer {
  /** A new, empty database; what is asked about it is asked from another one, and does not count. */
  database(): Promise<Measured>;
  close(): Promise<void>;
}

export async function startServer(fsync: 'on' | 'off'): Promise<BenchServer> {
  const server: PostgresServer = await startPostgres({ ...SETTINGS, fsync });
  return {
    async database() {
      const url = await server.freshDatabase();
      const admin = new URL(url);
      const name = admin.pathname.slice(1);
      admin.pathname = '/postgres';
      const asking = new pg.Client(admin.href);
      await asking.connect();
      await asking.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      const ofIt = `FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid WHERE d.datname = $1`;
      const inside = new pg.Client({ connectionString: url, application_name: 'bench' });
      await inside.connect();
      return {
        url,
        reset: async () => void (await asking.query('SELECT pg_stat_statements_reset()')),
        async work() {
          const { rows } = await asking.query(
            `SELECT coalesce(sum(calls), 0) AS statements, coalesce(sum(total_exec_time), 0) AS ms,
               coalesce(sum(wal_bytes), 0) AS "walBytes" ${ofIt}`,
            [name],
          );
          return workShape.parse(rows[0]);
        },
        async top(by, most) {
          const { rows } = await asking.query(
            `SELECT regexp_replace(query, '\\s+', ' ', 'g') AS query, calls, total_exec_time AS ms ${ofIt}
             ORDER BY ${by === 'calls' ? 'calls' : 'total_exec_time'} DESC LIMIT $2`,
            [name, most],
          );
          return z.array(statementShape).parse(rows);
        },
        async sizes() {
          const { rows } = await inside.query(
            `SELECT n.nspname || '.' || c.relname AS name, pg_total_relation_size(c.oid) AS bytes
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname LIKE 'nemo_bot%'`,
          );
          return new Map(
            z
              .array(sizeShape)
              .parse(rows)
              .map(({ name: table, bytes }) => [table, bytes]),
          );
        },
        async sessions() {
          const { rows } = await asking.query(
            `SELECT application_name AS application, count(*) FROM pg_stat_activity
             WHERE datname = $1 AND application_name LIKE 'nemo-bot%' GROUP BY 1`,
            [name],
          );
          return z.array(sessionShape).parse(rows);
        },
        async close() {
          await inside.end();
          await asking.end();
        },
      };
    },
    close: () => server.close(),
  };
}
