/** Threads with their projects, and changes that are made together or not at all. */
import { describe, expect, test } from 'vitest';
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

export function describeRecord(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  test.each([
    {},
    { lane: 'immediate', opens: true },
    { counts: 'requests', weight: 3, requester: 'bob', name: 'A film about tea' },
  ] as const)('what an append gives is what is on record: %o', async (over) => {
    const { turn } = await mustAppend(ledger, newTurn(over));
    expect(await ledger.turn(turn.id)).toStrictEqual(turn);
    const next = await mustAppend(ledger, newTurn({ ...over, thread: 'slack:T1:C1:2' }));
    expect(next.turn.order).toBeGreaterThan(turn.order);
  });

  describe('the record of a thread', () => {
    test('holds its place, the name of its first ordered turn, and its project', async () => {
      const place = placeOf('web:local:c:1:2', { platform: 'web', workspace: 'local', ref: '1:2' });
      expect(await ledger.thread(place.key)).toBeUndefined();
      await mustAppend(ledger, newTurn({ thread: place, lane: 'immediate', opens: true }));
      await store.advanceTime(5);
      await mustAppend(ledger, newTurn({ thread: place, name: 'A film about tea' }));
      await store.advanceTime(5);
      await mustAppend(ledger, newTurn({ thread: place, name: 'Slower, please' }));
      expect(await ledger.thread(place.key)).toEqual({
        ...place,
        name: 'A film about tea',
        touchedAt: store.now(),
        project: undefined,
      });
      const claim = await ledger.claim('w', { ...SERVED, platforms: ['web'] });
      if (!claim) throw new Error('nothing to claim');
      await ledger.advance(claim, { project: '{"session":"s"}' });
      expect((await ledger.thread(place.key))?.project).toBe('{"session":"s"}');
    });

    test('a change is written as one: phase, notes, project, render and a turn that follows', async () => {
      await mustAppend(ledger);
      const claim = await mustClaim(ledger);
      const follow = newTurn({ key: 'watch', lane: 'immediate' });
      const all = { project: '{"n":1}', render: newRender(claim), follow };
      await ledger.advance(claim, { phase: 'exporting', notes: '{"n":1}', ...all });
      expect(await ledger.turn(claim.turn.id)).toMatchObject({
        phase: 'exporting',
        notes: '{"n":1}',
      });
      expect((await ledger.thread(claim.turn.thread))?.project).toBe('{"n":1}');
      expect(await ledger.render(toRenderId('render-1'))).toEqual(newRender(claim));
      const watch = await mustClaim(ledger, 'worker', 'immediate');
      expect(watch.turn.key).toBe('watch');
      // Again, after a crash in between: the watching turn is there already.
      await ledger.advance(claim, { follow });
      expect(await ledger.countUnfinished()).toBe(2);
    });

    test.each(['advance', 'finish', 'park'] as const)(
      'of a worker that lost its claim nothing of a change gets through (%s)',
      async (how) => {
        await mustAppend(ledger);
        const lost = await mustClaim(ledger, 'first');
        await store.passLease();
        const claim = await mustClaim(await store.connect(), 'second');
        const change = {
          notes: '{"stale":1}',
          project: '{"stale":1}',
          render: newRender(lost),
          follow: newTurn({ key: 'stale', lane: 'immediate' }),
        };
        const written = {
          advance: () => ledger.advance(lost, change),
          finish: () => ledger.finish(lost, 'failed', change),
          park: () => ledger.park(lost, { change }),
        }[how]();
        await expect(written).rejects.toThrow(ClaimLost);
        expect(await ledger.turn(claim.turn.id)).toEqual(claim.turn);
        expect((await ledger.thread(claim.turn.thread))?.project).toBeUndefined();
        expect(await ledger.render(toRenderId('render-1'))).toBeUndefined();
        expect(await ledger.countUnfinished()).toBe(1);
      },
    );

    test('where one part cannot be written, none is', async () => {
      await mustAppend(ledger, newTurn({ lane: 'immediate' }));
      const claim = await mustClaim(ledger, 'worker', 'immediate');
      // The thread is not on record, so its project can't be.
      const change = { notes: '{"n":1}', project: '{}', render: newRender(claim) };
      await expect(ledger.advance(claim, change)).rejects.toThrow();
      expect((await ledger.turn(claim.turn.id))?.notes).toBe('{}');
      expect(await ledger.render(toRenderId('render-1'))).toBeUndefined();
    });

    test('an end and a parking take their change along', async () => {
      await mustAppend(ledger);
      await ledger.park(await mustClaim(ledger), {
        change: { phase: 'sending', notes: '{"a":1}' },
      });
      const claim = await mustClaim(ledger);
      expect(claim.turn).toMatchObject({ phase: 'sending', notes: '{"a":1}' });
      await ledger.finish(claim, 'delivered', { notes: '{"b":1}', project: '{"v":1}' });
      expect(await ledger.turn(claim.turn.id)).toMatchObject({
        phase: 'delivered',
        notes: '{"b":1}',
      });
      expect((await ledger.thread(claim.turn.thread))?.project).toBe('{"v":1}');
    });
  });

  describe('recent threads', () => {
    const keys = async (over: Partial<Parameters<TestLedger['recent']>[0]> = {}) =>
      (await ledger.recent({ person: 'ada', workspace: 'T1', limit: 10, ...over })).map(
        ({ key }) => key,
      );

    test('are those the person asked something in, the one asked in last first', async () => {
      for (const thread of ['a', 'b', 'c', 'a']) {
        await store.advanceTime(1);
        await mustAppend(ledger, newTurn({ thread }));
      }
      await store.advanceTime(1);
      await mustAppend(ledger, newTurn({ thread: 'b', requester: 'grace' }));
      // A word in passing makes a thread nobody's project.
      await mustAppend(ledger, newTurn({ thread: 'd', lane: 'immediate', opens: true }));
      expect(await keys()).toEqual(['a', 'c', 'b']);
      expect(await keys({ limit: 2 })).toEqual(['a', 'c']);
      expect(await keys({ person: 'grace' })).toEqual(['b']);
      expect(await keys({ person: 'nobody' })).toEqual([]);
    });

    test('are of one workspace, and of one channel or platform where that is asked', async () => {
      await mustAppend(ledger, newTurn({ thread: placeOf('one', { channel: 'C2' }) }));
      await mustAppend(ledger, newTurn({ thread: placeOf('two', { workspace: 'T2' }) }));
      await mustAppend(ledger, newTurn({ thread: placeOf('three', { platform: 'web' }) }));
      expect((await keys()).toSorted()).toEqual(['one', 'three']);
      expect(await keys({ channel: 'C2' })).toEqual(['one']);
      expect(await keys({ platforms: ['web'] })).toEqual(['three']);
      expect(await keys({ workspace: 'T2' })).toEqual(['two']);
    });

    test('took part in a thread has who asked something in it, whatever came since; a passer-by has not', async () => {
      await mustAppend(ledger, newTurn({ thread: 'old' }));
      for (let n = 0; n < 30; n += 1) await mustAppend(ledger, newTurn({ thread: `new-${n}` }));
      const refused = newTurn({ thread: 'old', requester: 'joan' });
      await ledger.append(refused, { maxWaiting: 1 });
      const passing = newTurn({ thread: 'old', requester: 'grace', lane: 'immediate' });
      await mustAppend(ledger, passing);
      const who = ['ada', 'joan', 'grace'];
      const took = await Promise.all(
        who.map((person) => ledger.tookPart(toThreadKey('old'), person)),
      );
      expect(took).toEqual([true, false, false]);
      expect(await ledger.tookPart(toThreadKey('never'), 'ada')).toBe(false);
      const others = await Promise.all(
        who.map((person) => ledger.othersTookPart(toThreadKey('old'), person)),
      );
      expect(others).toEqual([false, true, true]);
      expect(await ledger.othersTookPart(toThreadKey('never'), 'ada')).toBe(false);
    });
  });

  describe('what is begun before there is a turn', () => {
    test('is begun by the first with its key alone, in all processes, until it is forgotten', async () => {
      const other = await store.connect();
      const begun = await Promise.all([ledger, other, ledger].map((on) => on.begin('modal')));
      expect(begun.filter(Boolean)).toHaveLength(1);
      expect(await other.begin('another')).toBe(true);
      await ledger.prune(store.now() + 1);
      expect(await other.begin('modal')).toBe(true);
    });
  });

  describe('claims and crashes', () => {
    test('only a claim that was not given up counts as a crash', async () => {
      await mustAppend(ledger);
      const first = await mustClaim(ledger);
      expect(first).toMatchObject({ crashes: 0, resumed: false });
      await ledger.park(first);
      for (let n = 0; n < 15; n += 1) {
        const again = await mustClaim(ledger);
        expect(again).toMatchObject({ crashes: 0, resumed: true });
        await ledger.park(again, { notBefore: store.now() });
      }
      await mustClaim(ledger);
      await store.passLease();
      expect((await mustClaim(ledger)).crashes).toBe(1);
      await store.passLease();
      const last = await mustClaim(ledger);
      expect(last.crashes).toBe(2);
      await ledger.park(last);
      expect((await mustClaim(ledger)).crashes).toBe(2);
    });

    test('a turn parked until later is not claimed before, and holds its thread meanwhile', async () => {
      const { turn } = await mustAppend(ledger);
      await mustAppend(ledger);
      await ledger.park(await mustClaim(ledger), { notBefore: store.now() + 5_000 });
      await store.advanceTime(4_999);
      expect(await ledger.claim('w', SERVED)).toBeUndefined();
      await store.advanceTime(1);
      expect((await mustClaim(ledger)).turn.id).toBe(turn.id);
    });

    test('turns of platforms that are not served are left alone, and keep nobody else waiting', async () => {
      await mustAppend(ledger, newTurn({ thread: placeOf('far', { platform: 'discord' }) }));
      const { turn } = await mustAppend(ledger, newTurn({ thread: 'near' }));
      expect((await mustClaim(ledger)).turn.id).toBe(turn.id);
      expect(await ledger.claim('w', SERVED)).toBeUndefined();
      expect(await ledger.claim('w', { ...SERVED, platforms: [] })).toBeUndefined();
      const claim = await ledger.claim('w', { ...SERVED, platforms: ['web', 'discord'] });
      expect(claim?.turn.platform).toBe('discord');
    });
  });

  test('health: a store that can be written has no trouble, a closed one has', async () => {
    expect(await ledger.health()).toEqual({ trouble: undefined });
    await ledger.close();
    expect((await ledger.health()).trouble).toBeDefined();
  });
}
