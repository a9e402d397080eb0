/**
 * The words of a message whose files could not be used, without the files, where somebody of its thread says so. The
 * first press puts them on record under a key made of the message's, so that they go out once.
 */
import { type ButtonPress, type ThreadRef, threadKey } from '../platforms/chat.ts';
import { toTurnId } from '../runtime/ids.ts';
import { type InteractionContext, notTaken, type Put } from './interaction.ts';
import { type Job, readJob } from './job.ts';
import { readNotes } from './notes.ts';
import type { Deps } from './turn-context.ts';

/** `thread` is the person's to use; which turn is meant is the client's claim. */
export async function sendWordsAlone(
  { deps, words, event, respond }: InteractionContext<ButtonPress>,
  put: Put,
  thread: ThreadRef,
): Promise<void> {
  const { value = '', person } = event;
  const asked = await askedAbout(deps, thread, value);
  if (!asked) return respond({ text: words.whose.gone });
  const { message } = asked;
  const key = `${message.key}:words-alone`;
  const outcome = await put(
    { ...message, key, author: person, wordsAlone: true },
    // It was counted when the message came, and nothing has been sent for it.
    { task: { type: 'request' }, counts: 'requests', weight: 0 },
  );
  if (outcome === 'known') return respond({ text: words.whose.settled });
  if (outcome !== 'new') return respond(notTaken(deps, words, outcome, event.platform));
}

async function askedAbout(deps: Deps, thread: ThreadRef, id: string): Promise<Job | undefined> {
  const turn = await deps.ledger.turn(toTurnId(id));
  if (turn?.thread !== threadKey(thread)) return undefined;
  const { pointsInVain, repeats } = readNotes(turn.notes, turn.phase);
  if (!pointsInVain) return undefined;
  // Who repeats a request has no words of their own.
  const origin = repeats?.as?.type === 'request' ? await deps.ledger.turn(repeats.as.turn) : turn;
  return origin && readJob(origin.payload);
}
