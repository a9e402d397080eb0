/** Leases and fences: whose turn it is, and who may write. */
import { describe, expect, test } from 'vitest';
import { ClaimLost } from '../../../src/ledger/ledger.ts';
import { toRenderId, toTurnId } from '../../../src/runtime/ids.ts';
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

export function describeClaims(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  describe('claims', () => {
    test('a claimed turn is not claimed again while its lease is renewed', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger, 'first');
      for (let n = 0; n < 3; n++) {
        await store.advanceTime(LEASE_MS - 1);
        expect(await ledger.claim('second', SERVED)).toBeUndefined();
        await ledger.renew(claim);
      }
    });

    test('when the lease has run out another worker takes over, with a higher fence and the notes', async () => {
      await ledger.append(newTurn());
      const lost = await mustClaim(ledger, 'first');
      await ledger.advance(lost, { phase: 'sending', notes: '{"session":"s"}' });
      await store.passLease();
      const claim = await mustClaim(await store.connect(), 'second');
      expect(claim.turn).toEqual({ ...lost.turn, phase: 'sending', notes: '{"session":"s"}' });
      expect(claim.owner).toBe('second');
      expect(claim.fence).toBeGreaterThan(lost.fence);
    });

    test('who was taken over can write nothing any more', async () => {
      await ledger.append(newTurn());
      const lost = await mustClaim(ledger, 'first');
      await store.passLease();
      // The same name again: a restarted process must not pass for its predecessor.
      const claim = await mustClaim(ledger, 'first');

      await expect(ledger.renew(lost)).rejects.toThrow(ClaimLost);
      await expect(ledger.advance(lost, { phase: 'sending' })).rejects.toThrow(ClaimLost);
      await expect(ledger.finish(lost, 'failed')).rejects.toThrow(ClaimLost);
      await expect(ledger.park(lost)).rejects.toThrow(ClaimLost);
      await expect(ledger.advance(lost, { render: newRender(lost) })).rejects.toThrow(ClaimLost);
      expect(await ledger.render(toRenderId('render-1'))).toBeUndefined();
      const follow = newTurn({ lane: 'immediate' });
      for (const change of [{ project: '{"n":1}' }, { follow }, {}])
        await expect(ledger.advance(lost, change)).rejects.toThrow(ClaimLost);
      expect((await ledger.thread(lost.turn.thread))?.project).toBeUndefined();
      expect((await ledger.append(follow)).outcome).toBe('new');
      expect(await ledger.turn(claim.turn.id)).toEqual(claim.turn);
      await ledger.renew(claim);
      expect((await mustAppend(ledger)).ahead).toBe(1);
    });

    test('a parked turn goes on at once, in the phase it was left in', async () => {
      await ledger.append(newTurn());
      const parked = await mustClaim(ledger, 'first');
      await ledger.advance(parked, { phase: 'exporting', notes: '{"render":"r"}' });
      await ledger.park(parked);
      await expect(ledger.renew(parked)).rejects.toThrow(ClaimLost);
      const claim = await mustClaim(ledger, 'second');
      expect(claim.turn).toMatchObject({ phase: 'exporting', notes: '{"render":"r"}' });
      expect(claim.fence).toBeGreaterThan(parked.fence);
    });

    test('after its end a turn takes no more writes', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      await ledger.finish(claim, 'stopped', { notes: '{"why":"asked"}' });
      await expect(ledger.renew(claim)).rejects.toThrow(ClaimLost);
      await expect(ledger.finish(claim, 'delivered')).rejects.toThrow(ClaimLost);
      await expect(ledger.park(claim)).rejects.toThrow(ClaimLost);
      const turn = await ledger.turn(claim.turn.id);
      expect(turn).toMatchObject({ phase: 'stopped', notes: '{"why":"asked"}' });
      expect(turn?.payload).toBe(claim.turn.payload);
    });

    test('advance writes what is given and leaves the rest', async () => {
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      await ledger.advance(claim, { phase: 'preparing' });
      await ledger.advance(claim, { notes: '{"n":1}' });
      const written = { phase: 'preparing', notes: '{"n":1}' };
      expect(await ledger.turn(claim.turn.id)).toMatchObject(written);
    });

    test('several connections draining the same turns share them without overlap', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 30; n++) {
        ids.push((await mustAppend(ledger, newTurn({ thread: `t${n % 10}` }))).turn.id);
      }
      const drained: string[] = [];
      const drain = async (connection: TestLedger, owner: string) => {
        for (;;) {
          const claim = await connection.claim(owner, SERVED);
          if (!claim) return;
          drained.push(claim.turn.id);
          await connection.finish(claim, 'delivered');
        }
      };
      const others = await Promise.all([store.connect(), store.connect()]);
      await Promise.all([ledger, ...others].map((each, n) => drain(each, `w${n}`)));
      expect(drained.toSorted()).toEqual(ids.toSorted());
      expect(await ledger.countUnfinished()).toBe(0);
    });
  });

  describe('stop', () => {
    test('the owner of the running turn hears of it at the next renewal', async () => {
      const { turn } = await mustAppend(ledger, newTurn());
      await ledger.append(newTurn());
      const claim = await mustClaim(ledger);
      expect(await ledger.renew(claim)).toEqual({ stopRequested: false });
      const other = await store.connect();
      expect(await other.requestStop(turn.id, 'grace')).toEqual({
        ...turn,
        stopRequested: true,
        stopBy: 'grace',
      });
      expect(await ledger.renew(claim)).toEqual({ stopRequested: true });
      await ledger.finish(claim, 'stopped');
      expect((await mustClaim(ledger)).turn.stopRequested).toBe(false);
    });

    test('a turn that waits for a worker is claimed with the request on it', async () => {
      const { turn } = await mustAppend(ledger, newTurn());
      await ledger.requestStop(turn.id, 'ada');
      expect((await mustClaim(ledger)).turn.stopRequested).toBe(true);
    });

    test('it is the turn named that is stopped, and no other, also when it has ended', async () => {
      expect(await ledger.requestStop(toTurnId('nobody'), 'ada')).toBeUndefined();
      const first = await mustAppend(ledger);
      const second = await mustAppend(ledger);
      await ledger.finish(await mustClaim(ledger), 'delivered');
      expect(await ledger.requestStop(first.turn.id, 'ada')).toBeUndefined();
      expect((await ledger.turn(first.turn.id))?.stopRequested).toBe(false);
      const running = await mustClaim(ledger);
      expect(running.turn.id).toBe(second.turn.id);
      expect(await ledger.renew(running)).toEqual({ stopRequested: false });
    });
  });
}
