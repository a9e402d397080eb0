/** What claiming costs beside a million finished turns, and behind a long queue: measured rates, and the plans of the two statements. */
import pg from 'pg';
import { queueOf } from '../../src/ledger/postgres/jobs.ts';
import { openPostgresLedger, type PostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { lookAround } from '../../src/ledger/postgres/turns.ts';
import { figure, round, say } from './figures.ts';
import type { Options } from './options.ts';
import type { BenchServer, Measured } from './server.ts';
import { arrivalOf, claimNext, quiet } from './store-steps.ts';

const QUEUE = queueOf('ordered', 'slack');
/** pg-boss keeps a completed job for an hour: of a million a day so many are there. */
const JOBS_KEPT = 42_000;
const BACKLOGS = [100, 1_000, 10_000];
/** A thread of these has so many turns. */
const PER_THREAD = 5;

export async function measureFinished(server: BenchServer, options: Options): Promise<void> {
  const { finished, claims } = options;
  const database = await server.database();
  const ledger = await openPostgresLedger({ url: database.url, leaseMs: 30_000, log: quiet });
  const sql = new pg.Pool({ connectionString: database.url, max: 1 });
  try {
    await ledger.jobs.ready('slack');
    say(`Appending, claiming and finishing, one after the other, ${claims} turns`);
    await measureClaims(database, ledger, 'empty tables', claims);
    await fill(sql, finished);
    await measureClaims(database, ledger, `${finished} finished turns`, claims);
    await explain(sql, ledger);
    say(`One fetch and one append behind turns that wait (${PER_THREAD} in a thread)`);
    let waiting = 0;
    for (const backlog of BACKLOGS) {
      await wait(sql, waiting, backlog);
      waiting = backlog;
      await sql.query('ANALYZE');
      await database.reset();
      const tries = 20;
      for (let n = 0; n < tries; n += 1) {
        const claim = await claimNext(ledger);
        if (claim) await ledger.finish(claim, 'delivered');
        await ledger.append(arrivalOf(`more ${backlog} ${n}`, `m${backlog} ${n}`));
      }
      const fetch = (await database.top('ms', 50)).find(({ query }) =>
        /strict_fifo_heads/.test(query),
      );
      figure(
        `${backlog} waiting: a fetch, ms in the server`,
        round((fetch?.ms ?? 0) / (fetch?.calls ?? 1), 2),
      );
    }
    await explain(sql, ledger);
    say();
  } finally {
    await ledger.close();
    await sql.end();
    await database.close();
  }
}

async function measureClaims(
  database: Measured,
  ledger: PostgresLedger,
  beside: string,
  claims: number,
): Promise<void> {
  for (let n = 0; n < claims; n += 1)
    await ledger.append(arrivalOf(`${beside} ${n}`, `${beside} ${n}`, `person ${n}`));
  await database.reset();
  const startedAt = performance.now();
  for (let n = 0; n < claims; n += 1) {
    const claim = await claimNext(ledger);
    if (!claim) throw new Error('a turn that waits was not given out');
    await ledger.finish(claim, 'delivered');
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { ms } = await database.work();
  figure(
    beside,
    `${round(claims / seconds, 0)} claims a second, ${round(ms / claims, 2)} ms in the server each`,
  );
}

/** As they lie in the tables when as many have come to their end, in the last month. */
async function fill(sql: pg.Pool, finished: number): Promise<void> {
  await sql.query(
    `INSERT INTO nemo_bot.turns (id, key, thread, platform, lane, requester, payload, counts, weight, phase,
       notes, accepted_at, finished_at)
     SELECT 'old' || n, 'old key ' || n, 'old thread ' || n / 5, 'slack', 'ordered', 'U' || n % 20000,
       repeat('x', 400), 'requests', 1, 'delivered', repeat('y', 800),
       floor(extract(epoch FROM now()) * 1000)::bigint - n * 2592, floor(extract(epoch FROM now()) * 1000)::bigint - n * 2592
     FROM generate_series(1, $1::integer) n`,
    [finished],
  );
  await sql.query(
    `INSERT INTO nemo_bot_jobs.job_common (id, name, data, state, policy, singleton_key, created_on, started_on, completed_on)
     SELECT gen_random_uuid(), $1, '{"turn":"t"}', 'completed', 'key_strict_fifo', 'old thread ' || n, now(), now(), now()
     FROM generate_series(1, $2::integer) n`,
    [QUEUE, Math.min(finished, JOBS_KEPT)],
  );
  await sql.query('VACUUM ANALYZE');
}

/** Turns from `from` to `to` wait, as appends leave them. */
async function wait(sql: pg.Pool, from: number, to: number): Promise<void> {
  await sql.query(
    `INSERT INTO nemo_bot.turns (id, key, thread, platform, lane, requester, payload, counts, weight, accepted_at)
     SELECT 'waits' || n, 'waits ' || n, 'busy thread ' || n / $3, 'slack', 'ordered', 'U' || n % 20000,
       repeat('x', 400), 'requests', 1, floor(extract(epoch FROM now()) * 1000)::bigint
     FROM generate_series($1::integer + 1, $2::integer) n`,
    [from, to, PER_THREAD],
  );
  // The number of a turn is in its job's id; here any id will do that keeps the order.
  await sql.query(
    `INSERT INTO nemo_bot_jobs.job_common (id, name, data, policy, singleton_key)
     SELECT lpad(to_hex(seq), 32, '0')::uuid, $1, jsonb_build_object('turn', id), 'key_strict_fifo', thread
     FROM nemo_bot.turns WHERE id LIKE 'waits%' AND seq > (SELECT coalesce(max(seq), 0) FROM nemo_bot.turns) - $2`,
    [QUEUE, to - from],
  );
}

/** The server explains what it is asked, as it is asked, to the one who asks. */
async function explain(sql: pg.Pool, ledger: PostgresLedger): Promise<void> {
  const client = await sql.connect();
  const plans: string[] = [];
  client.on('notice', ({ message }) => void plans.push(message ?? ''));
  try {
    await client.query(
      `LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on;
       SET auto_explain.log_buffers = on; SET auto_explain.log_timing = off; SET client_min_messages = log`,
    );
    await client.query('BEGIN');
    plans.length = 0;
    await lookAround(client, {
      ...{ key: 'another', thread: arrivalOf('another', 'old thread 7').thread.key },
      ...{ lane: 'ordered', requester: 'U7' },
    });
    await ledger.boss.fetch(QUEUE, {
      batchSize: 1,
      db: {
        executeSql: async (text, values) => ({ rows: (await client.query(text, values)).rows }),
      },
    });
    await client.query('ROLLBACK');
  } finally {
    client.release(true);
  }
  for (const plan of plans.filter((text) => text.includes('Query Text'))) {
    const lines = plan.split('\n').map((line) => line.trimEnd());
    const from = lines.findIndex((line) => /^\s*\S.*\(cost=/.test(line));
    say(
      `  ${/strict_fifo_heads/.test(plan) ? "pg-boss's fetch" : 'the look around of an append'}: ${lines[0]?.slice(0, 40)}`,
    );
    for (const line of lines.slice(Math.max(0, from))) say(`    ${line.slice(0, 150)}`);
  }
}
