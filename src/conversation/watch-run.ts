/** One run of a turn, as an operator sees it: its lines of the log by its id, its trace, and what became of its claim. */
import type { ClaimedTurn, RunOutcome } from '../ledger/dispatch.ts';
import { ClaimLost } from '../ledger/ledger.ts';
import { inTurn } from '../runtime/turn-scope.ts';
import type { Deps } from './turn-context.ts';

export async function watchRun(
  { log, metrics, tracer }: Pick<Deps, 'log' | 'metrics' | 'tracer'>,
  { claim }: ClaimedTurn,
  run: () => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const { id, platform, lane, phase } = claim.turn;
  const { crashes } = claim;
  if (crashes > 0) metrics.takenOver(platform);
  const begin =
    tracer && (() => tracer.begin('turn', { 'turn.id': id, platform, lane, phase, crashes }));
  return inTurn(id, begin, async (span) => {
    log.debug('a turn begins', { platform, lane, phase, crashes, trace: span?.traceId });
    try {
      const outcome = await run();
      const { how } = outcome;
      if (how === 'lost') metrics.staleClaim(platform);
      span?.set({ how });
      log.debug('a turn ends here', { how });
      return outcome;
    } catch (error) {
      if (error instanceof ClaimLost) metrics.staleClaim(platform);
      throw error;
    }
  });
}
