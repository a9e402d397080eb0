/** Makes the Discord thread of a project, under the message that it begins with. */
import { shownName } from '../../conversation/language/shown-name.ts';
import { localeFor } from '../../locales/locales.ts';
import { MessageGone, type ThreadRef } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { asChatError, Code, codeOf, isPassing } from './errors.ts';
import { readableText } from './message-text.ts';
import { NO_NAMES } from './message-tokens.ts';
import { channelShape, isThreadType, messageShape } from './payloads.ts';

const AUTO_ARCHIVE_MINUTES = 1_440;
const NAME_LENGTH = 80;

/**
 * False where Discord refuses a thread for good: the channel itself is used then. `words` are those of the first
 * message, for its name; they are read where they are not at hand, without the call of `us`. Rejects with `ChatError`, with `MessageGone` where
 * that message was deleted before there was a thread.
 */
export async function createThread(
  api: Api,
  ref: ThreadRef,
  words: string | undefined,
  us: string,
): Promise<boolean> {
  const name = nameFrom(words ?? (await firstWords(api, ref, us)));
  try {
    await api('POST', `/channels/${ref.channel}/messages/${ref.thread}/threads`, {
      body: { name, auto_archive_duration: AUTO_ARCHIVE_MINUTES },
    });
    return true;
  } catch (error) {
    const code = codeOf(error);
    // Also after a lost answer: the thread of a message has the message's id.
    if (code === Code.threadExists) return true;
    if (code === Code.unknownMessage) return await outlives(api, ref, error);
    const lost = code === Code.unknownChannel || code === Code.unknownGuild;
    if (isPassing(error) || lost) throw asChatError(error, 'a thread could not be started');
    return false;
  }
}

/** The thread of a message stays when the message is deleted; without one there is nothing left to speak under. */
async function outlives(api: Api, ref: ThreadRef, gone: unknown): Promise<true> {
  try {
    const { type } = channelShape.parse(await api('GET', `/channels/${ref.thread}`));
    if (isThreadType(type)) return true;
  } catch (error) {
    if (isPassing(error)) throw asChatError(error, 'a thread could not be looked for');
  }
  throw new MessageGone('the message is gone that the thread was to begin with', { cause: gone });
}

function nameFrom(words: string | undefined): string {
  const [line = ''] = (words ?? '').trim().split('\n', 1);
  return shownName(line, NAME_LENGTH, NAME_LENGTH) || localeFor(undefined).discord.threadName;
}

/** Where another process heard the message, or this one before a restart; a name is not worth failing for. */
async function firstWords(api: Api, ref: ThreadRef, us: string): Promise<string | undefined> {
  try {
    const answer = await api('GET', `/channels/${ref.channel}/messages/${ref.thread}`);
    return readableText(messageShape.parse(answer), { ...NO_NAMES, us });
  } catch (error) {
    if (isPassing(error)) throw asChatError(error, 'the first message could not be read');
    return undefined;
  }
}
