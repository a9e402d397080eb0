/** The ledger with a stopwatch: how long each kind of write takes until it is on record. */
import type { Metrics } from '../runtime/metrics.ts';
import type { Ledger } from './ledger.ts';

const NANOSECONDS = 1e9;

export function measuredLedger(ledger: Ledger, { wrote }: Pick<Metrics, 'wrote'>): Ledger {
  function timed<A extends unknown[], T>(
    kind: string,
    write: (...given: A) => Promise<T>,
  ): (...given: A) => Promise<T> {
    return async (...given) => {
      const began = process.hrtime.bigint();
      try {
        return await write(...given);
      } finally {
        wrote(kind, Number(process.hrtime.bigint() - began) / NANOSECONDS);
      }
    };
  }
  return {
    ...ledger,
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
