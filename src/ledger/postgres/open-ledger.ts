/**
 * The ledger in PostgreSQL. Any number of processes share it: every call is one transaction, every write under a claim
 * looks at the claim's owner and fence in it, and time is the database's.
 */

import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { machineTimers, type Timers } from '../../runtime/clock.ts';
import { type TurnId, toTurnId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import { transaction, uncontended } from '../../runtime/postgres/database.ts';
import { refuseHeld } from '../../runtime/postgres/hold.ts';
import { createListener, type Listener } from '../../runtime/postgres/listener.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import { openDatabase, unusable } from '../../runtime/postgres/open-database.ts';
import { type Claim, ClaimLost, type Health, type Ledger } from '../ledger.ts';
import { change, isOfItsRowAlone } from './advance.ts';
import { append } from './append.ts';
import { createDispatcher } from './dispatcher.ts';
import { forgetBefore } from './forget.ts';
import * as forgetting from './forgetting.ts';
import { type BossOptions, startJobQueue } from './job-queue.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createOutageLog } from './outage-log.ts';
import * as overview from './overview.ts';
import { cutOf, renderById, rendersOf } from './renders.ts';
import { NOW, PART, STEPS } from './schema.ts';
import { revise, withdraw } from './second-thoughts.ts';
import * as spendings from './spendings.ts';
import { changed } from './statements.ts';
import * as threads from './threads.ts';
import * as turns from './turns.ts';
import { waits } from './waiting-turns.ts';

export interface PostgresLedgerOptions {
  readonly url: string;
  /** Milliseconds after which a claim that was not kept alive may be taken over; ten seconds at least. */
  readonly leaseMs: number;
  readonly log: Log;
  readonly timers?: Timers;
  /** What else pg-boss is opened with; a test brings its clock. */
  readonly boss?: BossOptions;
}

export interface PostgresLedger extends Ledger {
  readonly boss: PgBoss;
  readonly jobs: Jobs;
  readonly pool: pg.Pool;
  readonly listener: Listener;
  take(job: turns.Attempt, owner: string): Promise<turns.Taken | undefined>;
  renew(claim: Claim): Promise<{ readonly stopRequested: boolean }>;
}

/** Of the ledger and pg-boss together; what more is asked at once waits for one of them. One more hears what is told. */
const CONNECTIONS = 12;

/** Rejects with `DatabaseUnusable`. */
export async function openPostgresLedger(options: PostgresLedgerOptions): Promise<PostgresLedger> {
  const { url, leaseMs, log, timers = machineTimers } = options;
  const outages = createOutageLog(log, timers);
  const onLost = outages.failed;
  const pool = await openDatabase({ url, onLost, part: PART, steps: STEPS, max: CONNECTIONS });
  const listener = createListener({ url, timers, onLost });
  let boss: PgBoss;
  try {
    await refuseHeld(pool);
    boss = await startJobQueue({ url, pool, listener, outages, log, boss: options.boss });
  } catch (error) {
    await listener.close();
    await pool.end();
    throw unusable(error, url);
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
    listener,
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
      return turn && { turn, waits: await waits(pool, key) };
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

    onRecord: (scope) => forgetting.onRecord(pool, scope),
    threadsOf: (scope, after, limit) => forgetting.threadsOf(pool, scope, after, limit),
    turnsOf: (scope, after, limit) => forgetting.turnsOf(pool, scope, after, limit),
    openOf: (scope) => forgetting.openOf(pool, scope),
    erase: (thread, person) => forgetting.erase(pool, jobs, thread, person),

    render: (id) => renderById(pool, id),
    renders: (thread) => rendersOf(pool, thread),
    cut: (id) => cutOf(pool, id),

    beginSpending: (spending, lastsMs) =>
      transaction(pool, (sql) => spendings.begin(sql, spending, lastsMs), {
        lock: spendings.lockOf(spending),
      }),
    endSpending: (spending, measured) =>
      transaction(pool, (sql) => spendings.end(sql, spending, measured), {
        lock: spendings.lockOf(spending),
      }),
    spent: (of) =>
      'thread' in of
        ? spendings.ofThread(pool, of.thread)
        : spendings.ofAccount(pool, of.account, of.since),

    open: (scope, limit) => overview.open(pool, scope, limit),
    shares: (scope, by, since, limit) => overview.shares(pool, scope, by, since, limit),
    budgetUse: (of, since) => spendings.ofBudget(pool, of, since),

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
        onStop: (onTold, onHearing) => hearStops(listener, onTold, onHearing),
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
    await listener.close();
    await pool.end();
  }
}

async function hearStops(
  listener: Listener,
  onStop: (turn: TurnId) => void,
  onHearing: () => void,
): Promise<() => Promise<void>> {
  const told = (id: string) => onStop(toTurnId(id));
  const { close } = await listener.listen(turns.STOP_CHANNEL, told, onHearing);
  return close;
}
