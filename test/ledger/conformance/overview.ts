/** What an admin is shown: turns that have not ended, and who has spent what. */
import { describe, expect, test } from 'vitest';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  placeOf,
  type TestLedger,
  useStore,
} from '../support.ts';

const T1 = { platform: 'slack', workspace: 'T1' } as const;

export function describeOverview(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  const there = placeOf('slack:T2:C9:1', { workspace: 'T2', channel: 'C9' });
  const namesake = placeOf('discord:T1:C1:1', { platform: 'discord' });

  describe('an overview', () => {
    test('of a workspace: its own turns that have not ended, newest first, bounded, and the count of all', async () => {
      const { turn: first } = await mustAppend(ledger, newTurn({ thread: 'slack:T1:C1:1' }));
      const claim = await mustClaim(ledger);
      const { turn: second } = await mustAppend(ledger, newTurn({ thread: 'slack:T1:C1:1' }));
      const { turn: third } = await mustAppend(ledger, newTurn({ thread: 'slack:T1:C1:3' }));
      await mustAppend(ledger, newTurn({ thread: there }));
      await mustAppend(ledger, newTurn({ thread: namesake }));
      expect(await ledger.open(T1, 20)).toEqual({
        newest: [
          { turn: third, atWork: false },
          { turn: second, atWork: false },
          { turn: first, atWork: true },
        ],
        count: 3,
      });
      const bounded = await ledger.open(T1, 1);
      expect(bounded).toEqual({ newest: [{ turn: third, atWork: false }], count: 3 });
      expect((await ledger.open('everywhere', 20)).count).toBe(5);
      await ledger.park(claim);
      expect((await ledger.open(T1, 20)).newest[2]).toMatchObject({ atWork: false });
      await ledger.finish(await mustClaim(ledger), 'failed');
      expect((await ledger.open(T1, 20)).count).toBe(2);
    });

    test('of what was spent: most first, of the workspace alone, since a moment, as far as it is certain', async () => {
      const since = store.now();
      /** Each of an account of its own, so that none is shared. */
      const spend = async (credits: number | undefined, over: Parameters<typeof newTurn>[0]) => {
        const { turn } = await mustAppend(ledger, newTurn(over));
        const spending = { turn: turn.id, thread: turn.thread, account: `of ${turn.id}` };
        await ledger.beginSpending(spending, 60_000);
        const measured = credits === undefined ? undefined : { was: 1_000, is: 1_000 - credits };
        await ledger.endSpending(spending, measured);
        await store.advanceTime(10);
        return turn.id;
      };
      await spend(40, { requester: 'bob', thread: placeOf('slack:T1:C2:1', { channel: 'C2' }) });
      const later = store.now();
      await spend(30, { requester: 'ada' });
      const last = await spend(25, { requester: 'ada' });
      await spend(500, { requester: 'ada', thread: there });
      await spend(undefined, { requester: 'eve' });
      const people = await ledger.shares(T1, 'person', since, 10);
      expect(people.map(({ of, credits }) => [of, credits])).toEqual([
        ['ada', 55],
        ['bob', 40],
      ]);
      expect(people[0]?.turn).toBe(last);
      expect(await ledger.shares(T1, 'person', since, 1)).toHaveLength(1);
      expect((await ledger.shares(T1, 'person', later, 10)).map(({ of }) => of)).toEqual(['ada']);
      const places = await ledger.shares(T1, 'channel', since, 10);
      expect(places.map(({ of, credits }) => [of, credits])).toEqual([
        ['C1', 55],
        ['C2', 40],
      ]);
      const all = await ledger.shares('everywhere', 'channel', since, 10);
      expect(all.map(({ of }) => of)).toEqual(['C9', 'C1', 'C2']);
    });
  });
}
