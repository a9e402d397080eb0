/** A message with a file beside it, once; where the file is not taken the words go alone. */
import {
  ChatError,
  FileRefused,
  type FileSource,
  type OutgoingMessage,
  type Posted,
} from '../platforms/chat.ts';
import { redacted } from './say.ts';
import type { TurnContext } from './turn-context.ts';

/** `instead`: what is said without the file, where that is something else. */
export async function sayWithFile(
  turn: TurnContext,
  message: OutgoingMessage,
  file: FileSource,
  part: string,
  instead: OutgoingMessage = message,
): Promise<Posted | undefined> {
  const { deps, thread, keyOf, resumed, signal } = turn;
  const { fileBytes } = await thread.limits();
  if (thread.capabilities.files && file.bytes <= fileBytes) {
    const delivery = { key: keyOf(part), again: resumed, signal };
    try {
      return (await thread.postFile(file, redacted(message, deps.redact), delivery)) ?? undefined;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!isRefusal(error)) throw error;
      deps.log.warn('a file beside a message was not taken', { turn: turn.turn.id, error });
    }
  }
  return turn.say(instead, part);
}

/** Whatever is wrong with the place, the words find their way, or say why not. */
const isRefusal = (error: unknown): boolean =>
  error instanceof FileRefused || (error instanceof ChatError && error.reason !== 'unreachable');
