/** Gives turns to work to this process: pg-boss hands out jobs, the fence on the turn's row says whose the turn is. */
import { randomUUID } from 'node:crypto';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Timers } from '../../runtime/clock.ts';
import { sleepOn } from '../../runtime/clock.ts';
import { within } from '../../runtime/deadline.ts';
import type { TurnId } from '../../runtime/ids.ts';
import { type Dispatcher, type DispatchOptions, MOST_IMMEDIATE } from '../dispatch.ts';
import type { Claim, Lane, Ledger } from '../ledger.ts';
import { createAlarm } from '../periodic.ts';
import { createRunningTurns } from '../running-turns.ts';
import { type Jobs, jobData, queueOf } from './jobs.ts';
import { createPlaces } from './places.ts';
import type { Attempt, Taken } from './turns.ts';

/** So long a job that is on its way is waited for. */
const ON_ITS_WAY_MS = 5_000;

/** Between tries to begin, while the database cannot be reached. */
const AGAIN_MS = 1_000;

export interface DispatcherOptions extends DispatchOptions {
  readonly boss: PgBoss;
  readonly jobs: Jobs;
  readonly ledger: Pick<Ledger, 'append' | 'park'>;
  readonly leaseMs: number;
  readonly timers: Timers;
  /** Undefined: the turn has ended, or is somebody else's by now. */
  readonly take: (job: Attempt, owner: string) => Promise<Taken | undefined>;
  readonly renew: (claim: Claim) => Promise<{ readonly stopRequested: boolean }>;
  /**
   * Calls back with the turn that was stopped somewhere, and each time that it hears of them again; the returned function
   * ends it.
   */
  readonly onStop: (
    onTold: (turn: TurnId) => void,
    onHearing: () => void,
  ) => Promise<() => Promise<void>>;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { boss, jobs, platforms, timers, log, limit, take } = options;
  const owner = `${process.pid} ${randomUUID()}`;
  /** For the first of the turns that were put off here; of those of other processes the next look tells. */
  const alarm = createAlarm(timers, () => {
    for (const each of places) each.look();
  });
  const runs = createRunningTurns({ ...options, unheard: 'lost', parked: alarm.set });
  const queues = platforms.flatMap((platform) =>
    (['immediate', 'ordered'] as const).map((lane) => ({ name: queueOf(lane, platform), lane })),
  );
  let stopHearing = async (): Promise<void> => {};
  let starting = Promise.resolve();
  const ending = new AbortController();

  const places = queues.map(({ name, lane }) =>
    createPlaces({
      boss,
      queue: name,
      most: lane === 'ordered' ? limit : MOST_IMMEDIATE,
      ending: ending.signal,
      run: (job) => run(job, lane),
    }),
  );

  async function run(job: JobWithMetadata<unknown>, lane: Lane): Promise<void> {
    const asked = runs.leaseFromNow();
    const { turn: id } = jobData.parse(job.data);
    const { startedOn, retryCount: attempt } = job;
    const taken = await take({ id, lane, attempt, startedOn }, owner);
    if (!taken) return;
    const { claim, agedMs } = taken;
    // It began with the job and not here: this process may have stood still in between.
    const lease = { wall: asked.wall - agedMs, monotonic: asked.monotonic - agedMs };
    const lost = () => runs.lost(claim);
    job.signal.addEventListener('abort', lost, { once: true });
    try {
      // Else pg-boss would complete the job of a turn that has not ended. It gives it out again, where it is still its.
      const how = await runs.begin(claim, lease);
      if (how !== 'over') throw new Error(`the run of the turn was ${how}`);
    } finally {
      job.signal.removeEventListener('abort', lost);
    }
  }

  async function begin(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        stopHearing = await options.onStop(
          (turn) => void runs.stop(turn),
          // What was told while nobody heard it stands on the turns.
          () => void runs.renewAll(),
        );
        for (const platform of platforms) await jobs.ready(platform);
        for (const each of places) await each.open();
        return;
      } catch (error) {
        log.error('cannot begin to look for work in the ledger', { error });
        await stopHearing();
        await sleepOn(timers).sleep(AGAIN_MS);
      }
    }
  }

  return {
    start() {
      runs.accept();
      starting = begin();
    },
    append: (arrival, rules) => options.ledger.append(arrival, rules),
    stop: runs.stop,
    running: runs.count,
    async drain(graceMs) {
      ending.abort();
      // Each place ends when its turn has been put down, also one that was on its way here: a job that nobody heard of
      // would be held until its heartbeat is missed.
      const closed = starting.then(() => Promise.all(places.map((each) => each.close())));
      await runs.drain(graceMs, () => starting);
      // A turn that ignores its signal keeps its place for good.
      if (runs.count() === 0) await within(ON_ITS_WAY_MS, undefined, () => closed, timers);
      alarm.callOff();
      await stopHearing();
    },
  };
}
