/** What is on record was changed or taken back by whoever asked for it. */
import { describe, expect, test } from 'vitest';
import { ClaimLost, Withdrawn } from '../../../src/ledger/ledger.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

const REQUEST = { counts: 'requests', lane: 'ordered', weight: 1 } as const;

export function describeSecondThoughts(open: () => Promise<LedgerStore>): void {
  describe('second thoughts', () => {
    let store: LedgerStore;
    let ledger: TestLedger;
    useStore(open, (fresh) => {
      ({ store, ledger } = fresh);
    });

    const used = () => ledger.used({ requester: 'ada', counts: 'requests', since: 0 });

    test('what waits is withdrawn: it is over, counts for nothing, and the next one runs', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      await mustAppend(ledger, newTurn({ key: 'b', ...REQUEST }));
      expect(await ledger.turnOf('a')).toMatchObject({ waits: true });
      expect(await ledger.withdraw('a')).toMatchObject({
        outcome: 'withdrawn',
        turn: { key: 'a', phase: 'stopped', weight: 0 },
      });
      expect(await used()).toBe(1);
      expect((await mustClaim(ledger)).turn.key).toBe('b');
      expect(await ledger.claim('worker', SERVED)).toBeUndefined();
      expect(await ledger.withdraw('a')).toEqual({ outcome: 'over' });
      // Told once more, its message is not taken for a new one.
      expect(await ledger.append(newTurn({ key: 'a' }))).toMatchObject({ outcome: 'known' });
      expect(await ledger.withdraw('nobody')).toEqual({ outcome: 'unknown' });
    });

    test('what waits runs in its new form, also outside of the order', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      await mustAppend(ledger, newTurn({ key: 'b', ...REQUEST }));
      const words = {
        payload: '"b, changed"',
        counts: 'requests',
        lane: 'ordered',
        weight: 3,
      } as const;
      expect(await ledger.revise('b', words)).toMatchObject({
        outcome: 'revised',
        turn: { key: 'b', payload: '"b, changed"', weight: 3 },
      });
      expect(await used()).toBe(4);
      const word = { payload: '"stop"', lane: 'immediate', counts: undefined, weight: 0 } as const;
      expect(await ledger.revise('a', word)).toMatchObject({ outcome: 'revised' });
      expect(await used()).toBe(3);
      expect((await mustClaim(ledger, 'worker', 'immediate')).turn.payload).toBe('"stop"');
      expect((await mustClaim(ledger)).turn.payload).toBe('"b, changed"');
    });

    test('a form for which too little is left ends what waits', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST, weight: 2 }));
      const caps = [{ counts: 'requests', since: 0, limit: 3 }] as const;
      const three = { payload: '3', counts: 'requests', lane: 'ordered', weight: 3 } as const;
      expect(await ledger.revise('a', three, caps)).toMatchObject({ outcome: 'revised' });
      expect(await ledger.revise('a', { ...three, weight: 4 }, caps)).toEqual({
        outcome: 'over-quota',
        used: 0,
        left: 3,
      });
      expect(await ledger.turnOf('a')).toMatchObject({ turn: { phase: 'stopped', weight: 0 } });
      expect(await ledger.claim('worker', SERVED)).toBeUndefined();
    });

    test('what has been begun is not revised, nor what was put down with something noted', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      const claim = await mustClaim(ledger);
      const words = { payload: 'new', counts: 'requests', lane: 'ordered', weight: 1 } as const;
      expect(await ledger.revise('a', words)).toMatchObject({
        outcome: 'begun',
        turn: { key: 'a' },
      });
      await ledger.park(claim, { change: { notes: '{"statusId":"1"}' } });
      expect(await ledger.revise('a', words)).toMatchObject({ outcome: 'begun' });
      expect((await ledger.turnOf('a'))?.turn.payload).toBe(claim.turn.payload);
      await ledger.finish(await mustClaim(ledger), 'delivered');
      expect(await ledger.revise('a', words)).toEqual({ outcome: 'over' });
      expect(await ledger.revise('nobody', words)).toEqual({ outcome: 'unknown' });
    });

    test.each(['sending', 'answered', 'exporting'] as const)(
      'called off in its preparations a turn does not come to %s',
      async (phase) => {
        await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
        const claim = await mustClaim(ledger);
        await ledger.advance(claim, { phase: 'preparing' });
        expect(await ledger.withdraw('a')).toMatchObject({
          outcome: 'called-off',
          turn: { withdrawn: true, stopRequested: true },
        });
        expect(await ledger.renew(claim)).toEqual({ stopRequested: true });
        await expect(ledger.advance(claim, { phase })).rejects.toThrow(Withdrawn);
        expect((await ledger.turnOf('a'))?.turn).toMatchObject({ phase: 'preparing' });
        await ledger.finish(claim, 'stopped', { weight: { of: 0, caps: [] } });
        expect(await used()).toBe(0);
      },
    );

    test('what is about to leave runs on', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { phase: 'sending' });
      expect(await ledger.withdraw('a')).toMatchObject({
        outcome: 'running',
        turn: { withdrawn: false, stopRequested: false },
      });
      await ledger.advance(claim, { phase: 'answered' });
    });

    test('of a withdrawal and a claim at the same time one comes first', async () => {
      const other = await store.connect();
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      const [claim, withdrawal] = await Promise.all([
        other.claim('other', SERVED),
        ledger.withdraw('a'),
      ]);
      expect(withdrawal.outcome).toBe(claim ? 'called-off' : 'withdrawn');
      if (claim)
        await expect(other.advance(claim, { phase: 'sending' })).rejects.toThrow(Withdrawn);
    });

    test('who has lost the claim hears of that, and not of the withdrawal', async () => {
      await mustAppend(ledger, newTurn({ key: 'a', ...REQUEST }));
      const claim = await mustClaim(ledger);
      await ledger.park(claim, { change: { phase: 'preparing' } });
      await ledger.withdraw('a');
      await expect(ledger.advance(claim, { phase: 'sending' })).rejects.toThrow(ClaimLost);
      expect((await mustClaim(ledger)).turn.withdrawn).toBe(true);
    });
  });
}
