/** A playground on a real socket, with a bot double behind the port's `Inbox`. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseMarkdown } from '../../../src/markdown/markdown.ts';
import type {
  ButtonPress,
  Command,
  FileSource,
  FinishedVideo,
  Inbox,
  IncomingMessage,
} from '../../../src/platforms/chat.ts';
import { createWebPlatform, type WebPlatform } from '../../../src/platforms/web/platform.ts';

const PROFILE = {
  greeting: 'Ready when you are. Drop your text prompts here or describe what you want to make.',
  examples: [
    'generate a 100-word product description into a 1080p MP4',
    'turn this script into a 30-second video with visuals and background music',
    'a calm 20-second clip of my three photos, with soft piano',
  ],
  tip: 'Shorter, specific prompts give more accurate and consistent visuals.',
};

export interface BotDouble extends Inbox {
  readonly received: IncomingMessage[];
  readonly commands: Command[];
  readonly presses: ButtonPress[];
  /** What it does on top of remembering; throws to refuse. */
  answer: {
    versions?: readonly FinishedVideo[];
    message?: (message: IncomingMessage) => Promise<void>;
    command?: (command: Command) => Promise<void>;
    press?: (press: ButtonPress) => Promise<void>;
  };
}

/** Remembers each key once, as the port asks of an inbox. */
export function botDouble(): BotDouble {
  const keys = new Set<string>();
  const once = (key: string) => !keys.has(key) && keys.add(key) !== undefined;
  const bot: BotDouble = {
    received: [],
    commands: [],
    presses: [],
    answer: {},
    async receive(message) {
      await bot.answer.message?.(message);
      if (once(message.key)) bot.received.push(message);
    },
    revise: async () => false,
    withdraw: async () => {},
    async command(command) {
      if (once(command.key)) bot.commands.push(command);
      await bot.answer.command?.(command);
    },
    async press(press) {
      if (once(press.key)) bot.presses.push(press);
      await bot.answer.press?.(press);
    },
    knows: async () => true,
    mayBegin: async () => 'yes',
    recent: async () => [],
    brand: async () => undefined,
    versions: async () => bot.answer.versions ?? [],
    account: async () => ({ text: 'about accounts' }),
    left: async () => {},
    overview: async () => ({
      language: 'en',
      greeting: PROFILE.greeting,
      examples: PROFILE.examples,
      help: '',
      credits: undefined,
      recent: [],
    }),
  };
  return bot;
}

export interface Playground {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly platform: WebPlatform;
  readonly bot: BotDouble;
  readonly errors: unknown[];
  /** Keys of posts that came twice without being said to be repetitions. */
  readonly unannounced: string[];
  /** The process ends; its folder stays. */
  stop(): Promise<void>;
  /** The process ends, and a new one starts on the same folder and port. */
  restart(): Promise<Playground>;
  close(): Promise<void>;
}

export interface PlaygroundOptions {
  readonly maxUploadBytes?: number;
  readonly dataDir?: string;
  readonly port?: number;
  readonly bot?: BotDouble;
  readonly password?: string;
  readonly sessionMs?: number;
  readonly unusedUploads?: { readonly keepMs: number; readonly lookEveryMs: number };
  readonly helpNotes?: readonly string[];
  readonly mostKept?: number;
}

export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'playground-')));
  const bot = options.bot ?? botDouble();
  const errors: unknown[] = [];
  const unannounced: string[] = [];
  const server = createServer((req, res) => {
    const handled = platform.handle(req, res);
    if (handled === false) res.writeHead(404).end('not the playground');
    else Promise.resolve(handled).catch((error) => errors.push(error));
  });
  const platform = await createWebPlatform({
    dataDir,
    address: () => ({ host: '127.0.0.1', port: portOf(server) }),
    password: options.password,
    sessionMs: options.sessionMs,
    unusedUploads: options.unusedUploads,
    maxUploadBytes: options.maxUploadBytes ?? 10_000_000,
    welcome: () => ({ texts: PROFILE, helpNotes: (options.helpNotes ?? []).map(parseMarkdown) }),
    mostKept: options.mostKept,
    onError: (error) => errors.push(error),
    onUnannounced: (key) => unannounced.push(key),
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const port = portOf(server);
  await platform.start(bot);

  const stop = async () => {
    await platform.stopListening();
    await platform.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    platform,
    bot,
    errors,
    unannounced,
    stop,
    async restart() {
      await stop();
      return startPlayground({ ...options, dataDir, port, bot });
    },
    async close() {
      await stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** What the page itself sends with everything that changes something. */
export const own = (playground: Playground) => ({
  Origin: playground.url,
  'X-Playground': '1',
  'Content-Type': 'application/json',
});

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  json<T>(): T;
}

/** A request with exactly these headers: fetch would not let a test lie about Host and Origin. */
export function ask(
  playground: Playground,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = httpRequest(
      { host: '127.0.0.1', port: playground.port, method, path, headers, agent: false },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const whole = Buffer.concat(chunks);
          const json = <T>(): T => JSON.parse(whole.toString('utf8'));
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: whole, json });
        });
      },
    );
    req.on('error', reject);
    req.end(body);
  });
}

export const post = (playground: Playground, path: string, value: unknown) =>
  ask(playground, 'POST', path, own(playground), JSON.stringify(value));

export const upload = (
  playground: Playground,
  name: string,
  bytes: Buffer,
  type = 'application/octet-stream',
) =>
  ask(
    playground,
    'PUT',
    `/api/uploads?name=${encodeURIComponent(name)}`,
    { ...own(playground), 'Content-Type': type },
    bytes,
  );

export const sourceOf = (name: string, mime: string, bytes: Buffer): FileSource => ({
  name,
  mime,
  bytes: bytes.length,
  description: 'A film about tea',
  open: async () => Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]),
});

/** Begins a conversation, as the person would, and gives the bot's side of it. */
export async function beginThread(playground: Playground, text = 'a script') {
  const thread = crypto.randomUUID();
  const id = crypto.randomUUID();
  await post(playground, `/api/threads/${thread}/messages`, { id, text, files: [] });
  const ref = { platform: 'web', workspace: 'local', channel: 'playground', thread } as const;
  return { thread, messageId: id, ref, chat: playground.platform.thread(ref) };
}
