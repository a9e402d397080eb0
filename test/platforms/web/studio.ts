/** The whole bot behind the playground: the page's own requests over a real socket, the conversation, a scriptable backend. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { createWebPlatform } from '../../../src/platforms/web/platform.ts';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { type House, type HouseOptions, startHouse } from '../../doubles/house.ts';

export interface WebStudio {
  readonly url: string;
  /** Where the playground keeps its data. */
  readonly folder: string;
  readonly house: House;
  readonly thread: string;
  readonly errors: unknown[];
  write(text: string, files?: readonly { name: string; bytes: Buffer }[]): Promise<void>;
  command(name: string, argument?: string): Promise<void>;
  messages(): Promise<readonly WireMessage[]>;
  /** The first message of the bot that fits, now or later. */
  hear(fits: (message: WireMessage) => boolean): Promise<WireMessage>;
  press(message: WireMessage, label: string): Promise<void>;
  file(id: string): Promise<Response>;
  close(): Promise<void>;
}

const listed = z.object({ messages: z.array(z.custom<WireMessage>()) });

export async function startWebStudio(
  options: Omit<HouseOptions, 'platform' | 'room'> = {},
): Promise<WebStudio> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-web-'));
  const errors: unknown[] = [];
  let port = 0;
  const platform = await createWebPlatform({
    dataDir: folder,
    address: () => ({ host: '127.0.0.1', port }),
    maxUploadBytes: 10_000_000,
    welcome: () => ({ texts: { greeting: '', examples: [], tip: '' }, helpNotes: [] }),
    onError: (error) => errors.push(error),
    onUnannounced: (key) => errors.push(new Error(`${key} came twice`)),
  });
  const server = createServer((request, response) => {
    const handled = platform.handle(request, response);
    if (handled === false) response.writeHead(404).end();
    else Promise.resolve(handled).catch((error) => errors.push(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  port = typeof at === 'object' && at ? at.port : 0;
  const house = await startHouse({ ...options, platform: () => platform });
  const url = `http://127.0.0.1:${port}`;
  const thread = crypto.randomUUID();

  async function ask(method: string, where: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}${where}`, {
      method,
      headers: { Origin: url, 'X-Playground': '1', 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${where}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
  async function upload({ name, bytes }: { name: string; bytes: Buffer }): Promise<string> {
    const where = `${url}/api/uploads?name=${encodeURIComponent(name)}`;
    const headers = { Origin: url, 'X-Playground': '1' };
    const body = new Uint8Array(bytes);
    const response = await fetch(where, { method: 'PUT', headers, body });
    return z.object({ id: z.string() }).parse(await response.json()).id;
  }
  const messages = async () =>
    listed.parse(await ask('GET', `/api/threads/${thread}/messages`)).messages;

  return {
    url,
    folder,
    house,
    thread,
    errors,
    messages,
    async write(text, files = []) {
      const id = crypto.randomUUID();
      const uploaded = await Promise.all(files.map(upload));
      await ask('POST', `/api/threads/${thread}/messages`, { id, text, files: uploaded });
    },
    async command(name, argument) {
      const id = crypto.randomUUID();
      await ask('POST', `/api/threads/${thread}/command`, {
        id,
        name,
        ...(argument ? { argument } : {}),
      });
    },
    async hear(fits) {
      for (;;) {
        const found = (await messages()).find((it) => it.author === 'bot' && fits(it));
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async press(message, label) {
      const button = message.buttons.findIndex((it) => it.label === label);
      const id = crypto.randomUUID();
      await ask('POST', `/api/threads/${thread}/press`, { id, message: message.id, button });
    },
    file: (id) => fetch(`${url}/files/${id}`),
    async close() {
      await house.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The conversation as a story. */
export async function toldOnPage({ messages }: WebStudio, title: string): Promise<string> {
  const paragraphs = (await messages()).map((message) => {
    const who = message.author === 'you' ? 'you' : 'nemo';
    const files = message.files.map(
      ({ name, description }) => `📎 ${name}${description ? `: “${description}”` : ''}`,
    );
    const drawn = message.drawing ? [`🖼 ${message.drawing.attrs['aria-label']}`] : [];
    const buttons = message.buttons.map(({ label }) => `[${label}]`).join(' ');
    const lines = [message.text, ...files, ...drawn, buttons].filter((it) => it !== '');
    const body = lines.join('\n').replace(/^/gm, '> ').replace(/ +$/gm, '');
    return `**${who}**${message.private ? ' (to you alone)' : ''}\n${stable(body)}`;
  });
  return `# ${title}\n\n${paragraphs.join('\n\n')}\n`;
}

const stable = (text: string): string =>
  text
    .replace(/https?:\/\/\S+/g, '(link)')
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, '(date)')
    .replace(/\b[A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d{2}/g, '(moment)')
    .replace(/Done in [\d\w ]+/g, 'Done in (time)');
