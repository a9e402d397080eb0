/** What only the SQLite store does: a turn is claimed as it is appended, and workers hear where there may be work. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClaimLost } from '../../src/ledger/ledger.ts';
import type { ClaimingLedger, ClaimingRules } from '../../src/ledger/sqlite/claiming-ledger.ts';
import { describeFairShares } from './conformance/fair-shares.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { LEASE_MS, mustClaim, newTurn, SERVED } from './support.ts';

let store: Awaited<ReturnType<typeof openSqliteStore>>;
let ledger: ClaimingLedger;
beforeEach(async () => {
  store = await openSqliteStore();
  ledger = await store.connect();
});
afterEach(() => store.destroy());

async function mustAppend(on: ClaimingLedger, arrival = newTurn(), rules: ClaimingRules = {}) {
  const appended = await on.append(arrival, rules);
  if (appended.outcome !== 'new') throw new Error(`the turn was ${appended.outcome}`);
  return appended;
}

describe('a claim that comes with the append', () => {
  test.each(['ordered', 'immediate'] as const)(
    'a turn (%s) appended with an owner is that owner’s at once',
    async (lane) => {
      const { turn, claim } = await mustAppend(ledger, newTurn({ lane }), {
        owner: 'first',
      });
      expect(claim).toMatchObject({ owner: 'first', turn: { id: turn.id } });
      if (!claim) return;
      expect(await ledger.claim('second', { ...SERVED, lane })).toBeUndefined();
      await ledger.renew(claim);
      await store.advanceTime(LEASE_MS);
      const taken = await mustClaim(ledger, 'second', lane);
      expect(taken.fence).toBeGreaterThan(claim.fence);
      await expect(ledger.advance(claim, { phase: 'preparing' })).rejects.toThrow(ClaimLost);
    },
  );

  test('an ordered turn behind another one, or known already, is not claimed as it is appended', async () => {
    const one = await mustAppend(ledger, newTurn({ key: 'one' }), { owner: 'first' });
    const two = await mustAppend(ledger, newTurn({ key: 'two' }), { owner: 'first' });
    expect(two.claim).toBeUndefined();
    const again = await ledger.append(newTurn({ key: 'one' }), { owner: 'second' });
    expect(again).toEqual({ outcome: 'known', turn: one.turn });
  });

  test.each([
    {},
    { lane: 'immediate', opens: true },
    { counts: 'requests', weight: 3, requester: 'bob', name: 'A film about tea' },
  ] as const)('has the turn as it is on record: %o', async (over) => {
    const claimed = await mustAppend(ledger, newTurn(over), { owner: 'worker' });
    expect(claimed.claim?.turn).toStrictEqual(claimed.turn);
    expect(await ledger.turn(claimed.turn.id)).toStrictEqual(claimed.turn);
  });
});

test('a late renewal is good as long as nobody has taken over', async () => {
  await ledger.append(newTurn());
  const claim = await mustClaim(ledger);
  await store.advanceTime(LEASE_MS * 10);
  await ledger.renew(claim);
  expect(await ledger.claim('other', SERVED)).toBeUndefined();
});

describe('onWork', () => {
  const heard = (from: ClaimingLedger) => {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    return { promise, off: from.onWork(resolve) };
  };

  test('calls back after an append, an end and a parking', async () => {
    const appended = heard(ledger);
    await ledger.append(newTurn());
    await appended.promise;
    const parked = heard(ledger);
    await ledger.park(await mustClaim(ledger));
    await parked.promise;
    const finished = heard(ledger);
    await ledger.finish(await mustClaim(ledger), 'delivered');
    await finished.promise;
  });

  test('not for a key known already, nor after unsubscribing', async () => {
    let calls = 0;
    const off = ledger.onWork(() => {
      calls += 1;
    });
    const first = heard(ledger);
    await ledger.append(newTurn({ key: 'same' }));
    await first.promise;
    await ledger.append(newTurn({ key: 'same' }));
    off();
    // Listeners are called in the order they came, so this one is the last to hear.
    const last = heard(ledger);
    await ledger.append(newTurn());
    await last.promise;
    expect(calls).toBe(1);
  });
});

describeFairShares(openSqliteStore);

test('forgetting goes through any number of rows', async () => {
  for (let n = 0; n < 601; n++) {
    await ledger.append(newTurn());
    await ledger.finish(await mustClaim(ledger), 'delivered');
  }
  await store.advanceTime(1);
  expect(await ledger.prune(store.now())).toBe(601);
});

test('a store that fails is looked at again after a pause, not at once', async () => {
  const logged: string[] = [];
  const write = (message: string) => void logged.push(message);
  const over = Promise.withResolvers<void>();
  const dispatcher = ledger.dispatch({
    platforms: ['slack'],
    limit: 1,
    log: { debug: write, info: write, warn: write, error: write, always: write },
    run: async () => {
      await over.promise;
      return { how: 'lost' };
    },
  });
  dispatcher.start();
  await dispatcher.append(newTurn({ thread: 'at work' }));
  await dispatcher.append(newTurn({ thread: 'waits for the place' }));
  await ledger.close();
  over.resolve();
  await store.rest();
  expect(logged).toEqual(['cannot look for work in the ledger']);
});
