/** What is kept, for how long, and across closing. */
import { describe, expect, test } from 'vitest';
import { toRenderId, toThreadKey } from '../../../src/runtime/ids.ts';
import {
  LEASE_MS,
  type LedgerStore,
  mustAppend,
  mustClaim,
  newRender,
  newTurn,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

export function describeKeeping(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  describe('renders', () => {
    test('are saved under the claim, found by id, and listed newest first', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      const old = newRender(claim, { id: toRenderId('old'), createdAt: store.now() - 10 });
      const twin1 = newRender(claim, { id: toRenderId('twin-1') });
      const twin2 = newRender(claim, {
        id: toRenderId('twin-2'),
        url: 'https://cdn.example/v.mp4',
      });
      for (const render of [twin1, old, twin2]) await ledger.advance(claim, { render });
      expect(await ledger.render(toRenderId('twin-2'))).toEqual(twin2);
      expect(await ledger.renders(claim.turn.thread)).toEqual([twin2, twin1, old]);
      expect(await ledger.renders(toThreadKey('elsewhere'))).toEqual([]);
    });

    test('saving again replaces the progress', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { render: newRender(claim) });
      const ready = newRender(claim, { phase: 'ready', url: 'https://cdn.example/v', polls: 7 });
      await ledger.advance(claim, { render: ready });
      expect(await ledger.renders(claim.turn.thread)).toEqual([{ ...ready, version: 1 }]);
    });

    test('what it was ordered of stays as it was', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      const ordered = newRender(claim, { draft: 'a hash', resolution: '1080p' });
      await ledger.advance(claim, { render: ordered });
      await ledger.advance(claim, { render: { ...ordered, draft: 'another', phase: 'ready' } });
      expect(await ledger.render(toRenderId('render-1'))).toEqual({
        ...ordered,
        phase: 'ready',
        version: 1,
      });
    });

    test('another turn of the thread may go on with a render of an ended turn', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { render: newRender(claim, { phase: 'rendering', polls: 10 }) });
      await ledger.finish(claim, 'delivered');
      await ledger.append(newTurn({ lane: 'immediate' }));
      const watcher = await mustClaim(ledger, 'worker', 'immediate');
      const ready = newRender(watcher, { phase: 'ready', polls: 14 });
      const taking = { turn: claim.turn.id, phase: 'rendering' } as const;
      await ledger.advance(watcher, { render: ready, taking });
      expect(await ledger.render(toRenderId('render-1'))).toEqual({ ...ready, version: 1 });
    });
  });

  describe('prune', () => {
    const finishOne = async (over: Parameters<typeof newTurn>[0] = {}) => {
      await ledger.append(newTurn(over));
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, {
        render: newRender(claim, { id: toRenderId(`render of ${claim.turn.key}`) }),
      });
      await ledger.finish(claim, 'delivered');
      return claim.turn;
    };

    test('forgets old finished turns and their renders, and keeps what is newer', async () => {
      const old = await finishOne({ key: 'old' });
      await store.advanceTime(LEASE_MS);
      const young = await finishOne({ key: 'young' });
      const { turn: bare } = await mustAppend(ledger, newTurn());
      await ledger.finish(await mustClaim(ledger), 'failed');
      expect(await ledger.prune(store.now())).toBe(2);
      expect(await ledger.turn(old.id)).toBeUndefined();
      expect(await ledger.render(toRenderId('render of old'))).toBeUndefined();
      expect(await ledger.turn(young.id)).toBeDefined();
      expect(await ledger.turn(bare.id)).toBeDefined();
      expect(await ledger.render(toRenderId('render of young'))).toBeDefined();
      expect(await ledger.prune(store.now())).toBe(0);
      expect((await ledger.append(newTurn({ key: 'old' }))).outcome).toBe('new');
    });

    test('never touches an unfinished turn, nor a render its thread may be waiting for', async () => {
      const ended = await finishOne({ key: 'ended' });
      const { turn } = await mustAppend(ledger, newTurn({ lane: 'immediate' }));
      await store.advanceTime(LEASE_MS);
      expect(await ledger.prune(store.now())).toBe(0);
      expect(await ledger.turn(turn.id)).toEqual(turn);
      expect(await ledger.render(toRenderId('render of ended'))).toMatchObject({ turn: ended.id });
    });

    test('a thread stays known when its turns are forgotten', async () => {
      const { thread } = await finishOne();
      await store.advanceTime(1);
      await ledger.prune(store.now());
      expect(await ledger.unfinished(thread)).toEqual([]);
      expect(await ledger.knows(thread)).toBe(true);
    });
  });

  describe('store', () => {
    test('everything is there after closing and opening again', async () => {
      await ledger.append(newTurn({ key: 'kept' }));
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { phase: 'exporting', notes: '{"n":1}' });
      await ledger.advance(claim, { render: newRender(claim) });
      await ledger.close();

      const reopened = await store.connect();
      expect(await reopened.claim('worker', SERVED)).toBeUndefined();
      await reopened.renew(claim);
      expect(await reopened.turn(claim.turn.id)).toMatchObject({ phase: 'exporting', key: 'kept' });
      expect(await reopened.render(toRenderId('render-1'))).toEqual(newRender(claim));
      expect((await reopened.append(newTurn({ key: 'kept' }))).outcome).toBe('known');
    });

    test('a closed ledger rejects; closing twice is fine', async () => {
      await ledger.close();
      await ledger.close();
      await expect(ledger.append(newTurn())).rejects.toThrow();
      await expect(ledger.claim('worker', SERVED)).rejects.toThrow();
      await expect(ledger.knows(toThreadKey('thread'))).rejects.toThrow();
    });
  });
}
