/** One face for the chats in which the real process is killed: what its people write, and what they see. */
import type { BotProcess, SeenMessage as PageMessage } from './bot-process.ts';

export interface Shown {
  readonly text: string;
  readonly files: readonly { readonly name: string; bytes(): Promise<Buffer> }[];
}

export interface CrashChat {
  /** With which the bot finds it. */
  readonly env: Record<string, string>;
  /** Asks the bot for something; gives the thread. */
  write(text: string): Promise<string>;
  /** The event of the message that began the thread, once more. */
  redeliver(thread: string): Promise<unknown>;
  /** The bot's messages in the thread as they stand. */
  shown(thread: string): Promise<readonly Shown[]>;
  until(thread: string, fits: (shown: readonly Shown[]) => boolean): Promise<readonly Shown[]>;
  /** Whatever the chat remembers of posts by itself, and for a while only, is forgotten. */
  forget(): void;
  close(): Promise<void>;
}

export function playgroundChat(bot: () => BotProcess): CrashChat {
  const shownOf = (messages: readonly PageMessage[]): Shown[] =>
    messages
      .filter(({ author, deleted }) => author === 'bot' && !deleted)
      .map(({ text, files }) => ({
        text,
        files: files.map(({ id, name }) => ({ name, bytes: () => bot().file(id) })),
      }));
  return {
    env: {},
    write: (text) => bot().write(text),
    redeliver: async () => undefined,
    shown: async (thread) => shownOf(await bot().messages(thread)),
    until: async (thread, fits) =>
      shownOf(await bot().until(thread, (messages) => fits(shownOf(messages)))),
    forget: () => {},
    close: async () => {},
  };
}
