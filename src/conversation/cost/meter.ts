/**
 * What one turn spends: from a look at the balance before anything leaves that may cost to one behind its answer. The
 * first look is kept in memory, so that a crash in between leaves nothing to tell; who else spends meanwhile is on
 * record, in the store. No look is waited for longer than a moment, and none fails a turn.
 */
import { isEnd, type Ledger, type Measured, type Turn } from '../../ledger/ledger.ts';
import { NemoError } from '../../nemo/errors.ts';
import type { Credits, Nemo } from '../../nemo/nemo.ts';
import type { Clock, Timers } from '../../runtime/clock.ts';
import { withDeadline, within } from '../../runtime/deadline.ts';
import type { TurnId } from '../../runtime/ids.ts';
import type { Log } from '../../runtime/log.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { BudgetLimits, Waits } from '../../settings/settings.ts';
import { type Payer, paysPrivately } from '../accounts/payer.ts';
import { hasLimits } from '../budgets/budgets.ts';
import type { Sample } from './averages.ts';
import type { Costs } from './estimate.ts';

/** What the backend may be at for the turn. */
type Job = 'run' | 'render';
export type Work = Pick<Sample, 'kind' | 'seconds' | 'videos'>;

export interface CostMeter {
  /** Puts on record that the turn spends from now on, and for what, and begins to look at the balance. Rejects as the record does. */
  begin(work: Work): Promise<void>;
  /** The balance before; undefined where it is not there within a moment. */
  before(): Promise<Credits | undefined>;
  /** Something leaves that may cost: a look that is not over by now comes too late. */
  leaves(job: Job): void;
  /** The backend is certain not to be at it any more. */
  isOver(job: Job): void;
  /** It certainly did not take it: nothing was spent for that. */
  turnedAway(job: Job): void;
  /** What it was, where that is known: from this the next one like it is estimated. */
  was(work: Work): void;
  /** At the end of a turn that came to its end by itself: what it cost, where that is certain. */
  close(): Promise<number | undefined>;
  /** At any other end: the account is free for others again, where nothing more can come of the turn. */
  leave(): Promise<void>;
  /** What another turn left behind is over: so is its spending, unless it is at work still. */
  release(from: TurnId): Promise<void>;
}

export interface Metered {
  readonly turn: Pick<Turn, 'id' | 'thread'>;
  readonly startedAt: () => number | undefined;
  readonly deps: {
    readonly nemo: Pick<Nemo, 'account' | 'credits'>;
    readonly payer: Payer;
    readonly ledger: Pick<Ledger, 'beginSpending' | 'endSpending' | 'turn'>;
    readonly costs: Pick<Costs, 'learn' | 'estimate'>;
    readonly clock: Clock;
    readonly timers: Timers;
    readonly log: Log;
    readonly rules: {
      readonly costNotes: boolean;
      readonly budgets: BudgetLimits;
      readonly waits: Pick<Waits, 'streamMax'>;
    };
  };
}

/** Real milliseconds that the turn waits for the first look, beside its own look at the state, and for the last. */
const MOMENT_MS = 1_500;
const LAST_MOMENT_MS = 2_000;
/** Of a turn that was given up nobody knows whether the backend goes on: so many of the longest runs, and a real minimum. */
const LONGEST_RUNS = 3;
const LEAST_MS = 60_000;

export function openMeter({ turn, startedAt, deps }: Metered): CostMeter {
  const { nemo, ledger, costs, clock, timers, log, rules } = deps;
  const own = paysPrivately(deps.payer);
  const spending = { turn: turn.id, thread: turn.thread, account: nemo.account, own };
  const running = new Set<Job>();
  let state: 'idle' | 'begun' | 'left' | 'over' = 'idle';
  let looking: Promise<Credits | undefined> = Promise.resolve(undefined);
  let known: Credits | undefined;
  let work: Work | undefined;
  /** How often something left that may have been taken. */
  let taken = 0;
  const counts = hasLimits(rules.budgets);

  /** Undefined: it could not be had, or its backend did not say it in numbers. Never rejects. */
  async function look(ms: number): Promise<Credits | undefined> {
    if (!rules.costNotes && !counts) return undefined;
    try {
      const credits = await withDeadline({ ms, timers }, (signal) => nemo.credits(signal));
      return credits.guessed ? undefined : credits;
    } catch (error) {
      const isExpected = error instanceof NemoError || error instanceof DOMException;
      log[isExpected ? 'debug' : 'error']('the balance could not be had for a cost note', {
        turn: turn.id,
        error,
      });
      return undefined;
    }
  }

  /** Undefined where the store is away: what is not told then is missed by nobody. */
  async function unlessAway<T>(write: () => Promise<T>): Promise<T | undefined> {
    try {
      return await write();
    } catch (error) {
      if (!isStoreOutage(error)) throw error;
      log.warn('what a turn has cost could not be written down', { turn: turn.id, error });
      return undefined;
    }
  }

  const end = (measured: Measured | undefined): Promise<number | undefined> => {
    state = 'over';
    return unlessAway(() => ledger.endSpending(spending, measured));
  };

  /** Undefined also where what was learnt cannot be read: then nothing counts until it is measured. */
  async function expectedFor(wanted: Work): Promise<number | undefined> {
    const estimate = await unlessAway(() => costs.estimate(nemo.account)(wanted));
    return estimate?.credits;
  }

  async function learn(credits: number): Promise<void> {
    const begun = startedAt();
    // That nothing was taken yet for what costs says nothing of the next one.
    if (!work || begun === undefined || (credits === 0 && work.kind !== 'export')) return;
    const sample = { ...work, credits, minutes: clock.elapsed(begun) / 60_000 };
    await unlessAway(() => costs.learn(nemo.account, sample));
  }

  return {
    async begin(wanted) {
      if (state !== 'idle') return;
      const expected = counts ? await expectedFor(wanted) : undefined;
      const longest = clock.in(LONGEST_RUNS * rules.waits.streamMax) - clock.now();
      await ledger.beginSpending({ ...spending, expected }, Math.max(LEAST_MS, longest));
      state = 'begun';
      looking = look(LAST_MOMENT_MS).then((credits) => {
        if (state === 'begun') known = credits;
        return credits;
      });
    },
    before: () => within(MOMENT_MS, undefined, () => looking, timers),
    leaves(job) {
      state = 'left';
      taken += 1;
      running.add(job);
    },
    isOver: (job) => void running.delete(job),
    turnedAway(job) {
      if (!running.delete(job)) return;
      taken -= 1;
      if (state === 'left' && taken === 0) state = 'begun';
    },
    was(it) {
      work = it;
    },
    async close() {
      if (state === 'idle' || state === 'over' || running.size > 0) return undefined;
      if (state === 'begun') {
        await end('nothing');
        return undefined;
      }
      const after = known && (await look(LAST_MOMENT_MS));
      // What is set aside is for work in progress, which will be charged, and not for this turn alone.
      const isQuiet = known?.frozen === 0 && after?.frozen === 0;
      const credits = await end(
        known && after && isQuiet ? { was: known.available, is: after.available } : undefined,
      );
      if (credits !== undefined) await learn(credits);
      return rules.costNotes ? credits : undefined;
    },
    async leave() {
      if (state === 'idle' || state === 'over' || running.size > 0) return;
      await end(state === 'begun' ? 'nothing' : undefined);
    },
    async release(from) {
      await unlessAway(async () => {
        const other = await ledger.turn(from);
        if (other && !isEnd(other.phase)) return;
        await ledger.endSpending({ ...spending, turn: from }, undefined);
      });
    },
  };
}
