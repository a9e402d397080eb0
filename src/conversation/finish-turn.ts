/** A turn at its end: on record, and the next message of the thread is called. */
import type { RunOutcome } from '../ledger/dispatch.ts';
import type { End, TurnChange } from '../ledger/ledger.ts';
import { readJob } from './job.ts';
import { endedAs, writeNotes } from './notes.ts';
import type { TurnContext } from './turn-context.ts';

export async function finishTurn(
  turn: TurnContext,
  end: End,
  along: Pick<TurnChange, 'weight'> = {},
): Promise<RunOutcome> {
  const { ledger, metrics, clock } = turn.deps;
  await ledger.finish(turn.claim, end, { notes: writeNotes(endedAs(turn.notes, end)), ...along });
  if (turn.turn.lane === 'ordered') turn.deps.balance.spent();
  void callNext(turn).catch((error) =>
    turn.deps.log.error('the next message could not be looked up', { error }),
  );
  metrics.turnEnded(turn.thread.ref.platform, end, clock.elapsed(turn.turn.acceptedAt) / 1000);
  return { how: 'finished' };
}

/** The next message of the thread has waited long enough: its 🕓 goes. */
async function callNext({ deps, turn, thread }: TurnContext): Promise<void> {
  if (turn.lane !== 'ordered' || !thread.capabilities.react) return;
  const [next] = await deps.ledger.unfinished(turn.thread);
  const messageId = next && readJob(next.payload).message.messageId;
  if (!messageId) return;
  deps.bestEffort.run(turn.thread, `queued ${messageId}`, () =>
    thread.unreact(messageId, 'queued'),
  );
}
