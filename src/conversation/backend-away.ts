/** Where only the backend's answer tells how to go on, or nothing has been sent yet, the turn waits for it. */
import { Unreachable } from '../nemo/errors.ts';
import type { Notes } from './notes.ts';
import { BackendAway } from './park-or-fail.ts';
import type { TurnContext } from './turn-context.ts';

/** Product milliseconds, a day. What nobody has heard of for longer is asked for anew, if it is still wanted. */
const MOST_AWAY_MS = 86_400_000;

/** Tells the person, once in a turn, and rejects with `BackendAway`; after a day with the cause, which ends it in words. */
export async function waitForBackend(turn: TurnContext, cause: unknown): Promise<never> {
  const { words, job, deps } = turn;
  const awaySince = turn.notes.awaySince ?? deps.clock.now();
  if (deps.clock.elapsed(awaySince) >= MOST_AWAY_MS) throw cause;
  if (!turn.notes.toldAway)
    await turn.say({ text: words.backendAway, mention: [job.message.author.id] }, 'backend-away');
  if (!turn.notes.toldAway || turn.notes.awaySince === undefined)
    await turn.note({ toldAway: true, awaySince });
  throw new BackendAway({ cause });
}

/**
 * What a step that failed is put down for. A backend that cannot be reached before anything was sent, or between answer and
 * order, has refused nothing: nobody has to ask again, and what was done so far may be done again (steps.ts).
 */
export async function awayInstead(turn: TurnContext, error: unknown): Promise<unknown> {
  const waits = error instanceof Unreachable && error.isOutage && isBetweenRequests(turn.notes);
  if (!waits || turn.signal.aborted) return error;
  return waitForBackend(turn, error).catch((reason: unknown) => reason);
}

/** No request is open that may have been taken. */
function isBetweenRequests(notes: Notes): boolean {
  switch (notes.phase) {
    case 'accepted':
    case 'preparing':
    case 'answered':
      return true;
    case 'exporting':
      return notes.export.is === 'wanted';
    default:
      return false;
  }
}
