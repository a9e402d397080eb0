/** A turn at its end: on record, and the next message of the thread is called. */
import type { RunOutcome } from '../ledger/dispatch.ts';
import type { End, TurnChange } from '../ledger/ledger.ts';
import { mayCost } from './budgets/budgets.ts';
import { warnOfBudgets } from './budgets/warn.ts';
import { endedAs, writeNotes } from './notes.ts';
import type { TurnContext } from './turn-context.ts';

export async function finishTurn(
  turn: TurnContext,
  end: End,
  along: Pick<TurnChange, 'weight'> = {},
): Promise<RunOutcome> {
  const { ledger, metrics, clock } = turn.deps;
  await turn.cost.leave();
  if (mayCost(turn.job.task)) await warnOfBudgets(turn);
  await ledger.finish(turn.claim, end, { notes: writeNotes(endedAs(turn.notes, end)), ...along });
  if (turn.turn.lane === 'ordered') turn.deps.balance.spent();
  if (turn.turn.lane === 'ordered')
    void turn.deps.waitingMarks
      .takeFromNext(turn.turn.thread, turn.thread)
      .catch((error) => turn.deps.log.error('the next message could not be looked up', { error }));
  metrics.turnEnded(turn.thread.ref.platform, end, clock.elapsed(turn.turn.acceptedAt) / 1000);
  return { how: 'finished' };
}
