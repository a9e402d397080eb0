/** Records by whose they are: counted, listed, and forgotten so that nothing of them comes back. */
import { describe, expect, test } from 'vitest';
import { FORGOTTEN, QUOTA_KEPT_MS } from '../../../src/ledger/forgetting.ts';
import { ClaimLost } from '../../../src/ledger/ledger.ts';
import { toRenderId, toThreadKey } from '../../../src/runtime/ids.ts';
import {
  type LedgerStore,
  mustAppend,
  mustClaim,
  newRender,
  newTurn,
  placeOf,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

const TEA = toThreadKey('slack:T1:C1:1');
const BREAD = toThreadKey('slack:T1:C1:2');
const AWAY = placeOf('slack:T10:C1:1', { workspace: 'T10' });

export function describeForgetting(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  /** A turn of the thread, finished, with a render and what it spent. */
  async function made(over: Parameters<typeof newTurn>[0]) {
    const { turn } = await mustAppend(ledger, newTurn(over));
    const claim = await mustClaim(ledger);
    expect(claim.turn.id).toBe(turn.id);
    const account = 'account';
    await ledger.beginSpending({ turn: turn.id, thread: turn.thread, account }, 1_000);
    await ledger.endSpending({ turn: turn.id, thread: turn.thread, account }, { was: 9, is: 2 });
    await ledger.finish(claim, 'delivered', {
      project: '{"title":"tea"}',
      render: newRender(claim, { id: toRenderId(`of ${turn.key}`) }),
    });
    return turn;
  }

  describe('forgetting', () => {
    test('what there is of a thread, a person, a workspace is counted and listed, and nobody else’s', async () => {
      await made({ key: 'a', requester: 'ada' });
      await made({ key: 'b', requester: 'bob' });
      await made({ key: 'c', requester: 'ada', thread: BREAD });
      await made({ key: 'd', requester: 'ada', thread: AWAY });
      const workspace = { platform: 'slack', workspace: 'T1' };
      const ada = { platform: 'slack', person: 'ada' };
      const counts = (threads: number, turns: number) => ({ threads, turns, renders: turns });
      expect(await ledger.onRecord({ thread: TEA })).toEqual(counts(1, 2));
      expect(await ledger.onRecord({ thread: TEA, person: 'bob' })).toEqual(counts(1, 1));
      expect(await ledger.onRecord(ada)).toEqual(counts(3, 3));
      expect(await ledger.onRecord(workspace)).toEqual(counts(2, 3));
      expect(await ledger.onRecord({ platform: 'discord', person: 'ada' })).toEqual(counts(0, 0));
      expect(await ledger.threadsOf(workspace, '', 10)).toEqual([TEA, BREAD]);
      expect(await ledger.threadsOf(workspace, TEA, 10)).toEqual([BREAD]);
      expect(await ledger.threadsOf(ada, '', 2)).toEqual([AWAY.key, TEA]);
      const [first, ...more] = await ledger.turnsOf(ada, 0, 10);
      expect([first, ...more].map((turn) => turn?.key)).toEqual(['a', 'c', 'd']);
      expect((await ledger.turnsOf(ada, first?.order ?? 0, 1)).map(({ key }) => key)).toEqual([
        'c',
      ]);
    });

    test('a thread is gone with its turns, renders and project; its keys are known still, and it begins anew', async () => {
      const turn = await made({ key: 'a' });
      const other = await made({ key: 'b', thread: BREAD });
      await ledger.erase(TEA);
      expect(await ledger.knows(TEA)).toBe(false);
      expect(await ledger.thread(TEA)).toBeUndefined();
      expect(await ledger.turn(turn.id)).toBeUndefined();
      expect(await ledger.render(toRenderId('of a'))).toBeUndefined();
      expect(await ledger.renders(TEA)).toEqual([]);
      expect(await ledger.onRecord({ thread: TEA })).toEqual({ threads: 0, turns: 0, renders: 0 });
      expect(await ledger.spent({ thread: TEA })).toMatchObject({ credits: 0 });
      expect((await ledger.spent({ account: 'account', since: 0 })).credits).toBe(14);
      const again = await ledger.append(newTurn({ key: 'a' }));
      expect(again).toMatchObject({ outcome: 'known', turn: { payload: '{}', thread: FORGOTTEN } });
      expect(await ledger.knows(TEA)).toBe(false);
      await mustAppend(ledger, newTurn());
      expect((await ledger.thread(TEA))?.project).toBeUndefined();
      expect((await ledger.turn(other.id))?.key).toBe('b');
      expect((await ledger.thread(BREAD))?.project).toBeDefined();
      // Once more it does no harm.
      await ledger.erase(TEA);
      await ledger.erase(TEA);
    });

    test('who is at work on it writes nothing more, and what waits is not given out', async () => {
      await ledger.append(newTurn());
      await ledger.append(newTurn());
      await ledger.append(newTurn({ lane: 'immediate' }));
      const claim = await mustClaim(ledger);
      expect(await ledger.openOf({ thread: TEA })).toHaveLength(3);
      await ledger.erase(TEA);
      expect(await ledger.openOf({ thread: TEA })).toEqual([]);
      const change = { project: '{}', render: newRender(claim), notes: '{"words":"tea"}' };
      await expect(ledger.advance(claim, change)).rejects.toBeInstanceOf(ClaimLost);
      await expect(ledger.finish(claim, 'delivered', change)).rejects.toBeInstanceOf(ClaimLost);
      await expect(ledger.park(claim)).rejects.toBeInstanceOf(ClaimLost);
      await expect(ledger.renew(claim)).rejects.toBeInstanceOf(ClaimLost);
      expect(await ledger.knows(TEA)).toBe(false);
      await store.passLease();
      expect(await ledger.claim('another', SERVED)).toBeUndefined();
      expect(await ledger.claim('another', { ...SERVED, lane: 'immediate' })).toBeUndefined();
      expect(await ledger.countUnfinished()).toBe(0);
      const { turn } = await mustAppend(ledger, newTurn());
      expect((await mustClaim(ledger)).turn.id).toBe(turn.id);
    });

    test('one person’s part of a shared thread goes, and the others’ stays with the project', async () => {
      const hers = await made({ key: 'a', requester: 'ada', name: 'tea' });
      const his = await made({ key: 'b', requester: 'bob' });
      await ledger.erase(TEA, 'ada');
      expect(await ledger.turn(hers.id)).toBeUndefined();
      expect(await ledger.turn(his.id)).toMatchObject({ key: 'b' });
      expect(await ledger.tookPart(TEA, 'ada')).toBe(false);
      expect(await ledger.thread(TEA)).toMatchObject({ project: '{"title":"tea"}' });
      expect((await ledger.thread(TEA))?.name).toBeUndefined();
      await ledger.erase(TEA, 'bob');
      expect(await ledger.knows(TEA)).toBe(false);
    });

    test('a quota is not given back; whose it was is forgotten when no quota asks any more', async () => {
      await made({ key: 'a', counts: 'requests' });
      await ledger.erase(TEA);
      const used = { requester: 'ada', counts: 'requests', since: 0 } as const;
      expect(await ledger.used(used)).toBe(1);
      await store.stall(QUOTA_KEPT_MS + 1);
      await ledger.prune(0);
      expect(await ledger.used(used)).toBe(0);
      expect((await ledger.append(newTurn({ key: 'a' }))).outcome).toBe('known');
    });
  });
}
