/** How many turns may wait in a thread. */
import { describe, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { type LedgerStore, mustClaim, newTurn, type TestLedger, useStore } from '../support.ts';

export function describeSharing(open: () => Promise<LedgerStore>): void {
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ ledger } = fresh);
  });

  describe('a thread that is full', () => {
    const most = { maxWaiting: 2 };

    test('refuses one turn too many, whoever asks, and takes one again when one has begun', async () => {
      const append = (key: string, requester = 'ada') =>
        ledger.append(newTurn({ key, requester }), most);
      await append('first');
      const running = await mustClaim(ledger);
      expect((await append('second')).outcome).toBe('new');
      expect((await append('third', 'grace')).outcome).toBe('new');
      expect(await append('fourth')).toEqual({ outcome: 'queue-full', waiting: 2 });
      expect(await append('fifth', 'joan')).toEqual({ outcome: 'queue-full', waiting: 2 });
      await ledger.finish(running, 'delivered');
      await mustClaim(ledger);
      expect((await append('sixth')).outcome).toBe('new');
      const keys = (await ledger.unfinished(running.turn.thread)).map((turn) => turn.key);
      expect(keys).toEqual(['second', 'third', 'sixth']);
    });

    test('knows the keys of those it took and of those it refused', async () => {
      const append = (key: string) => ledger.append(newTurn({ key }), most);
      await append('first');
      await mustClaim(ledger);
      for (const key of ['second', 'third']) await append(key);
      expect(await append('third')).toMatchObject({
        outcome: 'known',
        turn: { phase: 'accepted' },
      });
      expect(await append('fourth')).toEqual({ outcome: 'queue-full', waiting: 2 });
      expect(await append('fourth')).toMatchObject({
        outcome: 'known',
        turn: { key: 'fourth', phase: 'failed' },
      });
      expect(await ledger.countUnfinished()).toBe(3);
    });

    test('of several that are appended at once takes as many as fit', async () => {
      const all = Array.from({ length: 9 }, () => ledger.append(newTurn(), most));
      const taken = (await Promise.all(all)).filter(({ outcome }) => outcome === 'new');
      expect(taken).toHaveLength(2);
    });

    test('counts for nothing in quotas what it refused, and is not known for it', async () => {
      const arrival = newTurn({ thread: 'never', counts: 'requests', weight: 3 });
      const refused = await ledger.append(arrival, { maxWaiting: 0 });
      expect(refused).toEqual({ outcome: 'queue-full', waiting: 0 });
      expect(await ledger.used({ requester: 'ada', counts: 'requests', since: 0 })).toBe(0);
      expect(await ledger.knows(toThreadKey('never'))).toBe(false);
    });

    test('still takes a word from somebody else; of immediate turns each person has as many', async () => {
      const say = (requester: string) =>
        ledger.append(newTurn({ requester, lane: 'immediate' }), most);
      for (let n = 0; n < 2; n += 1) await ledger.append(newTurn(), most);
      expect((await say('ada')).outcome).toBe('new');
      expect((await say('ada')).outcome).toBe('new');
      expect((await say('ada')).outcome).toBe('queue-full');
      expect((await say('grace')).outcome).toBe('new');
    });
  });
}
