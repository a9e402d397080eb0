/** What turns have spent, as rows. One writer at a time: what a statement finds is still so for the next one. */
import type { DatabaseSync } from 'node:sqlite';
import type { ThreadKey } from '../../runtime/ids.ts';
import type { BudgetPlace, BudgetUse, Measured, Spending, Spent } from '../ledger.ts';
import { certainCredits, knownUse, NO_ACCOUNT, tombOf } from '../spending-rules.ts';
import { shapes } from './shapes.ts';

const BUDGET_SUM = `SELECT coalesce(sum(coalesce(credits, expected)), 0) AS credits,
    coalesce(sum(CASE WHEN credits IS NULL THEN expected END), 0) AS expected,
    count(*) - count(coalesce(credits, expected)) AS unknown
  FROM spendings WHERE own = 0 AND begun_at >= :since AND platform = :platform`;

/** Every statement on spendings. Exported so that a test can look at the query plans. */
export const SPENDING_SQL = {
  others: `SELECT count(*) AS count FROM spendings
    WHERE account = :account AND open_until > :now AND key <> :turn`,
  share: `UPDATE spendings SET shared = 1
    WHERE account = :account AND open_until > :now AND key <> :turn`,
  begin: `INSERT INTO spendings (key, thread, account, begun_at, open_until, shared,
      platform, workspace, channel, person, own, expected)
    SELECT :turn, :thread, :account, :now, :until, :shared, coalesce(place.platform, ''),
      coalesce(place.workspace, ''), coalesce(place.channel, ''), coalesce(turns.requester, ''),
      :own, :expected
    FROM (SELECT 1) LEFT JOIN threads AS place ON place.thread = :thread
      LEFT JOIN turns ON turns.id = :turn WHERE true
    ON CONFLICT (key) DO UPDATE SET shared = 1, open_until = excluded.open_until, credits = NULL`,
  find: `SELECT shared, begun_at AS begunAt, open_until AS openUntil FROM spendings
    WHERE key = :turn AND open_until IS NOT NULL`,
  before: `SELECT balance FROM spendings
    WHERE account = :account AND begun_at < :begunAt AND key <> :turn
    ORDER BY begun_at DESC LIMIT 1`,
  end: `UPDATE spendings SET open_until = NULL, credits = :credits, balance = :balance
    WHERE key = :turn`,
  ofThread: `SELECT coalesce(sum(credits), 0) AS credits, count(*) - count(credits) AS unknown
    FROM spendings WHERE thread = :thread`,
  ofAccount: `SELECT coalesce(sum(credits), 0) AS credits, count(*) - count(credits) AS unknown
    FROM spendings WHERE account = :account AND begun_at >= :since`,
  ofWorkspace: `${BUDGET_SUM} AND workspace = :workspace`,
  ofChannel: `${BUDGET_SUM} AND workspace = :workspace AND channel = :channel`,
  ofPerson: `${BUDGET_SUM} AND person = :person`,
  // Whose first one lies in that time, where there were threads before it: what those spent is not known.
  unseen: `SELECT count(*) AS count FROM spendings WHERE account = :none AND NOT EXISTS (
      SELECT 1 FROM spendings WHERE account = :account AND begun_at < :since)`,
  bury: `INSERT INTO spendings (key, thread, account, begun_at, shared)
    SELECT DISTINCT :tomb || thread, thread, :none, 0, 1 FROM (
      SELECT thread FROM spendings WHERE account <> :none AND begun_at < :before
      ORDER BY begun_at LIMIT :limit) WHERE true
    ON CONFLICT (key) DO NOTHING`,
  prune: `DELETE FROM spendings WHERE key IN (
    SELECT key FROM spendings WHERE account <> :none AND begun_at < :before
    ORDER BY begun_at LIMIT :limit)`,
} as const;

export function spendingTable(db: DatabaseSync) {
  const sql = (text: string) => db.prepare(text);
  const others = sql(SPENDING_SQL.others);
  const share = sql(SPENDING_SQL.share);
  const begin = sql(SPENDING_SQL.begin);
  const find = sql(SPENDING_SQL.find);
  const before = sql(SPENDING_SQL.before);
  const end = sql(SPENDING_SQL.end);
  const ofThread = sql(SPENDING_SQL.ofThread);
  const ofAccount = sql(SPENDING_SQL.ofAccount);
  const ofBudget = {
    workspace: sql(SPENDING_SQL.ofWorkspace),
    channel: sql(SPENDING_SQL.ofChannel),
    person: sql(SPENDING_SQL.ofPerson),
  };
  const unseen = sql(SPENDING_SQL.unseen);
  const bury = sql(SPENDING_SQL.bury);
  const prune = sql(SPENDING_SQL.prune);
  return {
    begin({ turn, thread, account, own, expected }: Spending, lastsMs: number, now: number): void {
      const [found] = others.all({ account, turn, now });
      const shared = shapes.count.parse(found) > 0 ? 1 : 0;
      share.run({ account, turn, now });
      begin.run({
        turn,
        thread,
        account,
        now,
        until: now + Math.ceil(lastsMs),
        shared,
        own: own ? 1 : 0,
        expected: expected ?? null,
      });
    },

    end(
      { turn, account }: Spending,
      measured: Measured | undefined,
      now: number,
    ): number | undefined {
      const [found] = find.all({ turn });
      if (!found) return undefined;
      const { shared, begunAt, openUntil } = shapes.openSpending.parse(found);
      const [last] = before.all({ account, turn, begunAt });
      const facts = {
        shared,
        late: openUntil <= now,
        before: last && shapes.balance.parse(last).balance,
      };
      const credits = certainCredits(facts, measured);
      const isMeasured = credits !== undefined && typeof measured === 'object';
      end.run({ turn, credits: credits ?? null, balance: isMeasured ? measured.is : null });
      return credits;
    },

    ofThread: (thread: ThreadKey): Spent => {
      const { credits, unknown } = shapes.spent.parse(ofThread.all({ thread })[0]);
      return { credits, complete: unknown === 0 };
    },

    ofAccount(account: string, since: number): Spent {
      const { credits, unknown } = shapes.spent.parse(ofAccount.all({ account, since })[0]);
      const [found] = unseen.all({ account, since, none: NO_ACCOUNT });
      return { credits, complete: unknown === 0 && shapes.count.parse(found) === 0 };
    },

    ofBudget({ of, ...place }: BudgetPlace, since: number): BudgetUse {
      return knownUse(shapes.budgetUse.parse(ofBudget[of].all({ ...place, since })[0]));
    },

    /** Of the threads it stays on record that something is not known of them any more. */
    prune(values: { before: number; limit: number }): number {
      bury.run({ ...values, none: NO_ACCOUNT, tomb: tombOf('') });
      return Number(prune.run({ ...values, none: NO_ACCOUNT }).changes);
    },
  };
}
