/**
 * Turns as jobs of pg-boss, which owns claiming, leases, heartbeats, order and retry. Each platform has two queues:
 * ordered turns, one at a time per thread (`key_strict_fifo`), and immediate ones. What changes a turn's row changes its
 * job in the same transaction.
 */
import type pg from 'pg';
import type { Db, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { turnIdSchema } from '../../runtime/ids.ts';
import { query } from '../../runtime/postgres/database.ts';
import type { Lane, Turn } from '../ledger.ts';

/** Their queue is told by lane and platform: a process works on those of the platforms that it serves. */
export const queueOf = (lane: Lane, platform: string): string => `${lane}-${platform}`;

/** pg-boss's least. */
const LEAST_HEARTBEAT_S = 10;
const DAY_S = 86_400;

/**
 * A failed job would hold its thread for good, so that none ever comes to it: ends are completed jobs, and how often a
 * turn may crash is counted on the turn.
 */
const RETRIES = 1_000_000;

/** pg-boss's type for it is empty. */
const touchedShape = z.object({ affected: z.number() });

export const jobData = z.object({ turn: turnIdSchema });

type JobOf = Pick<Turn, 'id' | 'lane' | 'platform' | 'order'>;

/**
 * A job's id is made of the turn's number, so that neither has to be looked up, and that two jobs of one moment keep
 * the order of their turns (pg-boss orders by date, then id).
 */
export const jobIdOf = (order: number): string => {
  const digits = order.toString(16).padStart(28, '0');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `7${digits.slice(12, 15)}`,
    `8${digits.slice(15, 18)}`,
    digits.slice(-10).padStart(12, '0'),
  ].join('-');
};

export interface Jobs {
  /** The queues of a platform; asked before the transaction that sends there. */
  ready(platform: string): Promise<void>;
  /** Of turns that wait, one with less of its person's in front of it goes first; within a thread order is order. */
  send(sql: pg.PoolClient, turn: JobOf & Pick<Turn, 'thread'>, inFront: number): Promise<void>;
  /** Its turn has ended, whichever way. */
  complete(sql: pg.PoolClient, turn: JobOf): Promise<void>;
  /** To be given out again, not before that moment; until then it holds its thread. */
  putBack(sql: pg.PoolClient, turn: JobOf, notBefore: number): Promise<void>;
  remove(sql: pg.PoolClient, turn: JobOf): Promise<void>;
  /** A heartbeat. False: the job is no longer given out under that attempt. */
  touch(turn: JobOf, attempt: number): Promise<boolean>;
}

export function createJobs(boss: PgBoss, leaseMs: number): Jobs {
  const made = new Map<string, Promise<void>>();

  async function make(platform: string): Promise<void> {
    const options = {
      notify: true,
      heartbeatSeconds: Math.max(LEAST_HEARTBEAT_S, Math.ceil(leaseMs / 1000)),
      // Its longest: a watch over a late render is hours at most.
      expireInSeconds: DAY_S - 1,
      retryLimit: RETRIES,
      // What its worker lost is given out again at once; what cannot even be looked at waits for the workers' next look.
      retryDelay: 0,
      retentionSeconds: 3_650 * DAY_S,
      deleteAfterSeconds: 3_600,
    };
    for (const [lane, policy] of [
      ['ordered', 'key_strict_fifo'],
      ['immediate', 'standard'],
    ] as const) {
      const name = queueOf(lane, platform);
      await boss.createQueue(name, { ...options, policy });
      // It may be there from a version, or a setting, before this one.
      await boss.updateQueue(name, options);
      // pg-boss looks a queue up when it is first used: inside a transaction that would take a second connection.
      await boss.touch(name, jobIdOf(0));
    }
  }

  const jobOf = ({ lane, platform, order }: JobOf) =>
    [queueOf(lane, platform), jobIdOf(order)] as const;

  return {
    async ready(platform) {
      const known = made.get(platform);
      if (known !== undefined) return await known;
      const making = make(platform).catch((error: unknown) => {
        made.delete(platform);
        throw error;
      });
      made.set(platform, making);
      await making;
    },
    async send(sql, turn, inFront) {
      const [name, id] = jobOf(turn);
      const data: z.input<typeof jobData> = { turn: turn.id };
      await boss.send(name, data, {
        id,
        db: within(sql),
        priority: -inFront,
        ...(turn.lane === 'ordered' ? { singletonKey: turn.thread } : {}),
      });
    },
    async complete(sql, turn) {
      await boss.complete(...jobOf(turn), null, { db: within(sql), includeQueued: true });
    },
    async putBack(sql, turn, notBefore) {
      const [name, id] = jobOf(turn);
      await boss.fail(name, id, null, { db: within(sql) });
      await boss.update(name, undefined, { id, startAfter: new Date(notBefore), db: within(sql) });
    },
    async remove(sql, turn) {
      await boss.deleteJob(...jobOf(turn), { db: within(sql) });
    },
    async touch(turn, attempt) {
      const [name, id] = jobOf(turn);
      const touched = await boss.touch(name, { id, retryCount: attempt });
      return touchedShape.parse(touched).affected > 0;
    },
  };
}

/** What pg-boss writes joins the transaction. */
const within = (sql: pg.PoolClient): Db => ({
  executeSql: async (text, values) => ({ rows: [...(await query(sql, text, values)).rows] }),
});
