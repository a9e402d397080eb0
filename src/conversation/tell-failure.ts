/** A failure as its person hears it, whether it ends the turn or one video of a batch. */
import { SessionLost } from '../nemo/errors.ts';
import type { OutgoingMessage } from '../platforms/chat.ts';
import { explain } from './explain.ts';
import type { Ending } from './stage.ts';
import type { TurnContext } from './turn-context.ts';

export interface FailureFrame {
  /** Stands above the explanation: which video of a batch it is about. */
  readonly heading?: string | undefined;
  readonly mention?: OutgoingMessage['mention'];
  /** What a "Try again" would repeat. */
  readonly repeats?: string | undefined;
}

export async function tellFailure(
  turn: TurnContext,
  error: unknown,
  { heading, mention, repeats }: FailureFrame,
): Promise<Ending> {
  const { deps, words, job } = turn;
  const told = explain(error, words, await deps.nemo.registration(), repeats);
  if (error instanceof SessionLost) await deps.projects.forget(turn.claim);
  deps.metrics.failed(error instanceof Error ? error.name : 'unknown');
  if (told.report)
    deps.log.error('a turn failed', { turn: turn.turn.id, thread: turn.turn.thread, error });
  const text = [heading, told.message.text].filter(Boolean).join('\n');
  await turn.say({ ...told.message, text, mention }, 'failure');
  if (told.private) await turn.thread.postPrivately(job.message.author.id, told.private);
  return told.ending;
}
