/**
 * What becomes of an arrival, inside one transaction: known, refused, or a turn with its job. The transaction runs
 * under the lock of its thread, taken before it begins: numbers are handed out, and jobs dated, before the commit, so
 * that of two at the same time the later one would otherwise be seen, and run, first.
 */
import type pg from 'pg';
import { tightest } from '../change-rules.ts';
import type { Appended, AppendRules, Arrival, Cap, Turn } from '../ledger.ts';
import { orderedId } from '../ordered-id.ts';
import type { Jobs } from './jobs.ts';
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
  { caps = [], maxWaiting }: AppendRules,
): Promise<Appended> {
  const known = await turns.turnByKey(sql, arrival.key);
  if (known) return { outcome: 'known', turn: known };
  const { weight = 1, lane, thread, requester } = arrival;
  const { used, left } = tightest(await usedOf(sql, arrival, caps));
  if (weight > left) return { outcome: 'over-quota', used, left };
  const asked = { thread: thread.key, lane, requester };
  const waiting = maxWaiting === undefined ? 0 : await turns.waiting(sql, asked);
  if (maxWaiting !== undefined && waiting >= maxWaiting) {
    await turns.insertRefused(sql, rowOf(arrival));
    return { outcome: 'queue-full', waiting };
  }
  const ahead = lane === 'ordered' ? await turns.ahead(sql, thread.key) : 0;
  const turn = await insert(sql, jobs, arrival);
  if (turn) return { outcome: 'new', turn, ahead };
  const other = await turns.turnByKey(sql, arrival.key);
  if (!other) throw new Error(`a turn with the key ${arrival.key} was there and is gone`);
  return { outcome: 'known', turn: other };
}

/** A turn that comes of another one; nothing where its key is on record already. */
export async function follow(sql: pg.PoolClient, jobs: Jobs, arrival: Arrival): Promise<void> {
  await insert(sql, jobs, arrival);
}

async function insert(sql: pg.PoolClient, jobs: Jobs, arrival: Arrival): Promise<Turn | undefined> {
  const turn = await turns.insertTurn(sql, rowOf(arrival));
  if (!turn) return undefined;
  if (arrival.lane === 'ordered') await touchThread(sql, arrival);
  else if (arrival.opens) await openThread(sql, arrival.thread);
  await jobs.send(sql, turn, await turns.inFront(sql, turn));
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
