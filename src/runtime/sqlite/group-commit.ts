/**
 * Writes that come close together share one transaction, and so one flush to disk. Each is settled
 * only when it is on disk. One that throws fails alone; when the database itself says no, the group
 * fails or waits as one, so that a busy or full database costs each flush a single short try.
 */
import type { DatabaseSync } from 'node:sqlite';
import { machineTimers, type Timers } from '../clock.ts';
import { StoreUnavailable } from '../store-outage.ts';
import { isBusy, isDatabaseTrouble } from './database.ts';

export interface GroupCommit {
  /**
   * `work` only reads and writes the database: it may be run twice. Rejects with `StoreUnavailable`
   * when the database took no writes; whether this one is on disk is not known then.
   * `canWait`: nobody waits for it, so it goes with the next write, or by itself a little later.
   */
  write<T>(work: () => T, how?: { readonly canWait: boolean }): Promise<T>;
  /** Runs what is waiting, now. */
  flush(): void;
}

/** What a read throws where the database as a whole is what failed. */
export function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toldOf(error, 'read');
  }
}

export interface GroupCommitOptions {
  /** How long a write waits for a database that another process holds. */
  readonly patienceMs: number;
  readonly timers?: Timers;
}

interface PendingWrite {
  readonly since: number;
  /** Runs the work; what it returns settles the job once the commit is through. */
  run(): () => void;
  fail(error: unknown): void;
}

/** Milliseconds between two flushes under load. */
const GATHER_MS = 12;
/**
 * Of the writes per flush, averaged over the last few: from here on gathering saves flushes. A lone conversation brings
 * two at most, the end of its last turn and its next message. What changes nothing is none of them: Slack tells of a
 * mention in two events at once, of which the second finds the key on record.
 */
const WORTH_GATHERING = 2.1;
const WEIGHT_OF_LAST = 0.25;
/** Between tries to get hold of a database that another process writes to. */
const PAUSE_MS = 15;

export function createGroupCommit(
  db: DatabaseSync,
  { patienceMs, timers = machineTimers }: GroupCommitOptions,
): GroupCommit {
  let waiting: PendingWrite[] = [];
  let scheduled = false;
  /** The flush of those that can wait. */
  let unhurried: (() => void) | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let perFlush = 1;
  const changes = db.prepare('SELECT total_changes() AS n');

  /**
   * At once after a pause, and as long as each flush carries one write: a lone conversation waits for
   * nothing. Where they carry several, a little later, so that more of them share it.
   */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const due = flushedAt + GATHER_MS - timers.monotonic();
    if (perFlush >= WORTH_GATHERING && due > 0) timers.after(due, flushScheduled);
    else timers.soon(flushScheduled);
  }

  function flushScheduled(): void {
    scheduled = false;
    flush();
  }

  function scheduleUnhurried(): void {
    if (scheduled) return;
    unhurried ??= timers.after(GATHER_MS, flush);
  }

  function flush(): void {
    const jobs = waiting;
    waiting = [];
    unhurried?.();
    unhurried = undefined;
    if (jobs.length === 0) return;
    let done: readonly (() => void)[];
    try {
      begin();
      done = run(jobs);
      db.exec('COMMIT');
    } catch (error) {
      rollBack();
      if (isBusy(error)) putOff(jobs, error);
      else failAll(jobs, error);
      return;
    } finally {
      flushedAt = timers.monotonic();
    }
    for (const each of done) each();
  }

  function begin(): void {
    // Left open by a rollback that failed.
    if (db.isTransaction) db.exec('ROLLBACK');
    db.exec('BEGIN IMMEDIATE');
  }

  function rollBack(): void {
    try {
      // A full disk, for one, has rolled back already.
      if (db.isTransaction) db.exec('ROLLBACK');
    } catch {
      // The next flush begins by trying again.
    }
  }

  /** In the open transaction; a second time apart from each other when one of them threw. */
  function run(jobs: readonly PendingWrite[]): readonly (() => void)[] {
    try {
      return counted(jobs);
    } catch (error) {
      if (isDatabaseTrouble(error)) throw error;
    }
    db.exec('ROLLBACK');
    db.exec('BEGIN IMMEDIATE');
    return jobs.map(apart);
  }

  function counted(jobs: readonly PendingWrite[]): readonly (() => void)[] {
    // Of so few it makes no difference how many have changed something.
    if (jobs.length < WORTH_GATHERING) {
      perFlush += (jobs.length - perFlush) * WEIGHT_OF_LAST;
      return jobs.map((job) => job.run());
    }
    let before = changes.get()?.['n'];
    let wrote = 0;
    const done = jobs.map((job) => {
      const settle = job.run();
      const after = changes.get()?.['n'];
      if (after !== before) wrote += 1;
      before = after;
      return settle;
    });
    if (wrote > 0) perFlush += (wrote - perFlush) * WEIGHT_OF_LAST;
    return done;
  }

  /** Throws only where the database is what failed. */
  function apart(job: PendingWrite): () => void {
    db.exec('SAVEPOINT job');
    try {
      const done = job.run();
      db.exec('RELEASE job');
      return done;
    } catch (error) {
      if (isDatabaseTrouble(error)) throw error;
      db.exec('ROLLBACK TO job');
      db.exec('RELEASE job');
      return () => job.fail(error);
    }
  }

  function putOff(jobs: readonly PendingWrite[], error: unknown): void {
    const now = timers.monotonic();
    const [late, early] = [jobs.filter(isLate), jobs.filter((job) => !isLate(job))];
    failAll(late, error);
    waiting = [...early, ...waiting];
    if (waiting.length === 0 || scheduled) return;
    scheduled = true;
    timers.after(PAUSE_MS, flushScheduled);

    function isLate(job: PendingWrite): boolean {
      return now - job.since >= patienceMs;
    }
  }

  return {
    flush,
    write: (work, { canWait } = { canWait: false }) =>
      new Promise((resolve, reject) => {
        waiting.push({
          since: timers.monotonic(),
          run() {
            const result = work();
            return () => resolve(result);
          },
          fail: reject,
        });
        if (canWait) scheduleUnhurried();
        else schedule();
      }),
  };
}

function toldOf(error: unknown, what: 'read' | 'written'): unknown {
  const reason = error instanceof Error ? error.message : String(error);
  return isDatabaseTrouble(error)
    ? new StoreUnavailable(`the database cannot be ${what}: ${reason}`, { cause: error })
    : error;
}

function failAll(jobs: readonly PendingWrite[], error: unknown): void {
  const told = toldOf(error, 'written');
  for (const job of jobs) job.fail(told);
}
