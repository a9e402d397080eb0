/** How something is said: without what nobody may read, in the thread, or to the person directly where the thread is gone. */
import type { Words } from '../locales/locale.ts';
import {
  ChatError,
  type ChatThread,
  MessageGone,
  type OutgoingMessage,
  type Posted,
} from '../platforms/chat.ts';
import type { Redact } from '../runtime/redact.ts';

export const redacted = (message: OutgoingMessage, redact: Redact): OutgoingMessage => ({
  ...message,
  text: redact(message.text),
});

/** Without what would have to be pressed or written in the thread; and with what it is about. */
export function elsewhere(
  { text, buttons }: OutgoingMessage,
  words: Words,
  project: string | undefined,
): OutgoingMessage {
  const lines = text.split('\n').filter((line) => line !== words.tellMore);
  const said = lines.join('\n').trim();
  return {
    text: project ? `${words.aboutProject(project)}\n\n${said}` : said,
    buttons: buttons?.filter(({ does }) => 'url' in does),
  };
}

/**
 * Speaks in the thread, or to the person directly where the thread is gone for us: an answer that
 * was paid for must reach somebody.
 */
export async function sayIn(
  deps: { readonly redact: Redact },
  thread: ChatThread,
  person: string,
  message: OutgoingMessage,
  { quiet = false, ...delivery }: { key: string; again: boolean; quiet?: boolean },
  directly: (message: OutgoingMessage) => Promise<OutgoingMessage | undefined> = async (it) => it,
): Promise<Posted | undefined> {
  const clean = redacted(message, deps.redact);
  try {
    return await thread.post(clean, delivery);
  } catch (error) {
    if (!(error instanceof ChatError) || error.reason === 'unreachable') throw error;
    if (quiet && error instanceof MessageGone) throw error;
    const left = await directly(clean);
    if (left) await thread.postPrivately(person, left);
    return undefined;
  }
}
