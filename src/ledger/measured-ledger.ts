/** The ledger with a stopwatch: how long each kind of write takes until it is on record. */
import type { Metrics } from '../runtime/metrics.ts';
import { isStoreOutage } from '../runtime/store-outage.ts';
import type { Health, Ledger } from './ledger.ts';

const NANOSECONDS = 1e9;

export interface MeasuredLedger extends Ledger {
  /** By the last write, or the last look; asked anew only where that failed. So whoever reads it often writes nothing. */
  lastHealth(): Promise<Health>;
}

export function measuredLedger(ledger: Ledger, { wrote }: Pick<Metrics, 'wrote'>): MeasuredLedger {
  let trouble: string | undefined;

  async function health(): Promise<Health> {
    const found = await ledger.health();
    trouble = found.trouble;
    return found;
  }

  function timed<A extends unknown[], T>(
    kind: string,
    write: (...given: A) => Promise<T>,
  ): (...given: A) => Promise<T> {
    return async (...given) => {
      const began = process.hrtime.bigint();
      try {
        const done = await write(...given);
        trouble = undefined;
        return done;
      } catch (error) {
        if (isStoreOutage(error)) trouble = error instanceof Error ? error.message : String(error);
        throw error;
      } finally {
        wrote(kind, Number(process.hrtime.bigint() - began) / NANOSECONDS);
      }
    };
  }
  return {
    ...ledger,
    health,
    lastHealth: () => (trouble === undefined ? Promise.resolve({ trouble }) : health()),
    begin: timed('begin', ledger.begin),
    append: timed('append', ledger.append),
    advance: timed('advance', ledger.advance),
    finish: timed('finish', ledger.finish),
    requestStop: timed('stop', ledger.requestStop),
    revise: timed('revise', ledger.revise),
    withdraw: timed('withdraw', ledger.withdraw),
    beginSpending: timed('spending', ledger.beginSpending),
    endSpending: timed('spending', ledger.endSpending),
    dispatch(options) {
      const dispatcher = ledger.dispatch(options);
      // It writes by itself, and takes the turn on in the same stroke.
      return { ...dispatcher, append: timed('append', dispatcher.append) };
    },
  };
}
