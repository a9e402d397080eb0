/** Several people: whose turn is next, in a store that says so. */
import { describe, expect, test } from 'vitest';
import {
  LEASE_MS,
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeFairShares(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  /** Appends a turn in a thread of its own, `key` before the dot being its person. */
  const queue = async (...keys: string[]) => {
    for (const key of keys)
      await ledger.append(newTurn({ key, thread: key, requester: key.split('.')[0] ?? '' }));
  };
  const claims = async (count: number, on = ledger) => {
    const keys: string[] = [];
    for (let n = 0; n < count; n += 1) keys.push((await mustClaim(on)).turn.key);
    return keys;
  };

  describe('people', () => {
    test('with turns at work let those without go first', async () => {
      await queue('ada.1', 'ada.2', 'ada.3', 'ada.4');
      expect(await claims(2)).toEqual(['ada.1', 'ada.2']);
      await queue('grace.1', 'grace.2', 'joan.1');
      expect(await claims(5)).toEqual(['grace.1', 'joan.1', 'grace.2', 'ada.3', 'ada.4']);
    });

    test('alone get everything, in order', async () => {
      await queue('ada.1', 'ada.2', 'ada.3');
      expect(await claims(3)).toEqual(['ada.1', 'ada.2', 'ada.3']);
      expect(await ledger.claim('worker', SERVED)).toBeUndefined();
    });

    test('have one share in all processes together, and none in leases that ran out', async () => {
      await queue('ada.1', 'ada.2', 'grace.1', 'ada.3');
      const other = await store.connect();
      expect(await claims(1, other)).toEqual(['ada.1']);
      expect(await claims(1)).toEqual(['grace.1']);
      await store.advanceTime(LEASE_MS);
      // Nobody holds anything any more: the oldest turn is next.
      expect(await claims(4)).toEqual(['ada.1', 'grace.1', 'ada.2', 'ada.3']);
    });

    test('still wait for the turns before theirs in a thread', async () => {
      const first = await mustAppend(ledger, newTurn({ thread: 't', requester: 'ada' }));
      await ledger.append(newTurn({ thread: 't', requester: 'grace' }));
      await queue('ada.1', 'ada.2');
      expect((await mustClaim(ledger)).turn.id).toBe(first.turn.id);
      expect(await claims(2)).toEqual(['ada.1', 'ada.2']);
      expect(await ledger.claim('worker', SERVED)).toBeUndefined();
    });

    test('are told apart lane by lane', async () => {
      for (const key of ['ada.1', 'ada.2', 'grace.1'])
        await ledger.append(
          newTurn({ key, requester: key.split('.')[0] ?? '', lane: 'immediate' }),
        );
      await queue('grace.2', 'ada.3');
      expect((await mustClaim(ledger, 'worker', 'immediate')).turn.key).toBe('ada.1');
      expect((await mustClaim(ledger, 'worker', 'immediate')).turn.key).toBe('grace.1');
      expect(await claims(2)).toEqual(['grace.2', 'ada.3']);
    });
  });
}
