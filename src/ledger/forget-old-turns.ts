/** Finished turns are kept for a while: for redelivered events, retries and quotas. Older ones are forgotten. */
import type { Log } from '../runtime/log.ts';
import type { TakeTurns } from '../state/turn-taking.ts';
import type { Ledger } from './ledger.ts';

const DAY_MS = 86_400_000;
const PRUNE_EVERY_MS = 3_600_000;
/** One process does it for all that share the record; their hours do not begin at the same moment. */
const RECENT_MS = PRUNE_EVERY_MS - 300_000;

const DUE_EVERY_MS = 60_000;
/** Their minutes do not begin at the same moment either. */
const DUE_RECENT_MS = DUE_EVERY_MS - 10_000;

/** What was asked to be forgotten and was not, and what is due by now; one process looks, for all. Gives what ends it. */
export function forgetWhatIsDue(
  forgetDue: () => Promise<void>,
  takeTurns: TakeTurns,
  log: Log,
): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = (): void => {
    takeTurns('erasures', forgetDue, { unlessSince: Date.now() - DUE_RECENT_MS, signal }).catch(
      (error) => {
        if (!signal.aborted)
          log.error('what is to be forgotten could not be looked for', { error });
      },
    );
  };
  look();
  const looking = setInterval(look, DUE_EVERY_MS);
  return () => {
    clearInterval(looking);
    stopping.abort(new Error('the bot is stopping'));
  };
}

/** Gives what ends it. */
export function forgetOldTurns(
  ledger: Pick<Ledger, 'prune'>,
  takeTurns: TakeTurns,
  keepDays: number,
  log: Log,
): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const forget = (): void => {
    const now = Date.now();
    takeTurns('forget-old-turns', async () => void (await ledger.prune(now - keepDays * DAY_MS)), {
      unlessSince: now - RECENT_MS,
      signal,
    }).catch((error) => {
      if (!signal.aborted) log.error('old turns could not be forgotten', { error });
    });
  };
  // At once, too: a process that is started anew every day would never come to it.
  forget();
  const pruning = setInterval(forget, PRUNE_EVERY_MS);
  return () => {
    clearInterval(pruning);
    stopping.abort(new Error('the bot is stopping'));
  };
}
