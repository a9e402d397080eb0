/** A chat service of one terminal and one person: the example of docs/adding-a-platform.md. */
import { randomUUID } from 'node:crypto';
import { createReadStream, promises } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';
import * as chat from '../../src/platforms/chat.ts';
import { definePlatform, type PlatformServices } from '../../src/platforms/platform-module.ts';
import { toMessageId } from '../../src/runtime/ids.ts';
import { retry } from '../../src/runtime/retry.ts';
import { isStoreOutage } from '../../src/runtime/store-outage.ts';

type Streams = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream };

export const terminal = (streams: Streams) =>
  definePlatform({
    name: 'terminal',
    title: 'The terminal',
    settings: { TERMINAL: z.enum(['on', 'off']).default('off') },
    configure: ({ TERMINAL }) => (TERMINAL === 'on' ? streams : undefined),
    secrets: () => [],
    check: async () => [{ ok: true, what: 'The terminal is on' }],
    create: async (own, services) => createTerminal(own, services),
  });

const thread = { platform: 'terminal', workspace: 'local', channel: 'here', thread: 'main' };
const person: chat.Person = { id: 'you', name: 'You', admin: true };
const COMMANDS = ['credits', 'status', 'export', 'versions', 'help', 'new', 'stop'] as const;
const capabilities: chat.Capabilities = {
  ...{ edit: true, react: false, privateReply: true, files: false },
  ...{ textChars: 3_000, draws: false, privateFiles: false },
};
const attach = (file: string) => ({ id: file, name: path.basename(file), locator: { file } });
const claimOf = (about?: chat.ThreadRef) => about && { claimed: about };
const nothing = async () => undefined;
const MOST_BUTTONS = 500;
/** Whoever writes to a terminal writes to a program: of what controls it only line breaks and tabs. */
const plain = (text: string) => text.replace(/(?![\n\t])\p{Cc}/gu, '');

function createTerminal({ input, output }: Streams, { state, clock, log }: PlatformServices) {
  const posts = state.map('terminal-posts', z.literal(true), { ttlMs: 30 * 86_400_000 });
  const buttons = new Map<number, Extract<chat.Button['does'], { action: unknown }>>();
  const stopping = new AbortController();
  const [draft, files]: [string[], string[]] = [[], []];
  let [inbox, lines]: [chat.Inbox?, Interface?] = [];
  let listening = Promise.resolve();
  let count = 0;

  function show(sign: string, { text, buttons: offered = [] }: chat.OutgoingMessage): void {
    const shown = offered.map(({ label, does }) => {
      if ('url' in does) return `${label}: ${does.url}`;
      buttons.set(++count, does).delete(count - MOST_BUTTONS);
      return `[:${count} ${label}]`;
    });
    output.write(`${plain([`${sign}> ${text}`, ...shown].join('\n'))}\n`);
  }
  const respond: chat.Respond = async (message) => show('nemo, to you', message);

  async function take(line: string, to: chat.Inbox): Promise<void> {
    const key = `terminal:${randomUUID()}`;
    const event = { ...thread, thread, person, key, respond };
    const [, name, argument] = /^\/(\w+)(?: (.+))?$/.exec(line) ?? [];
    const command = COMMANDS.find((known) => known === name);
    const does = buttons.get(Number(/^:(\d+)$/.exec(line)?.[1]));
    if (command) await to.command({ ...event, name: command, argument });
    else if (does) await to.press({ ...event, ...does, claim: claimOf(does.about) });
    else if (name === 'file' && argument) files.push(path.resolve(argument));
    else if (line !== '') draft.push(line);
    else if (draft.length + files.length > 0) await send(key, to);
  }

  async function send(key: string, to: chat.Inbox): Promise<void> {
    const [text, attachments] = [draft.splice(0).join('\n'), files.splice(0).map(attach)];
    const message = { key, messageId: toMessageId(key), thread, author: person, text, attachments };
    const { signal } = stopping;
    const policy = { tries: Infinity, pauses: [500, 5_000], clock, signal, again: isStoreOutage };
    await retry(policy, () => to.receive({ ...message, calls: 'us', sentAt: Date.now() }, true));
  }

  async function listen(from: AsyncIterable<string>, to: chat.Inbox): Promise<void> {
    const failed = (error: unknown) => respond({ text: `This was not taken: ${error}` });
    for await (const line of from) await take(line, to).catch(failed);
    if (inbox) await take('', to).catch(failed);
  }

  const conversation: chat.ChatThread = {
    ref: thread,
    limits: async () => ({ fileBytes: 0 }),
    capabilities,
    async post(message, { key, again }) {
      if (!again || !(await posts.get(key))) show('nemo', message);
      await posts.set(key, true);
      return { id: toMessageId(key) };
    },
    async edit(id, message) {
      if (!(await posts.get(id))) throw new chat.ChatError('invalid', 'there is no such message');
      show('nemo', message);
    },
    delete: (id) => posts.delete(id),
    postPrivately: (_person, message) => respond(message),
    postFile: () => Promise.reject(new chat.FileRefused('not-allowed', 'it shows links')),
    ...{ react: nothing, unreact: nothing, showActivity: nothing },
  };

  return {
    name: 'terminal',
    isOperatorsOwn: true,
    async start(to) {
      inbox = to;
      lines = createInterface({ input, terminal: false });
      listening = listen(lines, to).catch((error) => log.error('the terminal ended', { error }));
    },
    async stopListening() {
      inbox = undefined;
      stopping.abort(new Error('the bot is being stopped'));
      lines?.close();
      await listening;
    },
    trouble: () => (inbox ? undefined : 'the terminal is not listening'),
    thread: () => conversation,
    canSee: async (ref) => chat.threadKey(ref) === chat.threadKey(thread),
    ...{ linkTo: nothing, readMessage: nothing, close: nothing },
    async openFile(_thread, { locator: { file = '' } }) {
      const { size } = await promises.stat(file).catch((cause) => {
        throw new chat.FileUnavailable('gone', 'the file is no longer there', { cause });
      });
      return { stream: createReadStream(file), bytes: size };
    },
  } satisfies chat.ChatPlatform;
}
