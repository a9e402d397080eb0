import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireMessage, WireThread } from '../../../src/platforms/web/wire.ts';
import { toMessageId } from '../../../src/runtime/ids.ts';
import { ask, beginThread, type Playground, post, startPlayground, upload } from './support.ts';

let playground: Playground;
beforeEach(async () => {
  playground = await startPlayground();
});
afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const host = () => ({ Host: `127.0.0.1:${playground.port}` });
const threadsNow = async () =>
  (await ask(playground, 'GET', '/api/threads', host())).json<{ threads: WireThread[] }>().threads;
const messagesOf = async (thread: string) =>
  (await ask(playground, 'GET', `/api/threads/${thread}/messages`, host())).json<{
    messages: WireMessage[];
  }>().messages;

describe('a message from the page', () => {
  it('reaches the inbox with its text, its author and its place', async () => {
    const { thread, messageId } = await beginThread(playground, 'Make a video of this');
    expect(playground.bot.received).toEqual([
      {
        key: `web:${messageId}`,
        messageId,
        thread: { platform: 'web', workspace: 'local', channel: 'playground', thread },
        author: { id: 'you', name: 'You', locale: undefined, admin: true },
        text: 'Make a video of this',
        attachments: [],
        calls: 'us',
        sentAt: expect.any(Number),
      },
    ]);
  });

  it('is one message, however often the browser sends it again', async () => {
    const { thread, messageId } = await beginThread(playground, 'once');
    const path = `/api/threads/${thread}/messages`;
    const again = { id: messageId, text: 'once', files: [] };
    await Promise.all([post(playground, path, again), post(playground, path, again)]);
    expect(playground.bot.received).toHaveLength(1);
    expect(await messagesOf(thread)).toHaveLength(1);
  });

  it('tells the locale of the browser', async () => {
    const thread = crypto.randomUUID();
    const headers = {
      Origin: playground.url,
      'X-Playground': '1',
      'Accept-Language': 'zh-CN,zh;q=0.9',
    };
    const body = JSON.stringify({ id: crypto.randomUUID(), text: '你好', files: [] });
    await ask(playground, 'POST', `/api/threads/${thread}/messages`, headers, body);
    expect(playground.bot.received[0]?.author.locale).toBe('zh-CN');
  });

  it('names its thread by its first words', async () => {
    await beginThread(
      playground,
      '  The quick brown fox\njumps over the lazy dog and then it goes on for a while  ',
    );
    expect((await threadsNow())[0]?.title).toBe(
      'The quick brown fox jumps over the lazy dog and then it…',
    );
  });

  it('carries files, which the bot can open byte for byte', async () => {
    const bytes = Buffer.from('not really a picture');
    const { id } = (await upload(playground, 'a.png', bytes, 'image/png')).json<{ id: string }>();
    const thread = crypto.randomUUID();
    await post(playground, `/api/threads/${thread}/messages`, {
      id: crypto.randomUUID(),
      text: '',
      files: [id],
    });
    const [message] = playground.bot.received;
    const [file] = message?.attachments ?? [];
    expect(file).toMatchObject({ name: 'a.png', bytes: bytes.length, mime: 'image/png' });
    if (!message || !file) return;
    const { platform } = playground;
    const opened = await platform.openFile(message.thread, file, AbortSignal.timeout(5_000));
    expect(Buffer.concat(await opened.stream.toArray())).toEqual(bytes);
    expect(
      await platform.readMessage(
        message.thread,
        message.messageId ?? toMessageId('none'),
        AbortSignal.timeout(5_000),
      ),
    ).toEqual({
      text: '',
      attachments: [file],
    });
    expect((await threadsNow())[0]?.title).toBe('a.png');
  });

  it.each([
    ['an id that is none', { id: '../../etc', text: 'x', files: [] }, 400],
    ['nothing in it', { id: crypto.randomUUID(), text: ' \n ', files: [] }, 400],
    [
      'a file that is not there',
      { id: crypto.randomUUID(), text: 'x', files: [crypto.randomUUID()] },
      404,
    ],
    [
      'eleven files',
      { id: crypto.randomUUID(), text: 'x', files: Array(11).fill(crypto.randomUUID()) },
      400,
    ],
    [
      'two megabytes of text',
      { id: crypto.randomUUID(), text: 'x'.repeat(2_000_000), files: [] },
      413,
    ],
  ])('with %s is refused with a sentence and stored nowhere', async (_what, body, status) => {
    const reply = await post(playground, `/api/threads/${crypto.randomUUID()}/messages`, body);
    expect(reply.status).toBe(status);
    expect(reply.json<{ message: string }>().message).toMatch(/^[A-Z].*\.?$/);
    expect(playground.bot.received).toEqual([]);
    expect(await threadsNow()).toEqual([]);
  });

  it('takes 50,000 characters', async () => {
    await beginThread(playground, '长'.repeat(50_000));
    expect(playground.bot.received[0]?.text).toHaveLength(50_000);
  });

  it('that the inbox could not take waits, and is handed over at the next start', async () => {
    const id = crypto.randomUUID();
    const thread = crypto.randomUUID();
    playground.bot.answer.message = () => Promise.reject(new Error('the database is locked'));
    const reply = await post(playground, `/api/threads/${thread}/messages`, {
      id,
      text: 'keep me',
      files: [],
    });
    expect(reply.status).toBe(500);
    expect(playground.errors.splice(0)).toHaveLength(1);
    expect(await messagesOf(thread)).toMatchObject([{ id, waiting: true }]);
    // A start that meets the same trouble starts all the same.
    playground = await playground.restart();
    expect(playground.errors.splice(0)).toHaveLength(1);
    playground.bot.answer = {};
    playground = await playground.restart();
    expect(playground.bot.received.map((message) => message.key)).toEqual([`web:${id}`]);
    expect(await messagesOf(thread)).toMatchObject([{ id, waiting: false }]);
  });

  it('is asked to come again while the bot is being stopped', async () => {
    await playground.platform.stopListening();
    const body = { id: crypto.randomUUID(), text: 'x', files: [] };
    const reply = await post(playground, `/api/threads/${crypto.randomUUID()}/messages`, body);
    expect(reply.status).toBe(503);
    expect(await threadsNow()).toEqual([]);
  });
});

