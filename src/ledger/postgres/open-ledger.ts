/**
 * The ledger in PostgreSQL. Any number of processes share it: every call is one transaction, every write under a claim
 * looks at the claim's owner and fence in it, and time is the database's.
 */

import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { machineTimers, type Timers } from '../../runtime/clock.ts';
import { type TurnId, toTurnId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import { openPool, transaction, uncontended } from '../../runtime/postgres/database.ts';
import { refuseHeld } from '../../runtime/postgres/hold.ts';
import { migrate, SCHEMA } from '../../runtime/postgres/migrate.ts';
import { storeTrouble } from '../../runtime/postgres/store-trouble.ts';
import { type Claim, ClaimLost, type Health, type Ledger } from '../ledger.ts';
import { change, isOfItsRowAlone } from './advance.ts';
import { append } from './append.ts';
import { createDispatcher } from './dispatcher.ts';
import { forgetBefore } from './forget.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { renderById, rendersOf } from './renders.ts';
import { JOBS_SCHEMA, NOW, PART, STEPS } from './schema.ts';
import { revise, withdraw } from './second-thoughts.ts';
import { changed } from './statements.ts';
import * as threads from './threads.ts';
import * as turns from './turns.ts';

export interface PostgresLedgerOptions {
  readonly url: string;
  /** Milliseconds after which a claim that was not kept alive may be taken over; ten seconds at least. */
  readonly leaseMs: number;
  readonly log: Log;
  readonly timers?: Timers;
  /** What else pg-boss and the pool are opened with; a test brings its clock. */
  readonly boss?: Pick<ConstructorParameters<typeof PgBoss>[0] & object, 'clock'>;
}

export interface PostgresLedger extends Ledger {
  readonly boss: PgBoss;
  readonly jobs: Jobs;
  readonly pool: pg.Pool;
  take(job: turns.Attempt, owner: string): Promise<Claim | undefined>;
  renew(claim: Claim): Promise<{ readonly stopRequested: boolean }>;
}

/** Seconds between looks for jobs whose worker has gone; one replica does it. */
const LOOK_FOR_THE_DEAD_S = 2;
/** Connections of pg-boss's, beside those of the ledger: fetches, heartbeats, its own upkeep. */
const BOSS_CONNECTIONS = 4;

/** Rejects with `DatabaseUnusable`, or `StoreUnavailable` where the server cannot be reached. */
export async function openPostgresLedger(options: PostgresLedgerOptions): Promise<PostgresLedger> {
  const { url, leaseMs, log, timers = machineTimers } = options;
  const onLost = (error: Error) => log.warn('a connection to the database was lost', { error });
  const pool = openPool({ url, onLost });
  const boss = new PgBoss({
    ...options.boss,
    connectionString: url,
    application_name: 'nemo-bot jobs',
    schema: JOBS_SCHEMA,
    max: BOSS_CONNECTIONS,
    useListenNotify: true,
    superviseIntervalSeconds: LOOK_FOR_THE_DEAD_S,
    monitorIntervalSeconds: LOOK_FOR_THE_DEAD_S,
    schedule: false,
  });
  boss.on('error', (error: unknown) => log.error('the job queue met an error', { error }));
  boss.on('warning', ({ message, data }) => log.warn(message, { data }));
  try {
    await boss.start();
    await migrate(pool, PART, STEPS);
    await refuseHeld(pool);
  } catch (error) {
    await boss.stop({ graceful: false });
    await pool.end();
    throw storeTrouble(error) ?? error;
  }
  const jobs = createJobs(boss, leaseMs);
  let probing: Promise<Health> | undefined;
  let closing: Promise<void> | undefined;

  async function probe(): Promise<Health> {
    try {
      await changed(
        pool,
        `INSERT INTO ${SCHEMA}.begun (key, at) VALUES ('(health)', ${NOW})
        ON CONFLICT (key) DO UPDATE SET at = excluded.at`,
        [],
      );
      return { trouble: undefined };
    } catch (error) {
      return { trouble: error instanceof Error ? error.message : String(error) };
    } finally {
      probing = undefined;
    }
  }

  const ledger: PostgresLedger = {
    boss,
    jobs,
    pool,
    async begin(key) {
      const text = `INSERT INTO ${SCHEMA}.begun (key, at) VALUES ($1, ${NOW}) ON CONFLICT DO NOTHING`;
      return (await changed(pool, text, [key])) > 0;
    },
    async append(arrival, rules = {}) {
      await jobs.ready(arrival.thread.platform);
      return transaction(pool, (sql) => append(sql, jobs, arrival, rules), {
        lock: arrival.thread.key,
      });
    },
    take: (job, owner) => turns.take(pool, job, owner),
    async renew(claim) {
      const standing = await turns.standing(pool, claim);
      if (!standing || !(await jobs.touch(claim.turn, standing.attempt)))
        throw new ClaimLost(claim.turn.id);
      return { stopRequested: standing.stopRequested };
    },
    async advance(claim, given) {
      if (given.follow) await jobs.ready(given.follow.thread.platform);
      const how = { phase: given.phase, notes: given.notes, weight: given.weight?.of };
      if (isOfItsRowAlone(given)) {
        const held = await uncontended(() => turns.writeTurn(pool, claim, how));
        if (!held) throw new ClaimLost(claim.turn.id);
        return;
      }
      await transaction(pool, (sql) =>
        change(sql, jobs, claim, given, () => turns.writeTurn(sql, claim, how)),
      );
    },
    async finish(claim, end, given = {}) {
      if (given.follow) await jobs.ready(given.follow.thread.platform);
      const how = { phase: end, notes: given.notes, weight: given.weight?.of };
      await transaction(pool, async (sql) => {
        await change(sql, jobs, claim, given, () => turns.finishTurn(sql, claim, how));
        await jobs.complete(sql, claim.turn);
      });
    },
    async park(claim, { notBefore = 0, change: given = {} } = {}) {
      if (given.follow) await jobs.ready(given.follow.thread.platform);
      const how = { phase: given.phase, notes: given.notes, weight: given.weight?.of };
      await transaction(pool, async (sql) => {
        await change(sql, jobs, claim, given, () => turns.parkTurn(sql, claim, how));
        await jobs.putBack(sql, claim.turn, Math.ceil(notBefore));
      });
    },

    requestStop: (turnId, by) => turns.requestStop(pool, turnId, by),
    turn: (id) => turns.turnById(pool, id),
    async turnOf(key) {
      const turn = await turns.turnByKey(pool, key);
      return turn && { turn, waits: await turns.waits(pool, key) };
    },
    revise: (key, revision, caps = []) =>
      transaction(pool, (sql) => revise(sql, jobs, key, revision, caps)),
    withdraw: (key) => transaction(pool, (sql) => withdraw(sql, jobs, key)),
    unfinished: (thread) => turns.unfinished(pool, thread),
    countUnfinished: () => turns.countUnfinished(pool),
    used: (count) => turns.used(pool, count),

    knows: (thread) => threads.knows(pool, thread),
    thread: (key) => threads.threadByKey(pool, key),
    recent: (asked) => threads.recent(pool, asked),
    tookPart: (thread, person) => threads.tookPart(pool, thread, person),
    othersTookPart: (thread, person) => threads.othersTookPart(pool, thread, person),

    render: (id) => renderById(pool, id),
    renders: (thread) => rendersOf(pool, thread),

    dispatch: (given) =>
      createDispatcher({
        ...given,
        boss,
        jobs,
        ledger,
        leaseMs,
        timers,
        take: ledger.take,
        renew: (claim) => ledger.renew(claim),
        onStop: (listener) => hearStops(boss, listener),
      }),

    health() {
      probing ??= probe();
      return probing;
    },
    prune: (before) => forgetBefore(pool, before),
    close() {
      closing ??= close();
      return closing;
    },
  };
  return ledger;

  async function close(): Promise<void> {
    await boss.stop({ graceful: false });
    await pool.end();
  }
}

/** On a connection of its own, which pg-boss keeps, looks after and makes anew. What is missed is seen at the next heartbeat. */
async function hearStops(
  boss: PgBoss,
  listener: (turn: TurnId) => void,
): Promise<() => Promise<void>> {
  const handle = await boss.getDb().listen?.(
    turns.STOP_CHANNEL,
    (id) => listener(toTurnId(id)),
    () => {},
  );
  return async () => handle?.close();
}
