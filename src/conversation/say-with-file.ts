/** A text that is too long for the chat goes along as a file with its beginning; where none is taken, the beginning alone. */
import { Readable } from 'node:stream';
import {
  ChatError,
  FileRefused,
  type FileSource,
  type OutgoingMessage,
  type Posted,
} from '../platforms/chat.ts';
import type { TurnContext } from './turn-context.ts';

export interface TextFile {
  readonly name: string;
  readonly mime: string;
  readonly text: string;
}

/** Undefined: with the file, or to the person directly. */
export async function sayWithFile(
  turn: TurnContext,
  message: OutgoingMessage,
  file: TextFile,
  part: string,
): Promise<Posted | undefined> {
  const { answerInFile, answerCut } = turn.words;
  const closing = (sentence: string) => ({ ...message, text: `${message.text}\n\n${sentence}` });
  if (await isPosted(turn, closing(answerInFile), file, part)) return undefined;
  return turn.say(closing(answerCut), part);
}

/** False: nothing was posted, and the words are to be said without the file. */
async function isPosted(
  { deps, thread, words, keyOf, resumed, signal }: TurnContext,
  message: OutgoingMessage,
  { name, mime, text }: TextFile,
  part: string,
): Promise<boolean> {
  const content = Buffer.from(deps.redact(text));
  const { fileBytes } = await thread.limits();
  if (!thread.capabilities.files || content.length > fileBytes) return false;
  const source: FileSource = {
    name,
    mime,
    description: words.pictures.alt.answer,
    bytes: content.length,
    open: async () => Readable.from([content], { objectMode: false }),
  };
  const clean = { ...message, text: deps.redact(message.text) };
  try {
    await thread.postFile(source, clean, { key: keyOf(part), again: resumed, signal });
    return true;
  } catch (error) {
    if (error instanceof FileRefused) return false;
    // The place is gone: the words find their person by another way.
    if (error instanceof ChatError && error.reason !== 'unreachable') return false;
    throw error;
  }
}
