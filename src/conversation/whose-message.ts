/**
 * A message of which it is not clear whom it is for waits in the record of the turn that asks its author. The first
 * press settles it: whatever the answer, it is put on record under one and the same key.
 */
import {
  type ButtonPress,
  type IncomingMessage,
  type ThreadRef,
  threadKey,
} from '../platforms/chat.ts';
import { type MessageId, toTurnId } from '../runtime/ids.ts';
import { isAdmin } from './access.ts';
import { type InteractionContext, notTaken, type Put } from './interaction.ts';
import { readJob } from './job.ts';
import { readNotes } from './notes.ts';
import { taskFromMessage } from './task-from-message.ts';
import { type Deps, platformOf } from './turn-context.ts';

/** `thread` is the person's to use; which turn is meant is the client's claim. */
export async function settleWhose(
  { deps, words, event, respond }: InteractionContext<ButtonPress>,
  put: Put,
  thread: ThreadRef,
  answer: 'for-us' | 'for-them',
): Promise<void> {
  const { value = '', person } = event;
  const waiting = await waitingIn(deps, thread, value);
  if (!waiting) return respond({ text: words.whose.gone });
  const { message, questionId } = waiting;
  const { author } = message;
  if (author.id !== person.id && !isAdmin(deps, person))
    return respond({ text: words.whose.notYours(author.name ?? words.theRequester) });
  const settled: IncomingMessage = { ...message, key: `${message.key}:whose`, calls: 'us' };
  const asked =
    answer === 'for-us'
      ? await taskFromMessage(deps, settled)
      : ({ task: { type: 'theirs' }, weight: 0 } as const);
  if (!asked) return;
  const outcome = await put(settled, asked);
  if (outcome === 'known') return respond({ text: words.whose.settled });
  if (outcome !== 'new') return respond(notTaken(deps, words, outcome, event.platform));
  // At once, for the next message; where the process ends before, the turn on record learns it, or the next question.
  await deps.talk.note(thread, { quiet: answer === 'for-them' || undefined, asked: undefined });
  takeAway(deps, thread, questionId);
  if (answer === 'for-them') await respond({ text: words.whose.left });
}

async function waitingIn(
  deps: Deps,
  thread: ThreadRef,
  id: string,
): Promise<{ message: IncomingMessage; questionId: MessageId | undefined } | undefined> {
  const turn = await deps.ledger.turn(toTurnId(id));
  if (turn?.thread !== threadKey(thread)) return undefined;
  const { task, message } = readJob(turn.payload);
  if (task.type !== 'whose') return undefined;
  return { message, questionId: readNotes(turn.notes, turn.phase).questionId };
}

function takeAway(deps: Deps, thread: ThreadRef, questionId: MessageId | undefined): void {
  if (!questionId) return;
  deps.bestEffort.run(threadKey(thread), `question ${questionId}`, () =>
    platformOf(deps, thread).thread(thread).delete(questionId),
  );
}
