/** Giving turns to work: one run per claim, stops and losses that are heard, an end that comes. */
import { describe, expect, test } from 'vitest';
import {
  type ClaimedTurn,
  EARLIER_RUN_MS,
  Interrupted,
  type RunOutcome,
} from '../../../src/ledger/dispatch.ts';
import { type Arrival, ClaimLost } from '../../../src/ledger/ledger.ts';
import type { Log } from '../../../src/runtime/log.ts';
import {
  LEASE_MS,
  type LedgerStore,
  mustAppend,
  mustClaim,
  newTurn,
  placeOf,
  SERVED,
  type TestLedger,
  useStore,
} from '../support.ts';

/** A run that a test holds in its hands. */
interface Run {
  readonly shift: ClaimedTurn;
  readonly key: string;
  end(outcome?: RunOutcome): void;
  readonly why: () => string | undefined;
}

export function describeDispatch(open: () => Promise<LedgerStore>): void {
  let store: LedgerStore;
  let ledger: TestLedger;
  useStore(open, (fresh) => {
    ({ store, ledger } = fresh);
  });

  function dispatch(on: TestLedger = ledger, limit = 10) {
    const runs: Run[] = [];
    const logged: string[] = [];
    const log = recorder(logged);
    const dispatcher = on.dispatch({
      platforms: ['slack'],
      limit,
      log,
      run: (shift) =>
        new Promise<RunOutcome>((resolve) => {
          const end = (outcome: RunOutcome = { how: 'lost' }) => resolve(outcome);
          const why = () => {
            const reason: unknown = shift.signal.reason;
            return reason instanceof Interrupted ? reason.why : undefined;
          };
          runs.push({ shift, key: shift.claim.turn.key, end, why });
        }),
    });
    const finish = async (run: Run) => {
      await on.finish(run.shift.claim, 'delivered');
      run.end({ how: 'finished' });
      await store.rest();
    };
    const append = async (arrival: Arrival) => {
      await dispatcher.append(arrival);
      await store.rest();
    };
    return { dispatcher, runs, logged, finish, append, keys: () => runs.map(({ key }) => key) };
  }

  const mustRun = ({ runs }: { readonly runs: readonly Run[] }, nth: number): Run => {
    const run = runs[nth];
    if (!run) throw new Error(`there is no run ${nth}`);
    return run;
  };

  describe('dispatch', () => {
    test('runs what is there at the start, what is appended, and what waits behind it', async () => {
      await mustAppend(ledger, newTurn({ key: 'before' }));
      const desk = dispatch();
      desk.dispatcher.start();
      await store.rest();
      await desk.append(newTurn({ key: 'behind' }));
      await desk.append(newTurn({ key: 'beside', thread: 'elsewhere' }));
      expect(desk.keys()).toEqual(['before', 'beside']);
      await desk.finish(mustRun(desk, 0));
      expect(desk.keys()).toEqual(['before', 'beside', 'behind']);
      expect(desk.dispatcher.running()).toBe(2);
    });

    test('no more than the limit run, also of a burst that is appended at the same time', async () => {
      const desk = dispatch(ledger, 2);
      desk.dispatcher.start();
      await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((thread) => desk.dispatcher.append(newTurn({ thread }))),
      );
      await store.rest();
      expect(desk.runs).toHaveLength(2);
      await desk.finish(mustRun(desk, 0));
      expect(desk.runs).toHaveLength(3);
      expect(desk.dispatcher.running()).toBe(2);
    });

    test('turns of other platforms are left to others', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await mustAppend(ledger, newTurn({ thread: placeOf('far', { platform: 'web' }) }));
      await store.advanceTime(LEASE_MS);
      expect(desk.runs).toEqual([]);
    });

    test('a claim is kept alive as long as its turn runs', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const other = await store.connect();
      for (let n = 0; n < 20; n += 1) {
        await store.advanceTime(LEASE_MS / 4);
        expect(await other.claim('other', SERVED)).toBeUndefined();
      }
      expect(desk.runs).toHaveLength(1);
    });

    /** One turn at work here that this process has claimed a second time after a stall. */
    async function stalledTwice() {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn({ key: 'stalled' }));
      // All timers stood still for longer than the lease; the look comes before the renewal.
      await store.passLease();
      await mustAppend(ledger, newTurn({ thread: 'elsewhere', key: 'wakes it' }));
      await store.rest();
      return desk;
    }

    test('after a stall the turn that comes back aborts its earlier run, begins when that has ended, and neither ends the other’s entry', async () => {
      const desk = await stalledTwice();
      const old = mustRun(desk, 0);
      expect(old.why()).toBe('claim-lost');
      // What the earlier run has on its way may still arrive: two at a time would say it twice.
      expect(desk.keys()).toEqual(['stalled', 'wakes it']);
      expect(desk.dispatcher.running()).toBe(3);
      old.end();
      await store.rest();
      expect(desk.keys()).toEqual(['stalled', 'wakes it', 'stalled']);
      expect(desk.dispatcher.running()).toBe(2);
      const fresh = mustRun(desk, 2);
      expect(fresh.shift.claim).toMatchObject({ resumed: true, turn: { key: 'stalled' } });
      expect(fresh.why()).toBeUndefined();
      // The one that is left can still be stopped.
      expect(desk.dispatcher.stop(fresh.shift.claim.turn.id)).toBe(true);
      expect(fresh.why()).toBe('stop');
    });

    test('an earlier run that ignores its signal is waited for, but not for ever; the claim is kept alive meanwhile', async () => {
      const desk = await stalledTwice();
      const other = await store.connect();
      const steps = Math.floor((EARLIER_RUN_MS - 1_000) / (LEASE_MS / 4));
      for (let n = 0; n < steps; n += 1) {
        await store.advanceTime(LEASE_MS / 4);
        expect(await other.claim('other', SERVED)).toBeUndefined();
      }
      expect(desk.keys()).toEqual(['stalled', 'wakes it']);
      await store.advanceTime(EARLIER_RUN_MS - steps * (LEASE_MS / 4));
      expect(desk.keys()).toEqual(['stalled', 'wakes it', 'stalled']);
      expect(desk.logged).toEqual(['an earlier run of a turn does not end; it goes on without it']);
      // The deaf one is no part of it any more.
      mustRun(desk, 0).end();
      await store.rest();
      expect(desk.dispatcher.running()).toBe(2);
    });

    test('a stop that is said while the earlier run is waited for is heard', async () => {
      const desk = await stalledTwice();
      const old = mustRun(desk, 0);
      expect(desk.dispatcher.stop(old.shift.claim.turn.id)).toBe(true);
      expect(old.why()).toBe('claim-lost');
      old.end();
      await store.rest();
      expect(mustRun(desk, 2).why()).toBe('stop');
    });

    test('a turn that is lost to another worker while its earlier run is waited for does not begin', async () => {
      const desk = await stalledTwice();
      await desk.finish(mustRun(desk, 1));
      await store.passLease();
      const other = await store.connect();
      await mustClaim(other, 'other');
      await store.advanceTime(LEASE_MS / 2);
      mustRun(desk, 0).end();
      await store.rest();
      expect(desk.keys()).toEqual(['stalled', 'wakes it']);
      expect(desk.dispatcher.running()).toBe(0);
    });

    test('a turn that another worker took over is interrupted at the next renewal', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      await store.passLease();
      await mustClaim(await store.connect(), 'other');
      await store.advanceTime(LEASE_MS / 2);
      expect(desk.runs).toHaveLength(1);
      expect(mustRun(desk, 0).why()).toBe('claim-lost');
    });

    test('a stop from another process is heard at the next renewal, by that turn alone', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn({ thread: 'a' }));
      await desk.append(newTurn({ thread: 'b' }));
      const other = await store.connect();
      await other.requestStop(mustRun(desk, 1).shift.claim.turn.id, 'ada');
      await store.advanceTime(LEASE_MS / 2);
      expect(desk.runs.map((run) => run.why())).toEqual([undefined, 'stop']);
    });

    test('a turn parked until later runs again then, and not before', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const change = { notes: '{"waits":1}' };
      mustRun(desk, 0).end({ how: 'parked', notBefore: store.now() + 10_000, change });
      await store.advanceTime(9_000);
      expect(desk.runs).toHaveLength(1);
      await store.advanceTime(2_000);
      const { claim } = mustRun(desk, 1).shift;
      expect(claim).toMatchObject({ crashes: 0, resumed: true, turn: change });
    });

    test('the one that was parked for the shortest time is not left to the next round', async () => {
      await mustAppend(ledger, newTurn({ key: 'long', thread: 'one' }));
      await mustAppend(ledger, newTurn({ key: 'short', thread: 'other' }));
      const desk = dispatch();
      desk.dispatcher.start();
      await store.rest();
      // Of two threads the runs may begin in either order.
      for (const { key, end } of [...desk.runs])
        end({ how: 'parked', notBefore: store.now() + (key === 'long' ? 5_000 : 100) });
      await store.rest();
      expect(desk.keys().toSorted()).toEqual(['long', 'short']);
      // Rounds come once in a second.
      await store.advanceTime(150);
      expect(desk.keys()).toHaveLength(3);
      expect(desk.keys().at(-1)).toBe('short');
    });

    test('putting a turn down waits for a store that takes no writes: it is no crash', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const takeWrites = store.refuseWrites();
      mustRun(desk, 0).end({ how: 'parked' });
      await store.advanceTime(2_000);
      expect(desk.logged.join()).toContain('cannot put a turn down');
      expect(desk.dispatcher.running()).toBe(1);
      takeWrites();
      await store.advanceTime(2_000);
      const { claim } = mustRun(desk, 1).shift;
      expect(claim).toMatchObject({ crashes: 0, resumed: true });
    });

    test('a shutdown does not wait for such a store for longer than the grace', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const takeWrites = store.refuseWrites();
      const drained = desk.dispatcher.drain(3_000);
      mustRun(desk, 0).end({ how: 'parked' });
      await store.advanceTime(5_000);
      await drained;
      takeWrites();
    });

    test('a turn is confirmed as its own without asking, and by asking when the lease may be over', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const { shift } = mustRun(desk, 0);
      expect(await shift.confirm()).toBe(true);
      await store.stall(LEASE_MS);
      // Nobody has come for it: the lease goes on from here.
      expect(await shift.confirm()).toBe(true);
      const other = await store.connect();
      expect(await other.claim('other', SERVED)).toBeUndefined();
      await store.passLease();
      await mustClaim(other, 'other');
      await expect(shift.confirm()).rejects.toThrow(ClaimLost);
      await expect(shift.confirm()).rejects.toThrow(ClaimLost);
    });

    test('a turn counts as its own while the store cannot tell, unless somebody may have taken it', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const run = mustRun(desk, 0);
      const takeWrites = store.refuseWrites();
      await store.stall(LEASE_MS);
      const confirmed = run.shift.confirm().catch((error: unknown) => error);
      await store.advanceTime(LEASE_MS);
      if (store.unheard === 'kept') {
        expect(await confirmed).toBe(false);
        expect(run.why()).toBeUndefined();
      } else {
        expect(await confirmed).toBeInstanceOf(ClaimLost);
        expect(run.why()).toBe('claim-lost');
      }
      takeWrites();
    });

    test('a claim that cannot be renewed is given up before its lease ends where somebody may take it', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      await desk.append(newTurn());
      const run = mustRun(desk, 0);
      const takeWrites = store.refuseWrites();
      await store.advanceTime(LEASE_MS * 0.7);
      expect(await run.shift.confirm()).toBe(true);
      expect(run.why()).toBeUndefined();
      await store.advanceTime(LEASE_MS * 0.25);
      expect(run.why()).toBe(store.unheard === 'kept' ? undefined : 'claim-lost');
      takeWrites();
    });

    test('a shutdown lets go what is hurried at once, the unhurried after the grace, and gives up on the deaf', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      for (const thread of ['quick', 'streaming', 'deaf']) {
        await desk.append(newTurn({ thread, key: thread }));
      }
      const [quick, streaming, deaf] = [0, 1, 2].map((nth) => mustRun(desk, nth));
      const held = Promise.withResolvers<void>();
      const stream = streaming?.shift.finishBeforeShutdown(() => held.promise);
      let over = false;
      const drained = desk.dispatcher.drain(10_000).then(() => {
        over = true;
      });
      await store.rest();
      expect([quick?.why(), streaming?.why(), deaf?.why()]).toEqual([
        'shutdown',
        undefined,
        'shutdown',
      ]);
      quick?.end({ how: 'parked' });
      await store.advanceTime(9_999);
      expect(streaming?.why()).toBeUndefined();
      await store.advanceTime(1);
      expect(streaming?.why()).toBe('shutdown');
      held.resolve();
      await stream;
      streaming?.end({ how: 'parked' });
      expect(over).toBe(false);
      await store.advanceTime(2_000);
      await drained;
      expect(desk.logged.join()).toContain('ignored the shutdown');
      await desk.append(newTurn({ thread: 'late' }));
      await store.advanceTime(LEASE_MS);
      expect(desk.runs).toHaveLength(3);
    });

    test('a run that fails is put down, and its turn comes back as a crash', async () => {
      let tries = 0;
      const logged: string[] = [];
      const dispatcher = ledger.dispatch({
        platforms: ['slack'],
        limit: 1,
        log: recorder(logged),
        run: async ({ claim }) => {
          tries += 1;
          if (tries === 1) throw new Error('poison');
          await ledger.finish(claim, 'failed');
          return { how: 'finished' };
        },
      });
      dispatcher.start();
      await dispatcher.append(newTurn());
      await store.advanceTime(2 * LEASE_MS);
      expect(logged.join()).toContain('a turn was put down');
      expect(tries).toBe(2);
    });

    test('however many late renders are watched, a word like stop is heard', async () => {
      const desk = dispatch();
      desk.dispatcher.start();
      const watched = Array.from({ length: 12 }, (_, n) => `watch ${n}`);
      for (const key of watched)
        await desk.dispatcher.append(newTurn({ key, thread: key, lane: 'immediate' }));
      await desk.append(newTurn({ key: 'stop', lane: 'immediate' }));
      expect(desk.keys().toSorted()).toEqual(['stop', ...watched].toSorted());
    });

    test('words that are answered at once run beside the limit', async () => {
      const desk = dispatch(ledger, 1);
      desk.dispatcher.start();
      await desk.append(newTurn({ key: 'work' }));
      await desk.append(newTurn({ key: 'more work', thread: 'elsewhere' }));
      await desk.append(newTurn({ key: 'status', lane: 'immediate' }));
      await mustAppend(ledger, newTurn({ key: 'stop', lane: 'immediate' }));
      await store.rest();
      expect(desk.keys()).toEqual(['work', 'status', 'stop']);
    });
  });
}

function recorder(lines: string[]): Log {
  const write = (message: string) => void lines.push(message);
  return { debug: write, info: write, warn: write, error: write, always: write };
}
