/**
 * What becomes of an arrival, inside one transaction: known, refused, or a turn with its job. The transaction runs
 * under the lock of its thread, taken before it begins: numbers are handed out, and jobs dated, before the commit, so
 * that of two at the same time the later one would otherwise be seen, and run, first.
 */
import type pg from 'pg';
import { tightest } from '../change-rules.ts';
import {
  type Appended,
  type AppendRules,
  type Arrival,
  type Cap,
  isUsedUp,
  type Turn,
} from '../ledger.ts';
import { orderedId } from '../ordered-id.ts';
import type { Jobs } from './jobs.ts';
import * as spendings from './spendings.ts';
import { countOf, storable } from './statements.ts';
import { openThread, touchThread } from './threads.ts';
import * as turns from './turns.ts';

/** Each cap of the kind that is counted, with what is used of it. Until the commit nobody else uses anything of it. */
export async function usedOf(
  sql: pg.PoolClient,
  {
    requester,
    counts,
  }: { readonly requester: string; readonly counts?: Cap['counts'] | null | undefined },
  caps: readonly Cap[],
): Promise<(Cap & { readonly used: number })[]> {
  const asked = caps.filter((cap) => cap.counts === counts);
  if (asked.length === 0) return [];
  await countOf(sql, 'SELECT 1 AS count FROM pg_advisory_xact_lock(hashtextextended($1, 1))', [
    requester,
  ]);
  const found: (Cap & { readonly used: number })[] = [];
  for (const cap of asked)
    found.push({ ...cap, used: await turns.used(sql, { ...cap, requester }) });
  return found;
}

export async function append(
  sql: pg.PoolClient,
  jobs: Jobs,
  arrival: Arrival,
  { caps = [], budgets = [], maxWaiting }: AppendRules,
): Promise<Appended> {
  const row = rowOf(arrival);
  const around = await turns.lookAround(sql, row);
  if (around.known) return { outcome: 'known', turn: await mustFind(sql, arrival.key) };
  const { used, left } = tightest(await usedOf(sql, arrival, caps));
  if (row.weight > left) return { outcome: 'over-quota', used, left };
  for (const budget of budgets) {
    const found = await spendings.ofBudget(sql, budget, budget.since);
    if (isUsedUp(budget, found)) return { outcome: 'over-budget', budget, used: found };
  }
  const { waiting } = around;
  if (maxWaiting !== undefined && waiting >= maxWaiting) {
    await turns.insertRefused(sql, row);
    return { outcome: 'queue-full', waiting };
  }
  const turn = await insert(sql, jobs, arrival, around.inFront);
  if (!turn) return { outcome: 'known', turn: await mustFind(sql, arrival.key) };
  return { outcome: 'new', turn, ahead: arrival.lane === 'ordered' ? around.ahead : 0 };
}

async function mustFind(sql: pg.PoolClient, key: string): Promise<Turn> {
  const turn = await turns.turnByKey(sql, key);
  if (!turn) throw new Error(`a turn with the key ${key} was there and is gone`);
  return turn;
}

/** A turn that comes of another one; nothing where its key is on record already. */
export async function follow(sql: pg.PoolClient, jobs: Jobs, arrival: Arrival): Promise<void> {
  const { inFront } = await turns.lookAround(sql, rowOf(arrival));
  await insert(sql, jobs, arrival, inFront);
}

async function insert(
  sql: pg.PoolClient,
  jobs: Jobs,
  arrival: Arrival,
  inFront: number,
): Promise<Turn | undefined> {
  const turn = await turns.insertTurn(sql, rowOf(arrival));
  if (!turn) return undefined;
  if (arrival.lane === 'ordered') await touchThread(sql, arrival);
  else if (arrival.opens) await openThread(sql, arrival.thread);
  await jobs.send(sql, turn, inFront);
  return turn;
}

const rowOf = ({ key, thread, lane, requester, payload, counts, weight }: Arrival) => ({
  id: orderedId(Date.now()),
  key,
  thread: thread.key,
  platform: thread.platform,
  lane,
  requester,
  payload: storable(payload),
  counts,
  weight: weight ?? 1,
});
