/**
 * Twelve over SQLite, and those of them that are the engine's over PostgreSQL, too, beside its own. Each changes one thing that is said or written, from outside: at the ledger's port, in a
 * statement of its store, or at the backend's port. A change that finds nothing to change says so.
 */
import { z } from 'zod';
import type { AppendRules, Claim, Ledger, TurnChange } from '../../src/ledger/ledger.ts';
import { RunUncertain, Unreachable } from '../../src/nemo/errors.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import type { Planted } from './planted.ts';
import { postgresFaults } from './postgres/planted-faults.ts';
import { type PlantedPlan, rewritten } from './rewritten.ts';
import type { StoreName } from './store.ts';
import type { Worker } from './world.ts';

const KILLS = { kill: 1 / 40, kills: 6 };

export const plantedFaults = (store: StoreName): Planted[] => [
  ...ofTheEngine(),
  ...(store === 'sqlite' ? sqliteFaults() : postgresFaults()),
];

function ofTheEngine(): Planted[] {
  return [
    held('sent mark after the send', {
      breaks: 'nothing is paid twice',
      from: 1,
      faults: KILLS,
      holds: ({ phase }) => phase === 'sending',
    }),
    held('answer posted before it is on record', {
      breaks: 'on record before it is said',
      from: 1,
      holds: ({ phase }) => phase === 'answered',
    }),
    stopByThread(),
    quotaOutside(),
    passingAsDefinite(),
    held('render id not on record before submit', {
      breaks: 'on record before it is ordered',
      from: 1,
      holds: ({ phase, render }, open) =>
        render?.phase === 'submitting' || (open && phase === 'exporting' && !render),
    }),
    forgetfulBatch(),
  ];
}

function sqliteFaults(): Planted[] {
  return [
    rewritten('claim out of order', {
      breaks: 'one after the other',
      from: 1,
      was: 'AND earlier.seq < turns.seq',
      is: 'AND earlier.seq < turns.seq AND 0',
    }),
    rewritten('double claim', {
      breaks: 'one holder',
      from: 1,
      mostEvents: 400,
      was: 'turns.lease_until <= :now AND',
      is: '',
    }),
    rewritten('lease not renewed', {
      breaks: 'a living worker keeps its claims',
      from: 1,
      mostEvents: 3_000,
      was: 'UPDATE turns SET lease_until = :until WHERE',
      is: 'UPDATE turns SET lease_until = lease_until + 0 * :until WHERE',
    }),
    lostWakeUp(),
    rewritten('park that raises the crash count', {
      breaks: 'nobody is given up for no reason',
      from: 1,
      faults: { chatAway: [{ from: 10_000, to: 3_000_000 }], until: 3_600_000, store: [] },
      was: 'owner = NULL, lease_until = 0, not_before = :notBefore',
      is: 'owner = NULL, lease_until = 0, not_before = :notBefore, crashes = crashes + 1',
    }),
  ];
}

interface Holding extends PlantedPlan {
  /** `open`: something of this turn is held back already. */
  readonly holds: (change: TurnChange, open: boolean) => boolean;
}

/** What is to be written before a deed is written with what comes after it. */
function held(name: string, { holds, ...common }: Holding): Planted {
  let found = false;
  return {
    name,
    ...common,
    ledger(ledger) {
      const kept = new Map<string, TurnChange>();
      const release = (claim: Claim, change: TurnChange | undefined): TurnChange => {
        const before = kept.get(claim.turn.id);
        kept.delete(claim.turn.id);
        return { ...before, ...change };
      };
      return {
        ...ledger,
        async advance(claim, change) {
          const before = kept.get(claim.turn.id);
          if (!holds(change, before !== undefined)) {
            return ledger.advance(claim, release(claim, change));
          }
          found = true;
          kept.set(claim.turn.id, { ...before, ...change });
        },
        finish(claim, end, change) {
          const { phase: _, ...rest } = release(claim, change);
          return ledger.finish(claim, end, rest);
        },
        park: (claim, how) => ledger.park(claim, { ...how, change: release(claim, how?.change) }),
      };
    },
    inPlace: () => found,
  };
}

