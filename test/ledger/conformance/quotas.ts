/** What a person may ask for, and how much may wait: asked in the same stroke as the turn is written. */
import { describe, expect, test } from 'vitest';
import { OverQuota } from '../../../src/ledger/ledger.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeQuotas(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });
  const request = (over: Parameters<typeof newTurn>[0] = {}) =>
    newTurn({ counts: 'requests', ...over });
  const two = () => ({ caps: [{ counts: 'requests', since: 0, limit: 2 }] as const });

  describe('quotas', () => {
    test('of many requests at the same time, on several connections, no more than the cap become turns', async () => {
      const ledgers = [ledger, await store.connect(), await store.connect()];
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (ledgers[n % 3] ?? ledger).append(request({ thread: `t${n}` }), two()),
        ),
      );
      const taken = results.filter(({ outcome }) => outcome === 'new');
      expect(taken).toHaveLength(2);
      expect(await ledger.countUnfinished()).toBe(2);
      expect(results.filter(({ outcome }) => outcome === 'over-quota')).toHaveLength(18);
    });

    test('what is refused leaves nothing behind: its key is free, its thread a stranger’s', async () => {
      for (let n = 0; n < 2; n += 1) await mustAppend(ledger, request());
      const refused = request({ thread: 'new', key: 'refused' });
      expect(await ledger.append(refused, two())).toEqual({
        outcome: 'over-quota',
        used: 2,
        left: 0,
      });
      expect(await ledger.knows(toThreadKey('new'))).toBe(false);
      const word = await ledger.append(newTurn({ key: 'refused', lane: 'immediate' }), two());
      expect(word.outcome).toBe('new');
    });

    test('a key that is known is known, however much is used', async () => {
      const { turn } = await mustAppend(ledger, request({ key: 'first' }));
      await mustAppend(ledger, request());
      expect(await ledger.append(request({ key: 'first' }), two())).toEqual({
        outcome: 'known',
        turn,
      });
    });

    test('each kind, each person, and each day have their own count; free turns have none', async () => {
      await mustAppend(ledger, request({ weight: 2 }));
      expect((await ledger.append(request(), two())).outcome).toBe('over-quota');
      expect((await ledger.append(newTurn(), two())).outcome).toBe('new');
      expect((await ledger.append(newTurn({ counts: 'exports' }), two())).outcome).toBe('new');
      expect((await ledger.append(request({ requester: 'grace' }), two())).outcome).toBe('new');
      await store.advanceTime(1);
      const caps = [{ counts: 'requests', since: store.now(), limit: 2 }] as const;
      expect((await ledger.append(request(), { caps })).outcome).toBe('new');
    });

    test('exports have a cap of their own', async () => {
      const caps = [
        { counts: 'requests', since: 0, limit: 9 },
        { counts: 'exports', since: 0, limit: 1 },
      ] as const;
      const exported = () => newTurn({ counts: 'exports' });
      expect((await ledger.append(exported(), { caps })).outcome).toBe('new');
      expect((await ledger.append(exported(), { caps })).outcome).toBe('over-quota');
      expect((await ledger.append(request(), { caps })).outcome).toBe('new');
      expect(await ledger.used({ requester: 'ada', counts: 'exports', since: 0 })).toBe(1);
    });

    test('several at once are taken whole or not at all', async () => {
      await mustAppend(ledger, request());
      const three = request({ weight: 3 });
      const caps = [{ counts: 'requests', since: 0, limit: 3 }] as const;
      expect(await ledger.append(three, { caps })).toEqual({
        outcome: 'over-quota',
        used: 1,
        left: 2,
      });
      expect((await ledger.append({ ...three, weight: 2 }, { caps })).outcome).toBe('new');
    });

    test('what a turn counts for can grow only within the cap; beyond it nothing is written', async () => {
      await mustAppend(ledger, request());
      const claim = await mustClaim(ledger);
      const caps = [{ counts: 'requests', since: 0, limit: 4 }] as const;
      await mustAppend(ledger, request({ thread: 'elsewhere' }));
      const grown = ledger.advance(claim, { notes: '{"n":1}', weight: { of: 4, caps } });
      await expect(grown).rejects.toThrow(OverQuota);
      await expect(grown).rejects.toMatchObject({ left: 3 });
      expect(await ledger.turn(claim.turn.id)).toMatchObject({ notes: '{}', weight: 1 });
      await ledger.advance(claim, { notes: '{"n":1}', weight: { of: 3, caps } });
      expect(await ledger.turn(claim.turn.id)).toMatchObject({ notes: '{"n":1}', weight: 3 });
      expect(await ledger.used({ requester: 'ada', counts: 'requests', since: 0 })).toBe(4);
    });
  });

  describe('the bound on what waits', () => {
    test('counts what nobody works on in the thread, and keeps the refused key', async () => {
      await mustAppend(ledger);
      await mustClaim(ledger);
      const rules = { maxWaiting: 2 };
      expect((await ledger.append(newTurn(), rules)).outcome).toBe('new');
      expect((await ledger.append(newTurn(), rules)).outcome).toBe('new');
      const one = newTurn({ key: 'one too many' });
      expect(await ledger.append(one, rules)).toEqual({ outcome: 'queue-full', waiting: 2 });
      expect((await ledger.append(one, rules)).outcome).toBe('known');
      expect((await ledger.append(newTurn({ thread: 'elsewhere' }), rules)).outcome).toBe('new');
      expect((await ledger.append(newTurn({ lane: 'immediate' }), rules)).outcome).toBe('new');
      expect(await ledger.countUnfinished()).toBe(5);
    });

    test('of many at the same time no more than the bound are taken', async () => {
      const ledgers = [ledger, await store.connect()];
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          (ledgers[n % 2] ?? ledger).append(newTurn(), { maxWaiting: 5 }),
        ),
      );
      expect(results.filter(({ outcome }) => outcome === 'new')).toHaveLength(5);
    });
  });
}
