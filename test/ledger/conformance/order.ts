/** Appending, and the order in which turns may run. */
import { describe, expect, test } from 'vitest';
import type { Lane } from '../../../src/ledger/ledger.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeOrder(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  const claimedIds = async (owner: string, lane: Lane = 'ordered') => {
    const ids: string[] = [];
    for (;;) {
      const claim = await ledger.claim(owner, { ...SERVED, lane });
      if (!claim) return ids;
      ids.push(claim.turn.id);
    }
  };

  describe('append', () => {
    test('gives back the turn as written, accepted now', async () => {
      const order = newTurn({ payload: '{"text":"茶 ☕ \\u0000"}' });
      const { turn, ahead } = await mustAppend(ledger, order);
      expect(turn).toEqual({
        ...order,
        thread: order.thread.key,
        platform: order.thread.platform,
        weight: 1,
        id: turn.id,
        phase: 'accepted',
        notes: '{}',
        order: turn.order,
        acceptedAt: store.now(),
        stopRequested: false,
        stopBy: undefined,
        withdrawn: false,
      });
      expect(ahead).toBe(0);
      expect(await ledger.turn(turn.id)).toEqual(turn);
    });

    test('a second append with the same key changes nothing, also after the turn has ended', async () => {
      const first = await mustAppend(ledger, newTurn({ key: 'same' }));
      const again = await ledger.append(newTurn({ key: 'same', payload: 'other', thread: 'x' }));
      expect(again).toEqual({ outcome: 'known', turn: first.turn });
      expect(await ledger.countUnfinished()).toBe(1);
      expect(await ledger.knows(toThreadKey('x'))).toBe(false);

      await ledger.finish(await mustClaim(ledger), 'delivered');
      const late = await ledger.append(newTurn({ key: 'same' }));
      expect(late).toMatchObject({ outcome: 'known', turn: { phase: 'delivered' } });
      expect(await ledger.claim('worker', SERVED)).toBeUndefined();
    });

    test('tells which of two came first, also within one millisecond, in any thread and lane', async () => {
      const turns = [
        await mustAppend(ledger),
        await mustAppend(ledger, newTurn({ lane: 'immediate' })),
        await mustAppend(ledger, newTurn({ thread: 'elsewhere' })),
      ].map(({ turn }) => turn);
      expect(new Set(turns.map(({ acceptedAt }) => acceptedAt)).size).toBe(1);
      const orders = turns.map(({ order }) => order);
      expect([...orders].sort((a, b) => a - b)).toEqual(orders);
      expect(new Set(orders).size).toBe(3);
    });

    test('counts the unfinished ordered turns of the thread in front, a running one included', async () => {
      const aheads = [
        await mustAppend(ledger),
        await mustAppend(ledger),
        await mustAppend(ledger, newTurn({ lane: 'immediate' })),
        await mustAppend(ledger),
        await mustAppend(ledger, newTurn({ thread: 'elsewhere' })),
      ].map(({ ahead }) => ahead);
      expect(aheads).toEqual([0, 1, 0, 2, 0]);

      const claim = await mustClaim(ledger);
      expect((await mustAppend(ledger)).ahead).toBe(3);
      await ledger.finish(claim, 'failed');
      expect((await mustAppend(ledger)).ahead).toBe(3);
    });

    test('of the same key appended on several connections at once, one is new', async () => {
      const others = await Promise.all([store.connect(), store.connect()]);
      const results = await Promise.all(
        [ledger, ...others].map((each) => each.append(newTurn({ key: 'race' }))),
      );
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['known', 'known', 'new']);
      const ids = results.map((result) => 'turn' in result && result.turn.id);
      expect(new Set(ids).size).toBe(1);
    });
  });

  describe('order', () => {
    test('turns of one thread run one after the other, in the order they came', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) ids.push((await mustAppend(ledger)).turn.id);
      const ran: string[] = [];
      for (;;) {
        const claim = await ledger.claim('worker', SERVED);
        if (!claim) break;
        expect(await ledger.claim('other', SERVED)).toBeUndefined();
        ran.push(claim.turn.id);
        await ledger.finish(claim, ran.length % 2 ? 'delivered' : 'failed');
      }
      expect(ran).toEqual(ids);
    });

    test('different threads run at the same time, oldest first', async () => {
      const a1 = await mustAppend(ledger, newTurn({ thread: 'a' }));
      await ledger.append(newTurn({ thread: 'a' }));
      const b1 = await mustAppend(ledger, newTurn({ thread: 'b' }));
      const c1 = await mustAppend(ledger, newTurn({ thread: 'c' }));
      expect(await claimedIds('worker')).toEqual([a1.turn.id, b1.turn.id, c1.turn.id]);
    });

    test('immediate turns neither wait nor make others wait', async () => {
      await ledger.append(newTurn());
      const running = await mustClaim(ledger);
      const [status, credits] = [
        await mustAppend(ledger, newTurn({ lane: 'immediate' })),
        await mustAppend(ledger, newTurn({ lane: 'immediate' })),
      ];
      const next = await mustAppend(ledger, newTurn());
      expect(await claimedIds('worker', 'immediate')).toEqual([status.turn.id, credits.turn.id]);
      expect(await claimedIds('worker')).toEqual([]);
      await ledger.finish(running, 'delivered');
      expect(await claimedIds('worker')).toEqual([next.turn.id]);
    });
  });
}