function lostWakeUp(): Planted {
  let found = false;
  return {
    name: 'lost wake-up',
    breaks: 'work begins at once',
    from: 1,
    faults: { kills: 0, stalls: 0, store: [], jumps: [], shutdowns: [] },
    microtasks(run) {
      // What libraries leave for later is none of the ledger's listeners.
      if (run.name !== 'wake') return true;
      found = true;
      return false;
    },
    inPlace: () => found,
  };
}

/** Whatever runs in the thread by the time the mark is written. */
function stopByThread(): Planted {
  let found = false;
  return {
    name: 'stop by thread',
    breaks: 'stop ends what it was said about',
    from: 1,
    stops: true,
    ledger: (ledger, worker) => ({
      ...ledger,
      async requestStop(turnId, by) {
        found = true;
        const meant = await ledger.turn(turnId);
        await pause(worker, 30_000);
        const [head] = meant ? await ledger.unfinished(meant.thread) : [];
        return head && ledger.requestStop(head.id, by);
      },
    }),
    inPlace: () => found,
  };
}

const pause = (worker: Worker, ms: number): Promise<void> =>
  new Promise((resolve) => worker.time.after(ms, worker, resolve));

/** Counted first, written afterwards. */
function quotaOutside(): Planted {
  let found = false;
  return {
    name: 'quota outside the transaction',
    breaks: 'the quota holds',
    from: 31,
    dailyTurns: 1,
    ledger: (ledger, worker) => ({
      ...ledger,
      dispatch(options) {
        const dispatcher = ledger.dispatch(options);
        return {
          ...dispatcher,
          async append(arrival, { caps = [], ...others }: AppendRules = {}) {
            for (const { counts, since, limit } of caps) {
              if (counts !== arrival.counts) continue;
              found = true;
              const used = await ledger.used({ requester: arrival.requester, counts, since });
              if (used + (arrival.weight ?? 1) > limit)
                return { outcome: 'over-quota', used, left: Math.max(0, limit - used) };
              await pause(worker, 50);
            }
            return dispatcher.append(arrival, others);
          },
        };
      },
    }),
    inPlace: () => found,
  };
}

/** No answer is taken for "never sent", so that the message is sent again. */
function passingAsDefinite(): Planted {
  let found = false;
  return {
    name: 'retry of a passing error as if definite',
    breaks: 'nothing is paid twice',
    from: 1,
    faults: { lost: 0.1 },
    nemo: (nemo: Nemo): Nemo => ({
      ...nemo,
      async *run(sessionId, text, options) {
        try {
          yield* nemo.run(sessionId, text, options);
        } catch (error) {
          if (!(error instanceof RunUncertain)) throw error;
          found = true;
          throw new Unreachable('run_sse', 'no connection', { neverSent: true, isOutage: true });
        }
      },
    }),
    inPlace: () => found,
  };
}

const batchNotes = z.looseObject({
  batch: z.looseObject({ made: z.array(z.number()) }).optional(),
});

function forgetfulBatch(): Planted {
  let found = false;
  const without = (notes: string | undefined): string | undefined => {
    if (notes === undefined) return undefined;
    const all = batchNotes.parse(JSON.parse(notes));
    if (!all.batch || all.batch.made.length === 0) return notes;
    found = true;
    return JSON.stringify({ ...all, batch: { ...all.batch, made: [] } });
  };
  const forgetting = (ledger: Ledger): Ledger => ({
    ...ledger,
    advance: (claim, change) => ledger.advance(claim, { ...change, notes: without(change.notes) }),
    finish: (claim, end, change) =>
      ledger.finish(claim, end, { ...change, notes: without(change?.notes) }),
  });
  return {
    name: 'a batch that forgets what is made',
    breaks: 'nothing is paid twice',
    from: 100,
    faults: { lost: 0.1 },
    batches: true,
    ledger: forgetting,
    inPlace: () => found,
  };
}
