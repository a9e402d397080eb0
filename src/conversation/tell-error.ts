/** A failure as its person hears it, whether it ends the turn or one video of a batch. */

import type { Words } from '../locales/locale.ts';
import { SessionLost } from '../nemo/errors.ts';
import type { OutgoingMessage } from '../platforms/chat.ts';
import type { TurnId } from '../runtime/ids.ts';
import { errorMessage } from './error-messages.ts';
import type { Job, Task } from './job.ts';
import { emptied } from './project.ts';
import { registrationFor } from './registration-link.ts';
import type { Ending } from './status-stage.ts';
import type { TurnContext } from './turn-context.ts';

export interface FailureFrame {
  /** Stands above the explanation: which video of a batch it is about. */
  readonly heading?: string | undefined;
  readonly mention?: OutgoingMessage['mention'];
  /** What a "Try again" would repeat. */
  readonly repeats?: TurnId | undefined;
}

export async function tellFailure(
  turn: TurnContext,
  error: unknown,
  { heading, mention, repeats }: FailureFrame,
): Promise<Ending> {
  const { deps, words, job } = turn;
  const told = errorMessage(
    error,
    words,
    await registrationFor(deps, job.message.author, job.message.thread),
    repeats,
  );
  // A turn beside the ordered ones leaves that to the next of them, which meets the same.
  if (error instanceof SessionLost && turn.turn.lane === 'ordered' && turn.project)
    await turn.put({ project: emptied(turn.project) });
  deps.metrics.failed(error instanceof Error ? error.name : 'unknown');
  if (told.report)
    deps.log.error('a turn failed', { turn: turn.turn.id, thread: turn.turn.thread, error });
  const text = [heading, told.message.text].filter(Boolean).join('\n');
  await turn.say({ ...told.message, text, mention }, 'failure');
  if (told.private) await turn.thread.postPrivately(job.message.author.id, told.private);
  return told.ending;
}

/** A word that could not be answered is said again, not repeated for its person. */
export const REPEATABLE: ReadonlySet<Task['type']> = new Set([
  'request',
  'retry',
  'export',
  'make-plan',
]);

/** For when the explanation fails as well: asks for nothing that could fail in its turn. */
export function tellPlainly(words: Words, { task, message }: Job, turn: TurnId): OutgoingMessage {
  const { unexpected, button } = words;
  return {
    text: unexpected,
    mention: [message.author.id],
    buttons: REPEATABLE.has(task.type)
      ? [{ label: button.retry, style: 'primary', does: { action: 'retry', value: turn } }]
      : [],
  };
}
