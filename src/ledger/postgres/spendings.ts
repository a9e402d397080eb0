/** What turns have spent, as rows. Whoever begins or ends holds the lock of the account: of two, one sees the other. */
import type pg from 'pg';
import type { ThreadKey } from '../../runtime/ids.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { BudgetPlace, BudgetUse, Measured, Spending, Spent } from '../ledger.ts';
import { certainCredits, knownUse, NO_ACCOUNT, tombOf } from '../spending-rules.ts';
import { NOW } from './schema.ts';
import { changed, countOf, rowOf, type Sql, shapes } from './statements.ts';

/** Name of the lock under which both are done. */
export const lockOf = ({ account }: Spending): string => `spendings:${account}`;

export async function begin(
  sql: pg.PoolClient,
  { turn, thread, account, own = false, expected }: Spending,
  lastsMs: number,
): Promise<void> {
  const others = await changed(
    sql,
    `UPDATE ${SCHEMA}.spendings SET shared = true
     WHERE account = $1 AND open_until > ${NOW} AND key <> $2`,
    [account, turn],
  );
  await changed(
    sql,
    `INSERT INTO ${SCHEMA}.spendings (key, thread, account, begun_at, open_until, shared,
       platform, workspace, channel, person, own, expected)
     SELECT $1::text, $2::text, $3::text, ${NOW}, ${NOW} + $4::bigint, $5::boolean,
       coalesce(place.platform, ''), coalesce(place.workspace, ''), coalesce(place.channel, ''),
       coalesce(turns.requester, ''), $6::boolean, $7::double precision
     FROM (SELECT 1) AS one LEFT JOIN ${SCHEMA}.threads AS place ON place.thread = $2
       LEFT JOIN ${SCHEMA}.turns ON turns.id = $1
     ON CONFLICT (key) DO UPDATE
       SET shared = true, open_until = excluded.open_until, credits = NULL`,
    [turn, thread, account, Math.ceil(lastsMs), others > 0, own, expected ?? null],
  );
}

export async function end(
  sql: pg.PoolClient,
  { turn, account }: Spending,
  measured: Measured | undefined,
): Promise<number | undefined> {
  const found = await rowOf(
    sql,
    shapes.endedSpending,
    `SELECT shared, open_until <= ${NOW} AS late, (
       SELECT balance FROM ${SCHEMA}.spendings AS other
       WHERE other.account = $2 AND other.begun_at < own.begun_at AND other.key <> $1
       ORDER BY other.begun_at DESC LIMIT 1) AS before
     FROM ${SCHEMA}.spendings AS own WHERE key = $1 AND open_until IS NOT NULL`,
    [turn, account],
  );
  if (!found) return undefined;
  const credits = certainCredits(found, measured);
  const isMeasured = credits !== undefined && typeof measured === 'object';
  await changed(
    sql,
    `UPDATE ${SCHEMA}.spendings SET open_until = NULL, credits = $2, balance = $3 WHERE key = $1`,
    [turn, credits ?? null, isMeasured ? measured.is : null],
  );
  return credits;
}

const SUM = `SELECT coalesce(sum(credits), 0) AS credits, count(*) - count(credits) AS unknown
  FROM ${SCHEMA}.spendings`;

export async function ofThread(sql: Sql, thread: ThreadKey): Promise<Spent> {
  const found = await rowOf(sql, shapes.spent, `${SUM} WHERE thread = $1`, [thread]);
  return { credits: found?.credits ?? 0, complete: found?.unknown === 0 };
}

export async function ofAccount(sql: Sql, account: string, since: number): Promise<Spent> {
  const found = await rowOf(sql, shapes.spent, `${SUM} WHERE account = $1 AND begun_at >= $2`, [
    account,
    since,
  ]);
  // Whose first one lies in that time, where there were threads before it: what those spent is not known.
  const unseen = await countOf(
    sql,
    `SELECT count(*) AS count FROM ${SCHEMA}.spendings WHERE account = $3 AND NOT EXISTS (
       SELECT 1 FROM ${SCHEMA}.spendings WHERE account = $1 AND begun_at < $2)`,
    [account, since, NO_ACCOUNT],
  );
  return { credits: found?.credits ?? 0, complete: found?.unknown === 0 && unseen === 0 };
}

const BUDGET_SUM = `SELECT coalesce(sum(coalesce(credits, expected)), 0) AS credits,
    coalesce(sum(CASE WHEN credits IS NULL THEN expected END), 0) AS expected,
    count(*) - count(coalesce(credits, expected)) AS unknown
  FROM ${SCHEMA}.spendings WHERE NOT own AND begun_at >= $1 AND platform = $2`;

/** The condition of a budget, and its values from the third on. */
function within(place: BudgetPlace): readonly [condition: string, values: readonly string[]] {
  switch (place.of) {
    case 'workspace':
      return ['workspace = $3', [place.workspace]];
    case 'channel':
      return ['workspace = $3 AND channel = $4', [place.workspace, place.channel]];
    case 'person':
      return ['person = $3', [place.person]];
  }
}

export async function ofBudget(sql: Sql, place: BudgetPlace, since: number): Promise<BudgetUse> {
  const [condition, values] = within(place);
  const found = await rowOf(sql, shapes.budgetUse, `${BUDGET_SUM} AND ${condition}`, [
    since,
    place.platform,
    ...values,
  ]);
  return knownUse(found ?? { credits: 0, expected: 0, unknown: 0 });
}

/** Of the threads it stays on record that something is not known of them any more; in one statement with what is forgotten. */
export const FORGET = `WITH old AS (
    DELETE FROM ${SCHEMA}.spendings WHERE key IN (
      SELECT key FROM ${SCHEMA}.spendings WHERE account <> '${NO_ACCOUNT}' AND begun_at < $1
      ORDER BY begun_at LIMIT $2)
    RETURNING thread
  ), buried AS (
    INSERT INTO ${SCHEMA}.spendings (key, thread, account, begun_at, shared)
    SELECT DISTINCT '${tombOf('')}' || thread, thread, '${NO_ACCOUNT}', 0, true FROM old
    ON CONFLICT (key) DO NOTHING
  ) SELECT thread FROM old`;
