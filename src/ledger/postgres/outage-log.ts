/** What the log hears of a database that is away: one line when that begins and one when it is over, whoever met it. */
import type { Timers } from '../../runtime/clock.ts';
import type { Log } from '../../runtime/log.ts';

export interface OutageLog {
  /** Somebody was told that the database is not available, or has lost a connection. */
  failed(error: unknown): void;
  /** A statement was answered. */
  answered(): void;
}

/** Only what has answered so long without a failure is back: between them it is one outage. */
const QUIET_MS = 2_000;

export function createOutageLog(log: Log, timers: Pick<Timers, 'monotonic'>): OutageLog {
  let began: number | undefined;
  let answeredSince: number | undefined;
  return {
    failed(error) {
      answeredSince = undefined;
      if (began !== undefined) return;
      began = timers.monotonic();
      log.error('the database of the ledger does not answer', { error });
    },
    answered() {
      if (began === undefined) return;
      const now = timers.monotonic();
      answeredSince ??= now;
      if (now - answeredSince < QUIET_MS) return;
      const seconds = Math.round(answeredSince - began) / 1_000;
      log.warn('the database of the ledger answers again', { seconds });
      began = undefined;
      answeredSince = undefined;
    },
  };
}