describe('a slash command', () => {
  it('reaches the inbox, and its answer is a private reply in the conversation', async () => {
    const { thread } = await beginThread(playground);
    playground.bot.answer.command = (command) =>
      command.respond({ text: 'Credits: 60 available.' });
    await post(playground, `/api/threads/${thread}/command`, {
      id: crypto.randomUUID(),
      name: 'export',
      argument: '1080p',
    });
    expect(playground.bot.commands).toMatchObject([
      { name: 'export', argument: '1080p', thread: { thread } },
    ]);
    expect(await messagesOf(thread)).toMatchObject([
      { kind: 'text' },
      { kind: 'command', text: '/export 1080p', author: 'you' },
      { text: 'Credits: 60 available.', author: 'bot', private: true },
    ]);
  });

  it('that the port does not know is refused', async () => {
    const reply = await post(playground, `/api/threads/${crypto.randomUUID()}/command`, {
      id: crypto.randomUUID(),
      name: 'rm',
    });
    expect(reply.status).toBe(400);
  });
});

describe('a button', () => {
  it('does what the bot gave it to do, whatever the page says', async () => {
    const { thread, chat } = await beginThread(playground);
    const buttons = [
      { label: 'Export', does: { action: 'export', value: '1080p' } },
      { label: 'Site', does: { url: 'https://example.com/' } },
    ] as const;
    const { id } = await chat.post({ text: 'done', buttons }, { key: 'answer' });
    const press = (message: string, button: number, where = thread) =>
      post(playground, `/api/threads/${where}/press`, {
        id: crypto.randomUUID(),
        message,
        button,
        action: 'stop',
      });
    expect((await press(id, 0)).status).toBe(200);
    expect((await press(id, 1)).status).toBe(404);
    expect((await press(id, 7)).status).toBe(404);
    expect((await press(id, 0, crypto.randomUUID())).status).toBe(404);
    expect(playground.bot.presses).toMatchObject([
      { action: 'export', value: '1080p', thread: { thread } },
    ]);
  });

  it('is answered privately', async () => {
    const { thread, chat } = await beginThread(playground);
    playground.bot.answer.press = (press) => press.respond({ text: 'for you alone' });
    const buttons = [{ label: 'Open in editor', does: { action: 'editor' } }] as const;
    const { id } = await chat.post({ text: 'done', buttons }, { key: 'answer' });
    await post(playground, `/api/threads/${thread}/press`, {
      id: crypto.randomUUID(),
      message: id,
      button: 0,
    });
    expect((await messagesOf(thread)).at(-1)).toMatchObject({
      text: 'for you alone',
      private: true,
    });
  });
});
