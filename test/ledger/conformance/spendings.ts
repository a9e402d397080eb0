/** What a turn is certain to have spent of an account, whoever spends of it besides. */
import { describe, expect, test } from 'vitest';
import type { Measured, Spending } from '../../../src/ledger/ledger.ts';
import { toThreadKey, toTurnId } from '../../../src/runtime/ids.ts';
import { type LedgerStore, mustAppend, newTurn, type TestLedger, useStore } from '../support.ts';

const DAY = 86_400_000;
const LASTS = 60_000;
const took = (credits: number, was = 1_000): Measured => ({ was, is: was - credits });
const of = (turn: string, over: Partial<Spending> = {}): Spending => ({
  turn: toTurnId(turn),
  thread: toThreadKey('slack:T1:C1:1'),
  account: 'operator:1',
  ...over,
});

export function describeSpendings(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  const begin = (spending: Spending, on = ledger) => on.beginSpending(spending, LASTS);
  const month = async () => ledger.spent({ account: 'operator:1', since: store.now() - DAY });

  describe('what turns spend', () => {
    test('alone it is the difference of the two balances, told once', async () => {
      await begin(of('a'));
      expect(await ledger.endSpending(of('a'), took(96.5))).toBe(96.5);
      expect(await ledger.endSpending(of('a'), took(96.5))).toBeUndefined();
      expect(await ledger.spent({ thread: of('a').thread })).toEqual({
        credits: 96.5,
        complete: true,
      });
    });

    test('who began before the other was over shares it, in whichever process; who comes after does not', async () => {
      const other = await store.connect();
      await begin(of('a'));
      await begin(of('b'), other);
      expect(await ledger.endSpending(of('a'), took(96))).toBeUndefined();
      expect(await other.endSpending(of('b'), took(50))).toBeUndefined();
      await begin(of('c'));
      expect(await ledger.endSpending(of('c'), took(40, 850))).toBe(40);
      expect(await month()).toEqual({ credits: 40, complete: false });
    });

    test('of two that begin at once, in two processes, neither is told', async () => {
      const other = await store.connect();
      for (let round = 0; round < 12; round += 1) {
        const pair = [of(`a${round}`), of(`b${round}`)] as const;
        await Promise.all([begin(pair[0]), begin(pair[1], other)]);
        const told = [
          await ledger.endSpending(pair[0], took(10)),
          await other.endSpending(pair[1], took(10)),
        ];
        expect(told).toEqual([undefined, undefined]);
      }
    });

    test('another account is nobody else', async () => {
      await begin(of('a'));
      await begin(of('b', { account: 'trial' }));
      expect(await ledger.endSpending(of('a'), took(96))).toBe(96);
      expect(await ledger.endSpending(of('b', { account: 'trial' }), took(50))).toBe(50);
      expect(await month()).toEqual({ credits: 96, complete: true });
    });

    test('begun by a second worker, measured by none, or more than before: nothing is certain', async () => {
      await begin(of('a'));
      await begin(of('a'));
      expect(await ledger.endSpending(of('a'), took(96))).toBeUndefined();
      await begin(of('b'));
      expect(await ledger.endSpending(of('b'), undefined)).toBeUndefined();
      await begin(of('c'));
      expect(await ledger.endSpending(of('c'), took(-1))).toBeUndefined();
      await begin(of('d'));
      expect(await ledger.endSpending(of('d'), 'nothing')).toBe(0);
      expect(await month()).toEqual({ credits: 0, complete: false });
    });

    test('one that never says it is over is forgotten after its time, and is certain of nothing itself', async () => {
      await begin(of('a'));
      await store.advanceTime(LASTS - 1);
      await begin(of('b'));
      await store.advanceTime(1);
      await begin(of('c'));
      expect(await ledger.endSpending(of('a'), took(10))).toBeUndefined();
      expect(await ledger.endSpending(of('b'), took(10))).toBeUndefined();
      expect(await ledger.endSpending(of('c'), took(10))).toBeUndefined();
      await store.advanceTime(LASTS);
      await begin(of('d'));
      expect(await ledger.endSpending(of('d'), took(10))).toBe(10);
    });

    test('what was taken unseen between two of them makes the second doubtful', async () => {
      await begin(of('a'));
      await ledger.endSpending(of('a'), took(100));
      await store.advanceTime(1);
      await begin(of('b'));
      expect(await ledger.endSpending(of('b'), took(10, 899))).toBeUndefined();
      await store.advanceTime(1);
      await begin(of('c'));
      expect(await ledger.endSpending(of('c'), took(10, 700))).toBe(10);
    });

    test('kept for a month at least; what is forgotten of a thread leaves it incomplete', async () => {
      await mustAppend(ledger, newTurn());
      await begin(of('a'));
      await ledger.endSpending(of('a'), took(96));
      await store.stall(31 * DAY);
      await ledger.prune(store.now() - DAY);
      expect(await ledger.spent({ thread: of('a').thread })).toEqual({
        credits: 96,
        complete: true,
      });
      await store.stall(2 * DAY);
      await begin(of('b'));
      await ledger.endSpending(of('b'), took(50, 904));
      await ledger.prune(store.now() - DAY);
      await ledger.prune(store.now() - DAY);
      const left = { credits: 50, complete: false };
      expect(await ledger.spent({ thread: of('a').thread })).toEqual(left);
    });
  });
}
