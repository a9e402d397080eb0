/** The chats of the matrix from outside: what a person does in them, and what is to be seen. */
import type { IncomingMessage } from 'node:http';
import { DISCORD_TOKEN, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { DoubleMessage } from '../../doubles/discord/world.ts';
import type { Gate } from '../../doubles/gate.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { APP_TOKEN, BOT_TOKEN, type SeenMessage } from '../../doubles/slack/world.ts';

export interface Posted {
  readonly id: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly buttons: readonly string[];
}

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Place {
  readonly env: Record<string, string>;
  /** Asks the bot; gives the thread. */
  begin(text: string, files?: readonly SentFile[]): string;
  /** In the thread. Resolves when the platform has brought it to the bot, or has given that up. */
  go(thread: string, text: string): Promise<void>;
  press(thread: string, message: string, label: string): void;
  /** The bot's messages in the thread as they stand. */
  posted(thread: string): readonly Posted[];
  /** What hangs on people's messages, and what is shown of work under way. */
  signs(thread: string): readonly string[];
  /** Of these, what the platform takes away by itself after a while. */
  fading(thread: string): readonly string[];
  until(holds: () => boolean): Promise<void>;
  /** What a strict platform would complain about, and what stands where nobody asked. */
  complaints(): readonly unknown[];
  /** Whatever it remembers of posts by itself, and for a while only, is forgotten. */
  forget(): void;
  close(): Promise<void>;
}

export interface PlaceKind {
  readonly name: string;
  /** Undefined: not a turn's. */
  nameOf(request: IncomingMessage): string | undefined;
  open(gate: Gate): Promise<Place>;
}

const AWAY_FROM_THE_PAGE = { PLAYGROUND: 'off' };
/** Of a start, and of what nobody waits for. */
const OF_A_START = /^\/api\/(?:auth\.test|apps\.connections\.open)/;

export const slackPlace: PlaceKind = {
  name: 'slack',
  nameOf({ url = '' }) {
    const [, what = '', name = ''] = url.split(/[/?]/);
    if (OF_A_START.test(url)) return undefined;
    return `slack ${what === 'api' ? name : what}`;
  },
  async open(gate) {
    const slack = await startSlackDouble({ gate });
    slack.deliveries.retries = 3;
    const failed: unknown[] = [];
    const inVain = (error: unknown) => void failed.push(error);
    const ours = (thread: string) => slack.thread(thread).filter(({ bot }) => bot);
    return {
      env: {
        ...AWAY_FROM_THE_PAGE,
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_APP_TOKEN: APP_TOKEN,
        SLACK_API_URL: `${slack.url}/api`,
      },
      begin(text, files = []) {
        const given = files.map((file) => ({ ...file, mimetype: 'image/png' }));
        slack.write(`@bot ${text}`, { files: given }).catch(inVain);
        return slack.messages.at(-1)?.ts ?? '';
      },
      go: (thread, text) => slack.write(text, { thread }).then(() => undefined, inVain),
      press(thread, id, label) {
        const message = ours(thread).find(({ ts }) => ts === id);
        if (message) slack.click(message, new RegExp(label)).catch(inVain);
      },
      posted: (thread) =>
        ours(thread).map((message) => ({
          id: message.ts,
          text: wordsOf(message),
          files: message.files,
          buttons: message.blocks.flatMap(({ elements }) =>
            (elements ?? []).flatMap(({ type, text }) =>
              type === 'button' && text ? [text.text] : [],
            ),
          ),
        })),
      signs: (thread) => [
        ...slack
          .thread(thread)
          .filter(({ bot }) => !bot)
          .flatMap(({ reactions }) => [...reactions]),
        ...lineOf(slack, thread),
      ],
      fading: (thread) => lineOf(slack, thread),
      until: (holds) => slack.untilTrue(holds),
      complaints: () => [...slack.violations, ...failed, ...slack.ephemerals],
      forget: () => {},
      close: () => slack.close(),
    };
  },
};

/** The status line. With every post of the bot's Slack itself takes it away. */
function lineOf({ calls }: SlackDouble, thread: string): string[] {
  const about = calls.filter(({ args }) => args['thread_ts'] === thread);
  const last = about.findLast(({ method }) =>
    /^(?:chat\.postMessage|files\.completeUploadExternal|assistant\.threads\.setStatus)$/.test(
      method,
    ),
  );
  const status = last?.args['status'];
  return typeof status === 'string' && status !== '' ? [status] : [];
}

/** What is shown: the blocks where there are any, else the text. */
function wordsOf({ text, blocks }: SeenMessage): string {
  const inner = blocks.flatMap((block) => {
    if (typeof block.text === 'string') return [block.text];
    const { text: nested } = (block.text ?? {}) as { text?: unknown };
    return typeof nested === 'string' ? [nested] : [];
  });
  return inner.length > 0 ? inner.join(' ') : text;
}

export const discordPlace: PlaceKind = {
  name: 'discord',
  nameOf({ method, url = '' }) {
    const path = new URL(url, 'http://x').pathname.replace(/^\/api\/v10/, '');
    if (/^\/(?:gateway|applications)/.test(path)) return undefined;
    const [, kind = '', ...rest] = path.split('/');
    const steps = rest.filter((step) => !/^\d+$|%|^@me$|\./.test(step));
    return `discord ${[method, kind, ...steps].join(' ')}`;
  },
  async open(gate) {
    const discord = await startDiscordDouble({ gate });
    const asked = new Map<string, DoubleMessage[]>();
    const channelOf = (thread: string) => {
      const channel = discord.world.channels.get(thread);
      if (!channel) throw new Error(`there is no thread ${thread}`);
      return channel;
    };
    return {
      env: { ...AWAY_FROM_THE_PAGE, DISCORD_TOKEN, DISCORD_API_URL: discord.api },
      begin(text, files = []) {
        const given = files.map((file) => ({ ...file, type: 'image/png' }));
        const { general, alice } = discord;
        const message = discord.mention(general, alice, text, { files: given });
        asked.set(message.id, [message]);
        return message.id;
      },
      async go(thread, text) {
        const message = discord.write(channelOf(thread), discord.alice, text);
        asked.get(thread)?.push(message);
      },
      press(thread, id, label) {
        const message = discord.said(thread).find((said) => said.id === id);
        if (message) discord.interactions.press(message, label, discord.alice);
      },
      posted: (thread) =>
        discord.said(thread).map(({ id, content, files, components }) => ({
          id,
          text: content,
          files: files.map(({ filename: name, bytes }) => ({ name, bytes })),
          buttons: components.flatMap((row) => row.components.map(({ label }) => label)),
        })),
      signs: (thread) => (asked.get(thread) ?? []).flatMap(({ reactions }) => [...reactions]),
      fading: () => [],
      until: (holds) => discord.until(holds),
      complaints: () => [...discord.errors, ...discord.said(discord.general.id)],
      forget() {
        discord.settings.nonceMs = 0;
      },
      close: () => discord.close(),
    };
  },
};

export const PLACES: readonly PlaceKind[] = [slackPlace, discordPlace];
