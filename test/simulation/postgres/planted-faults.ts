/**
 * Faults of the PostgreSQL store: its statements and pg-boss's, changed between the process and the server. Two that need two workers
 * in the same millisecond (no lock for a thread's appends, an attempt that is over) are found by tests of the ledger instead; test/mutations has them.
 */
import { z } from 'zod';
import type { Planted } from '../planted.ts';
import { rewritten } from '../rewritten.ts';

const CALM = { kills: 0, stalls: 0, store: [], jumps: [], shutdowns: [] };

/** A world comes to rest in far less; what has lost a turn never does. */
const MOST_EVENTS = 7_000;

export function postgresFaults(): Planted[] {
  return [
    jobOutside(),
    rewritten('batchSize: 20', {
      breaks: 'every accepted turn ends',
      from: 7,
      mostEvents: MOST_EVENTS,
      was: 'ORDER BY j.priority desc, j.created_on LIMIT 1 FOR',
      is: 'ORDER BY j.priority desc, j.created_on LIMIT 20 FOR',
    }),
    rewritten('fence not checked', {
      breaks: 'no write after a lost claim',
      from: 4,
      faults: { stall: 1 / 20, stalls: 6 },
      was: 'owner = $2 AND fence = $3',
      is: '$2::text IS NOT NULL AND $3::integer IS NOT NULL',
    }),
    rewritten('heartbeat off', {
      breaks: 'a living worker keeps its claims',
      from: 1,
      mostEvents: MOST_EVENTS,
      was: 'SET heartbeat_on = nemo_bot_jobs.job_now() WHERE',
      is: 'SET heartbeat_on = heartbeat_on WHERE',
    }),
    keyOfItsOwn(),
    rewritten('double claim', {
      breaks: 'one holder',
      from: 1,
      mostEvents: MOST_EVENTS,
      was: ".state < 'active'",
      is: ".state <= 'active'",
    }),
    rewritten('nobody is told of a job', {
      breaks: 'work begins at once',
      from: 1,
      faults: CALM,
      was: 'SELECT pg_notify(',
      is: 'SELECT concat(',
    }),
    deafAfterwards(),
    rewritten('park that raises the crash count', {
      breaks: 'nobody is given up for no reason',
      from: 1,
      faults: { chatAway: [{ from: 10_000, to: 3_000_000 }], until: 3_600_000, store: [] },
      was: 'weight = coalesce($6, weight), owner = NULL WHERE',
      is: 'weight = coalesce($6, weight), owner = NULL, crashes = crashes + 1 WHERE',
    }),
  ];
}

/** Of pg-boss, the one that makes a job. */
const isSend = (sql: string): boolean => /INSERT INTO nemo_bot_jobs\.job\w* \(/.test(sql);

/** It is there before its turn is, or without it. */
function jobOutside(): Planted {
  let found = false;
  return {
    name: 'job sent outside the transaction',
    breaks: 'every accepted turn ends',
    from: 6,
    mostEvents: MOST_EVENTS,
    outside(sql) {
      if (!isSend(sql)) return false;
      found = true;
      return true;
    },
    inPlace: () => found,
  };
}

const jobs = z.array(z.looseObject({ id: z.string(), singletonKey: z.string().nullish() }));

/** Jobs of one thread that know nothing of one another. */
function keyOfItsOwn(): Planted {
  let found = false;
  return {
    name: 'claim out of order',
    breaks: 'one after the other',
    from: 6,
    values(sql, values) {
      if (!isSend(sql)) return values;
      found = true;
      const sent = jobs.parse(JSON.parse(z.string().parse(values[0])));
      const alone = sent.map((job) => (job.singletonKey ? { ...job, singletonKey: job.id } : job));
      return [JSON.stringify(alone), ...values.slice(1)];
    },
    inPlace: () => found,
  };
}

/** A connection that was lost is made again, and nobody says on it what is to be heard. */
function deafAfterwards(): Planted {
  const heard = new Set<string>();
  let found = false;
  return {
    name: 'listener that hears nothing again',
    breaks: 'work begins at once',
    from: 1,
    faults: { ...CALM, store: [{ from: 2_000, to: 25_000, trouble: 'ioerr' }] },
    sql(sql, worker) {
      if (!sql.startsWith('LISTEN')) return sql;
      const what = `${worker.world.seed} ${worker.name} ${sql}`;
      if (!heard.has(what)) {
        heard.add(what);
        return sql;
      }
      found = true;
      return 'SELECT 1';
    },
    inPlace: () => found,
  };
}
