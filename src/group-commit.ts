/**
 * Writes that come close together share one transaction, and so one flush to disk. Each is
 * still settled only when it is on disk, and fails alone: when one of them throws, the transaction is
 * rolled back and they are run again one by one.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './sqlite.ts';

export interface GroupCommit {
  /** `work` only reads and writes the database: it may be run twice. */
  write<T>(work: () => T): Promise<T>;
  /** Runs what is waiting, now. */
  flush(): void;
}

interface Job {
  /** Runs the work; what it returns settles the job once the commit is through. */
  run(): () => void;
  fail(error: unknown): void;
}

/** Milliseconds between two flushes under load. */
const GATHER_MS = 12;

export function createGroupCommit(db: DatabaseSync): GroupCommit {
  let waiting: Job[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;

  /** At once after a pause; under load a little later, so that more of them share the flush. */
  function schedule(): void {
    const due = flushedAt + GATHER_MS - performance.now();
    if (due > 0) setTimeout(flush, due);
    else setImmediate(flush);
  }

  function flush(): void {
    const jobs = waiting;
    waiting = [];
    flushedAt = performance.now();
    if (jobs.length === 0) return;
    try {
      const settle = inTransaction(db, () => jobs.map((job) => job.run()));
      for (const done of settle) done();
    } catch (error) {
      if (jobs.length === 1) jobs[0]?.fail(error);
      else for (const job of jobs) alone(job);
    }
  }

  function alone(job: Job): void {
    try {
      inTransaction(db, () => job.run())();
    } catch (error) {
      job.fail(error);
    }
  }

  return {
    flush,
    write: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({
          run() {
            const result = work();
            return () => resolve(result);
          },
          fail: reject,
        });
        if (waiting.length === 1) schedule();
      }),
  };
}
