/** What is counted in a budget, and an arrival that meets one that is used up. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Budget, BudgetPlace, Measured, Spending } from '../../../src/ledger/ledger.ts';
import {
  type LedgerStore,
  mustAppend,
  newTurn,
  placeOf,
  type TestLedger,
  useStore,
} from '../support.ts';

const LASTS = 60_000;
const workspace: BudgetPlace = { of: 'workspace', platform: 'slack', workspace: 'T1' };
const channel: BudgetPlace = { ...workspace, of: 'channel', channel: 'C1' };
const ada: BudgetPlace = { of: 'person', platform: 'slack', person: 'ada' };

export function describeBudgets(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  let was: number;
  beforeEach(() => {
    was = 10_000;
  });

  /** A turn that spends; nobody knows how much where that is undefined. */
  async function spend(
    credits: number | undefined,
    arrival = newTurn(),
    over: Partial<Spending> = {},
  ): Promise<void> {
    const { turn } = await mustAppend(ledger, arrival);
    const spending = { turn: turn.id, thread: turn.thread, account: 'operator:1', ...over };
    await store.advanceTime(1);
    await ledger.beginSpending(spending, LASTS);
    const measured: Measured | undefined =
      credits === undefined ? undefined : { was, is: was - credits };
    was -= credits ?? 0;
    await ledger.endSpending(spending, measured);
  }

  const use = (of: BudgetPlace, since = 0) => ledger.budgetUse(of, since);
  const within = (of: BudgetPlace, limit: number): { budgets: Budget[] } => ({
    budgets: [{ ...of, since: 0, limit }],
  });

  describe('budgets', () => {
    test('count by workspace, by channel and by person', async () => {
      await spend(96.5);
      await spend(40, newTurn({ thread: placeOf('slack:T1:C2:1', { channel: 'C2' }) }));
      await spend(7, newTurn({ requester: 'bob' }));
      await spend(
        3,
        newTurn({ thread: placeOf('slack:T2:C1:1', { workspace: 'T2' }), requester: 'bob' }),
      );
      const all = { expected: 0, complete: true };
      expect(await use(workspace)).toEqual({ credits: 143.5, ...all });
      expect(await use(channel)).toEqual({ credits: 103.5, ...all });
      expect(await use(ada)).toEqual({ credits: 136.5, ...all });
      expect(await use(ada, store.now() + 1)).toEqual({ credits: 0, ...all });
    });

    test('what was not measured counts for what it is expected to take, from its beginning on, else for nothing', async () => {
      await spend(undefined, newTurn(), { expected: 90 });
      await spend(undefined);
      await spend(10, newTurn(), { expected: 90 });
      expect(await use(channel)).toEqual({ credits: 100, expected: 90, complete: false });
      const { turn } = await mustAppend(ledger, newTurn());
      const spending = { turn: turn.id, thread: turn.thread, account: 'operator:1', expected: 50 };
      await ledger.beginSpending(spending, LASTS);
      expect(await use(channel)).toEqual({ credits: 150, expected: 140, complete: false });
      await ledger.endSpending(spending, 'nothing');
      expect((await use(channel)).credits).toBe(100);
    });

    test('what a person pays of their own is in none', async () => {
      await spend(96, newTurn(), { own: true, account: 'own:1' });
      expect((await use(workspace)).credits).toBe(0);
      expect((await use(ada)).credits).toBe(0);
    });

    test('up to the limit all is taken; from then on nothing is, and its key is free', async () => {
      await spend(99.5);
      const late = newTurn();
      const first = await ledger.append(newTurn(), within(channel, 100));
      expect(first.outcome).toBe('new');
      await spend(0.5);
      const refused = await ledger.append(late, within(channel, 100));
      expect(refused).toEqual({
        outcome: 'over-budget',
        budget: { ...channel, since: 0, limit: 100 },
        used: { credits: 100, expected: 0, complete: true },
      });
      expect((await ledger.append(late, within(channel, 101))).outcome).toBe('new');
      expect((await ledger.append(late, within(channel, 1))).outcome).toBe('known');
    });

    test('of twenty at the same moment, in two processes, none gets by', async () => {
      await spend(100);
      const other = await store.connect();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? ledger : other).append(
            newTurn({ thread: placeOf(`slack:T1:C1:${n + 10}`) }),
            within(workspace, 100),
          ),
        ),
      );
      expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['over-budget']));
    });
  });
}
