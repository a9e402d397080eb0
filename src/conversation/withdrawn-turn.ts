/** The end of a turn whose message was taken back before anything had come of it: nothing is said, nothing stays. */
import type { RunOutcome } from '../ledger/dispatch.ts';
import { Withdrawn } from '../ledger/ledger.ts';
import { ChatError, MessageGone } from '../platforms/chat.ts';
import { finishTurn } from './finish-turn.ts';
import type { Notes } from './notes.ts';
import type { Progress } from './progress.ts';
import type { TurnContext } from './turn-context.ts';

/** Nothing has left for the agent, of one video or of several. */
export const isUnsent = ({ phase, batch }: Notes): boolean =>
  (phase === 'accepted' || phase === 'preparing') && !batch?.made.length;

/** Asked of the record where the turn was only told to stop: a withdrawal stops it, too. */
export async function isWithdrawn(turn: TurnContext, cause: unknown): Promise<boolean> {
  if (!isUnsent(turn.notes)) return false;
  if (turn.turn.withdrawn || cause instanceof Withdrawn || cause instanceof MessageGone)
    return true;
  return (await turn.deps.ledger.turn(turn.turn.id))?.withdrawn === true;
}

export async function endWithdrawn(
  turn: TurnContext,
  progress: Progress | undefined,
): Promise<RunOutcome> {
  await progress?.silence();
  const { statusId, noticeId } = turn.notes;
  for (const id of [statusId, noticeId]) {
    if (!id) continue;
    await turn.thread.delete(id).catch((error: unknown) => {
      // What is refused for good is no reason to keep the turn.
      if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
    });
  }
  return finishTurn(turn, 'stopped', { weight: { of: 0, caps: [] } });
}
