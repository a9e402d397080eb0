/** One face for the chats in which the real process is killed: what its people write, and what they see. */
import type { BotProcess, SeenMessage as PageMessage } from './bot-process.ts';
import { DISCORD_TOKEN, startDiscordDouble } from './discord/discord-double.ts';
import { startSlackDouble } from './slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN, type SeenMessage } from './slack/world.ts';

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

/** A chat on a server of its own, whose answers can be held back. */
export interface RemoteChat extends CrashChat {
  /** The next post with these words takes effect, or gets lost; its answer never comes. Resolves when it is there. */
  hold(words: RegExp, how: 'done' | 'lost'): Promise<void>;
  /** What a strict platform would complain about. */
  complaints(): readonly unknown[];
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

const AWAY_FROM_THE_PAGE = { PLAYGROUND: 'off' };
/** Every way in which Slack takes a post. */
const SLACK_POSTS = ['chat.postMessage', 'files.completeUploadExternal'];

export async function slackChat(): Promise<RemoteChat> {
  const slack = await startSlackDouble();
  const shown = (thread: string): Shown[] =>
    slack
      .thread(thread)
      .filter(({ bot }) => bot)
      .map((message) => ({
        text: textOf(message),
        files: message.files.map(({ name, bytes }) => ({ name, bytes: async () => bytes })),
      }));
  return {
    env: {
      ...AWAY_FROM_THE_PAGE,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: `${slack.url}/api`,
    },
    write: (text) => slack.write(`@bot ${text}`),
    redeliver: (thread) => slack.redeliver(thread, 'app_mention'),
    shown: async (thread) => shown(thread),
    async until(thread, fits) {
      await slack.untilTrue(() => fits(shown(thread)));
      return shown(thread);
    },
    forget: () => {},
    hold: (words, how) =>
      slack.holds.next(
        ({ method, args }) => SLACK_POSTS.includes(method) && words.test(JSON.stringify(args)),
        how,
      ),
    complaints: () => slack.violations,
    close: () => slack.close(),
  };
}

/** What is shown: the blocks where there are any, else the text. */
function textOf({ text, blocks }: SeenMessage): string {
  const inner = blocks.flatMap((block) => {
    if (typeof block.text === 'string') return [block.text];
    const { text: nested } = (block.text ?? {}) as { text?: unknown };
    return typeof nested === 'string' ? [nested] : [];
  });
  return inner.length > 0 ? inner.join(' ') : text;
}

export async function discordChat(): Promise<RemoteChat> {
  const discord = await startDiscordDouble();
  const asked = new Map<string, ReturnType<typeof discord.mention>>();
  const shown = (thread: string): Shown[] =>
    discord.said(thread).map(({ content, files }) => ({
      text: content,
      files: files.map(({ filename, bytes }) => ({ name: filename, bytes: async () => bytes })),
    }));
  return {
    env: { ...AWAY_FROM_THE_PAGE, DISCORD_TOKEN, DISCORD_API_URL: discord.api },
    async write(text) {
      const message = discord.mention(discord.general, discord.alice, text);
      asked.set(message.id, message);
      return message.id;
    },
    async redeliver(thread) {
      const message = asked.get(thread);
      if (message) discord.redeliver(message);
    },
    shown: async (thread) => shown(thread),
    async until(thread, fits) {
      await discord.until(() => fits(shown(thread)));
      return shown(thread);
    },
    forget() {
      discord.settings.nonceMs = 0;
    },
    hold: (words, how) =>
      discord.holds.next(
        ({ method, path, body }) =>
          method === 'POST' && path.endsWith('/messages') && words.test(String(body['content'])),
        how,
      ),
    complaints: () => discord.errors,
    close: () => discord.close(),
  };
}
