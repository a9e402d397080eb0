/** The tables of the ledger as a move fills them. A turn that is not over comes with its job. */
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { threadKeySchema, turnIdSchema } from '../../runtime/ids.ts';
import { MoveFailed, type Row } from '../../runtime/move/move.ts';
import { query } from '../../runtime/postgres/database.ts';
import { migrate, SCHEMA } from '../../runtime/postgres/migrate.ts';
import { moveUrl } from '../../runtime/postgres/move-connection.ts';
import type { Column, TargetPart, TargetTable } from '../../runtime/postgres/move-target.ts';
import type { Turn } from '../ledger.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { JOBS_SCHEMA, PART, STEPS } from './schema.ts';
import { countOf, type Sql } from './statements.ts';

/** The bot sets the queues' heartbeats by its own settings when it starts. */
const LEAST_LEASE_MS = 10_000;

const columns = (types: Readonly<Record<string, string>>): readonly Column[] =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

const THREADS = columns({
  thread: 'text',
  platform: 'text',
  workspace: 'text',
  channel: 'text',
  ref: 'text',
  name: 'text',
  touched_at: 'bigint',
  project: 'text',
  versions: 'integer',
});
const TURNS = columns({
  seq: 'bigint',
  id: 'text',
  key: 'text',
  thread: 'text',
  platform: 'text',
  lane: 'text',
  requester: 'text',
  payload: 'text',
  counts: 'text',
  weight: 'integer',
  phase: 'text',
  notes: 'text',
  accepted_at: 'bigint',
  finished_at: 'bigint',
  stop_requested: 'boolean',
  stop_by: 'text',
  withdrawn: 'boolean',
  owner: 'text',
  fence: 'integer',
  crashes: 'integer',
});
const RENDERS = columns({
  seq: 'bigint',
  id: 'text',
  thread: 'text',
  turn: 'text',
  session: 'text',
  draft: 'text',
  resolution: 'text',
  copy_of: 'text',
  phase: 'text',
  url: 'text',
  version: 'integer',
  message: 'text',
  delivered_at: 'bigint',
  polls: 'integer',
  created_at: 'bigint',
  cut: 'text',
});

const SPENDINGS = columns({
  key: 'text',
  thread: 'text',
  account: 'text',
  begun_at: 'bigint',
  open_until: 'bigint',
  shared: 'boolean',
  credits: 'double precision',
  balance: 'double precision',
  platform: 'text',
  workspace: 'text',
  channel: 'text',
  person: 'text',
  own: 'boolean',
  expected: 'double precision',
});

const open = z.object({
  id: turnIdSchema,
  thread: threadKeySchema,
  platform: z.string(),
  lane: z.enum(['ordered', 'immediate']),
  requester: z.string(),
  seq: z.number(),
});

/** Of its person's, those before it that are not over: what `lookAround` gives a turn that has just come. */
const inFront = (
  sql: Sql,
  { lane, requester, order }: Pick<Turn, 'lane' | 'requester' | 'order'>,
): Promise<number> =>
  countOf(
    sql,
    `SELECT count(*) FROM ${SCHEMA}.turns
     WHERE lane = $1 AND requester = $2 AND seq < $3 AND finished_at IS NULL`,
    [lane, requester, order],
  );

const openOf = (rows: readonly Row[]) =>
  rows.filter(({ finished_at }) => finished_at === null).map((row) => open.parse(row));

/** `jobs`: only where rows are written. */
export function ledgerTables(jobs?: Jobs): readonly TargetTable[] {
  return [
    { name: 'threads', key: ['thread'], columns: THREADS },
    {
      name: 'participants',
      key: ['thread', 'person'],
      columns: columns({ thread: 'text', person: 'text', touched_at: 'bigint' }),
    },
    {
      name: 'turns',
      key: ['seq'],
      columns: TURNS,
      numbers: 'seq',
      async before(rows) {
        for (const { platform } of openOf(rows)) await jobs?.ready(platform);
      },
      // In the order of their numbers, so that each is told how many of its person's are in front of it.
      async follow(client, rows) {
        for (const { seq: order, ...turn } of openOf(rows))
          await jobs?.send(client, { ...turn, order }, await inFront(client, { ...turn, order }));
      },
    },
    { name: 'renders', key: ['seq'], columns: RENDERS, numbers: 'seq' },
    // The look whether the database can be written leaves a row.
    {
      name: 'begun',
      key: ['key'],
      columns: columns({ key: 'text', at: 'bigint' }),
      own: "key = '(health)'",
    },
    { name: 'spendings', key: ['key'], columns: SPENDINGS },
  ];
}

const countRow = z.object({ count: z.coerce.number() });

/** Makes what is missing of the tables and of pg-boss's. */
export async function openLedgerTarget(
  pool: pg.Pool,
  url: string,
  onLost: (error: Error) => void,
): Promise<TargetPart> {
  const boss = new PgBoss({
    connectionString: moveUrl(url),
    schema: JOBS_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
  });
  boss.on('error', onLost);
  try {
    await boss.start();
    await migrate(pool, PART, STEPS);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  return {
    tables: ledgerTables(createJobs(boss, LEAST_LEASE_MS)),
    // A job of an earlier turn would stand in the place of a new one, whose number makes its id.
    async mayHold(client) {
      const { rows } = await query(
        client,
        `SELECT count(*) AS count FROM ${JOBS_SCHEMA}.job
        WHERE name LIKE 'ordered-%' OR name LIKE 'immediate-%'`,
      );
      const { count } = countRow.parse(rows[0]);
      if (count > 0)
        throw new MoveFailed(
          `There are ${count} jobs in the target already. Take an empty database.`,
        );
    },
    close: () => boss.stop({ graceful: false }),
  };
}
