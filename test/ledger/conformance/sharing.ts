/** Several people: whose turn is next, and how many turns of theirs may wait. */
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import {
  LEASE_MS,
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  SERVED,
  useStore,
} from '../support.ts';

export function describeSharing(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: Ledger;
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
      const append = (key: string) => ledger.append(newTurn({ key }), { ...most, owner: 'worker' });
      for (const key of ['first', 'second', 'third']) await append(key);
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
        ledger.append(newTurn({ requester, lane: 'immediate' }), { ...most, owner: 'worker' });
      for (let n = 0; n < 3; n += 1) await ledger.append(newTurn(), most);
      expect((await say('ada')).outcome).toBe('new');
      expect((await say('ada')).outcome).toBe('new');
      expect((await say('ada')).outcome).toBe('queue-full');
      expect(await say('grace')).toMatchObject({ outcome: 'new', claim: { owner: 'worker' } });
    });
  });
}
