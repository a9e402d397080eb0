/** The bot as its operator starts it: src/main.ts in a process of its own, with the playground as its chat unless told otherwise. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { freePort } from './free-port.ts';

const message = z.object({
  id: z.string(),
  author: z.enum(['you', 'bot']),
  text: z.string(),
  files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number() })),
  private: z.boolean(),
  deleted: z.boolean(),
});
export type SeenMessage = z.infer<typeof message>;

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface BotProcess {
  /** Starts it (again) and resolves when it says that it is ready. `more`: other settings than before. */
  start(more?: Record<string, string>): Promise<void>;
  /** Of the process that was started last. */
  readonly pid: number | undefined;
  /** Resolves when that has ended: with the signal that ended it, if one did. */
  over(): Promise<NodeJS.Signals | null>;
  /** Where its pages are. */
  readonly url: string;
  /** As a crash would: SIGKILL. */
  kill(): Promise<void>;
  /** As an operator would: SIGTERM. Gives the exit code. */
  stop(): Promise<number | null>;
  /** Posts as the person at the page would; gives the thread. */
  write(text: string, thread?: string, files?: readonly SentFile[]): Promise<string>;
  messages(thread: string): Promise<SeenMessage[]>;
  /** Resolves when the thread's messages fit. */
  until(
    thread: string,
    fits: (messages: readonly SeenMessage[]) => boolean,
  ): Promise<readonly SeenMessage[]>;
  file(id: string): Promise<Buffer>;
  readonly output: string[];
}

/** Half of a start is reading the same sources again; a process that ends in order leaves them here compiled. */
const COMPILED = path.join(os.tmpdir(), 'nemo-bot-test-compiled');

/** `cwd`: where its folder `data` is to lie, if its database is no file. `imports`: modules that the process reads before its own. */
export async function createBotProcess(
  env: Record<string, string>,
  { cwd, imports = [] }: { readonly cwd?: string; readonly imports?: readonly string[] } = {},
): Promise<BotProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);
  let over: Promise<NodeJS.Signals | null> = Promise.resolve(null);

  const get = async (route: string) => {
    const response = await fetch(url + route);
    if (!response.ok) throw new Error(`${route}: ${response.status}`);
    return response;
  };

  async function seen(thread: string): Promise<SeenMessage[]> {
    const body: unknown = await (await get(`/api/threads/${thread}/messages`)).json();
    return z.object({ messages: z.array(message) }).parse(body).messages;
  }

  async function upload({ name, bytes }: SentFile): Promise<string> {
    const response = await fetch(`${url}/api/uploads?name=${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { origin: url, 'x-playground': '1' },
      body: new Uint8Array(bytes),
    });
    return z.object({ id: z.string() }).parse(await response.json()).id;
  }

  return {
    output,
    url,
    get pid() {
      return child?.pid;
    },
    over: () => over,
    async start(more = {}) {
      const entry = path.resolve(import.meta.dirname, '../../src/main.ts');
      const started = spawn(
        process.execPath,
        [...imports.flatMap((file) => ['--import', file]), entry],
        {
          env: {
            PATH: process.env['PATH'],
            NODE_COMPILE_CACHE: COMPILED,
            PORT: String(port),
            PLAYGROUND: 'on',
            ...env,
            ...more,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
          ...(cwd !== undefined && { cwd }),
        },
      );
      child = started;
      ended = new Promise((resolve) => started.once('exit', (code) => resolve(code)));
      over = new Promise((resolve) => started.once('exit', (_code, signal) => resolve(signal)));
      await new Promise<void>((resolve, reject) => {
        for (const stream of [started.stdout, started.stderr]) {
          createInterface({ input: stream }).on('line', (line) => {
            output.push(line);
            if (/"msg":"ready/.test(line)) resolve();
          });
        }
        void ended.then(() =>
          reject(new Error(`the bot ended before it was ready:\n${output.join('\n')}`)),
        );
      });
    },
    async kill() {
      child?.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child?.kill('SIGTERM');
      return ended;
    },
    async write(text, thread = randomUUID(), files = []) {
      const ids: string[] = [];
      for (const file of files) ids.push(await upload(file));
      const response = await fetch(`${url}/api/threads/${thread}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url, 'x-playground': '1' },
        body: JSON.stringify({ id: randomUUID(), text, files: ids }),
      });
      if (!response.ok)
        throw new Error(`the message was not taken: ${response.status} ${await response.text()}`);
      return thread;
    },
    messages: seen,
    async until(thread, fits) {
      for (;;) {
        const messages = await seen(thread);
        if (fits(messages)) return messages;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    file: async (id) => Buffer.from(await (await get(`/files/${id}`)).arrayBuffer()),
  };
}
