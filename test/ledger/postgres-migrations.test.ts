/** Tables of an earlier version, with rows in them, are brought up to date. */
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { PART, STEPS } from '../../src/ledger/postgres/schema.ts';
import { migrate } from '../../src/runtime/postgres/migrate.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';

const server = usePostgres();

/** Before there were versions. */
const BEFORE = 1;
/** Of each of two threads, in order. */
const RENDERS = [
  ['a', 'first', 'delivered'],
  ['b', null, 'delivered'],
  ['c', 'failed', 'failed'],
  ['d', 'second', 'delivered'],
  ['e', 'first', 'delivered'],
] as const;

describePostgres('a database of an earlier version', () => {
  test('has its finished videos numbered by their cuts, and what its threads spent is unknown', async () => {
    const pool = new pg.Pool({ connectionString: await server.freshDatabase() });
    onTestFinished(() => pool.end());
    await migrate(pool, PART, STEPS.slice(0, BEFORE));
    for (const thread of ['one', 'two']) {
      await pool.query(
        `INSERT INTO nemo_bot.threads (thread, platform, workspace, channel, ref, touched_at)
         VALUES ($1, 'slack', 'T', 'C', $1, 1)`,
        [thread],
      );
      await pool.query(
        `INSERT INTO nemo_bot.turns (id, key, thread, platform, lane, requester, payload, weight, accepted_at)
         VALUES ($1, $1, $1, 'slack', 'ordered', 'ada', '{}', 0, 1)`,
        [thread],
      );
      for (const [name, draft, phase] of RENDERS)
        await pool.query(
          `INSERT INTO nemo_bot.renders (id, thread, turn, session, draft, phase, polls, created_at)
           VALUES ($1, $2, $2, 'session', $3, $4, 0, 1)`,
          [`${thread} ${name}`, thread, draft, phase],
        );
    }
    await migrate(pool, PART, STEPS);
    const { rows: renders } = await pool.query(
      'SELECT id, version FROM nemo_bot.renders ORDER BY seq',
    );
    const numbers = [1, 2, null, 3, 1];
    expect(renders.map(({ version }) => version)).toEqual([...numbers, ...numbers]);
    const { rows: threads } = await pool.query('SELECT versions FROM nemo_bot.threads');
    expect(threads).toEqual([{ versions: 3 }, { versions: 3 }]);
    const { rows: spent } = await pool.query(
      'SELECT thread, credits, shared FROM nemo_bot.spendings ORDER BY thread',
    );
    const unknown = { credits: null, shared: true };
    expect(spent).toEqual([
      { thread: 'one', ...unknown },
      { thread: 'two', ...unknown },
    ]);
  });
});
