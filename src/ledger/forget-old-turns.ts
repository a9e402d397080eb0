/** Finished turns are kept for a while: for redelivered events, retries and quotas. Older ones are forgotten. */
import type { Log } from '../runtime/log.ts';
import type { Ledger } from './ledger.ts';

const DAY_MS = 86_400_000;
const PRUNE_EVERY_MS = 3_600_000;

/** Gives what ends it. */
export function forgetOldTurns(
  ledger: Pick<Ledger, 'prune'>,
  keepDays: number,
  log: Log,
): () => void {
  const forget = (): void => {
    ledger
      .prune(Date.now() - keepDays * DAY_MS)
      .catch((error) => log.error('old turns could not be forgotten', { error }));
  };
  // At once, too: a process that is started anew every day would never come to it.
  forget();
  const pruning = setInterval(forget, PRUNE_EVERY_MS);
  return () => clearInterval(pruning);
}
