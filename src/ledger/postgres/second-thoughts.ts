/** What becomes of a turn whose cause was changed or taken back, inside one transaction that holds its row. */
import type pg from 'pg';
import { tightest } from '../change-rules.ts';
import { type Cap, isEnd, type Revised, type Revision, type Withdrawal } from '../ledger.ts';
import { usedOf } from './append.ts';
import type { Jobs } from './jobs.ts';
import { lookAround } from './turns.ts';
import * as turns from './waiting-turns.ts';

export async function revise(
  sql: pg.PoolClient,
  jobs: Jobs,
  key: string,
  revision: Revision,
  caps: readonly Cap[],
): Promise<Revised> {
  const turn = await turns.lockByKey(sql, key);
  if (!turn) return { outcome: 'unknown' };
  if (isEnd(turn.phase)) return { outcome: 'over' };
  if (!(await turns.waits(sql, key))) return { outcome: 'begun', turn };
  const { counts, weight = 1, lane } = revision;
  // What it has counted for is given back first, and so is not in the way of what it will.
  await turns.revise(sql, key, { ...revision, weight: 0 });
  const asked = { requester: turn.requester, counts };
  const { used, left } = tightest(await usedOf(sql, asked, caps));
  if (weight > left) {
    await turns.withdraw(sql, key);
    await jobs.remove(sql, turn);
    return { outcome: 'over-quota', used, left };
  }
  const revised = await turns.revise(sql, key, revision);
  if (!revised) return { outcome: 'begun', turn };
  if (lane !== turn.lane) {
    await jobs.remove(sql, turn);
    const { inFront } = await lookAround(sql, revised);
    // It is among them by now.
    await jobs.send(sql, revised, inFront - 1);
  }
  return { outcome: 'revised', turn: revised };
}

export async function withdraw(sql: pg.PoolClient, jobs: Jobs, key: string): Promise<Withdrawal> {
  const turn = await turns.lockByKey(sql, key);
  if (!turn) return { outcome: 'unknown' };
  if (isEnd(turn.phase)) return { outcome: 'over' };
  const withdrawn = await turns.withdraw(sql, key);
  if (withdrawn) {
    await jobs.remove(sql, turn);
    return { outcome: 'withdrawn', turn: withdrawn };
  }
  const calledOff = await turns.callOff(sql, key);
  return calledOff ? { outcome: 'called-off', turn: calledOff } : { outcome: 'running', turn };
}
