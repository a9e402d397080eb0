import { createReadStream } from 'node:fs';
import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatError, FileRefused, type FileSource } from '../../../src/platforms/chat.ts';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { toMessageId } from '../../../src/runtime/ids.ts';
import { ask, beginThread, type Playground, sourceOf, startPlayground } from './support.ts';

let playground: Playground;
beforeEach(async () => {
  playground = await startPlayground();
});
afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const host = () => ({ Host: `127.0.0.1:${playground.port}` });
const messagesOf = async (thread: string) =>
  (await ask(playground, 'GET', `/api/threads/${thread}/messages`, host())).json<{
    messages: WireMessage[];
  }>().messages;
const stored = () => readdir(join(playground.dataDir, 'playground-files'));
const stop = { label: 'Stop', does: { action: 'stop' } } as const;

describe('the chat port', () => {
  it('posts once per key, also after a restart', async () => {
    const { thread, ref, chat } = await beginThread(playground);
    const first = await chat.post({ text: 'answer' }, { key: 'turn-1:answer' });
    playground = await playground.restart();
    const second = await playground.platform
      .thread(ref)
      .post({ text: 'answer' }, { key: 'turn-1:answer', again: true });
    expect(second).toEqual(first);
    expect((await messagesOf(thread)).filter((message) => message.author === 'bot')).toHaveLength(
      1,
    );
  });

  it('shows once, too, what is not said to be a repetition, and tells the operator', async () => {
    const { thread, chat } = await beginThread(playground);
    const first = await chat.post({ text: 'answer' }, { key: 'turn-1:answer' });
    expect(await chat.post({ text: 'answer' }, { key: 'turn-1:answer', again: true })).toEqual(
      first,
    );
    expect(playground.unannounced).toEqual([]);
    expect(await chat.post({ text: 'answer' }, { key: 'turn-1:answer' })).toEqual(first);
    const film = sourceOf('movie.mp4', 'video/mp4', Buffer.from('film'));
    await chat.postFile(film, { text: 'Video ready!' }, { key: 'film' });
    await chat.postFile(film, { text: 'Video ready!' }, { key: 'film' });
    expect(playground.unannounced).toEqual(['turn-1:answer', 'film']);
    expect((await messagesOf(thread)).filter(({ author }) => author === 'bot')).toHaveLength(2);
  });

  it('keeps the keys of two conversations apart', async () => {
    const one = await beginThread(playground);
    const two = await beginThread(playground);
    const a = await one.chat.post({ text: 'x' }, { key: 'same' });
    const b = await two.chat.post({ text: 'x' }, { key: 'same' });
    expect(a.id).not.toBe(b.id);
  });

  it('edits in place: the new text and buttons replace the old ones', async () => {
    const { thread, chat } = await beginThread(playground);
    const { id } = await chat.post({ text: 'Working', buttons: [stop] }, { key: 'status' });
    expect((await messagesOf(thread)).at(-1)).toMatchObject({ status: 'busy', buttons: [stop] });
    await chat.edit(id, { text: 'Done in 3 min' });
    expect((await messagesOf(thread)).at(-1)).toMatchObject({
      id,
      text: 'Done in 3 min',
      status: 'ended',
      buttons: [],
    });
  });

  it('deletes, and says that a deleted message is gone', async () => {
    const { thread, chat } = await beginThread(playground);
    const { id } = await chat.post({ text: 'Still working' }, { key: 'notice' });
    await chat.delete(id);
    expect(await messagesOf(thread)).toHaveLength(1);
    await expect(chat.edit(id, { text: 'x' })).rejects.toBeInstanceOf(ChatError);
  });

  it('takes a message that is not there for no more than that: the conversation is not gone', async () => {
    const { chat } = await beginThread(playground);
    const { id } = await chat.post({ text: 'Still working' }, { key: 'notice' });
    await chat.delete(id);
    // A successor removes what the worker before it removed and could not note.
    await chat.delete(id);
    await expect(chat.edit(id, { text: 'x' })).rejects.toMatchObject({ reason: 'invalid' });
    await expect(chat.react(id, 'seen')).rejects.toMatchObject({ reason: 'invalid' });
  });

  it('refuses a conversation that it does not have', async () => {
    const { ref } = await beginThread(playground);
    const elsewhere = playground.platform.thread({ ...ref, thread: crypto.randomUUID() });
    await expect(elsewhere.post({ text: 'x' }, { key: 'k' })).rejects.toMatchObject({
      reason: 'gone',
    });
  });

  it('reacts and takes a reaction back', async () => {
    const { thread, messageId, chat } = await beginThread(playground);
    await chat.react(toMessageId(messageId), 'seen');
    await chat.react(toMessageId(messageId), 'queued');
    await chat.react(toMessageId(messageId), 'seen');
    expect((await messagesOf(thread))[0]?.reactions).toEqual(['queued', 'seen']);
    await chat.unreact(toMessageId(messageId), 'queued');
    expect((await messagesOf(thread))[0]?.reactions).toEqual(['seen']);
  });

  it('mentions the person only where the bot does', async () => {
    const { thread, chat } = await beginThread(playground);
    await chat.post({ text: 'a', mention: ['you'] }, { key: 'a' });
    await chat.post({ text: 'b', mention: ['somebody else'] }, { key: 'b' });
    expect((await messagesOf(thread)).slice(1).map((message) => message.mentionsYou)).toEqual([
      true,
      false,
    ]);
  });

  it('keeps text of any length whole', async () => {
    const { thread, chat } = await beginThread(playground);
    const text = 'A line of the answer.\n'.repeat(20_000);
    await chat.post({ text }, { key: 'long' });
    expect((await messagesOf(thread)).at(-1)?.text).toBe(text);
  });
});

describe('a file from the bot', () => {
  const film = Buffer.alloc(300_000, 'film');

  it('is delivered byte for byte, once per key', async () => {
    const { thread, chat } = await beginThread(playground);
    const source = sourceOf('movie.mp4', 'video/mp4', film);
    await chat.postFile(source, { text: 'Video ready!' }, { key: 'film' });
    await chat.postFile(source, { text: 'Video ready!' }, { key: 'film', again: true });
    const films = (await messagesOf(thread)).filter(({ files }) => files.length > 0);
    expect(films).toHaveLength(1);
    const [message] = films;
    expect(message).toMatchObject({
      text: 'Video ready!',
      files: [{ name: 'movie.mp4', bytes: film.length }],
    });
    const served = await ask(playground, 'GET', `/files/${message?.files[0]?.id}`, host());
    expect(served.body.equals(film)).toBe(true);
    expect(await stored()).toHaveLength(1);
  });

  it.each([
    ['shorter', film.length + 1],
    ['longer', film.length - 1],
  ])(
    'that is %s than announced is refused, and nothing is posted or kept',
    async (_what, bytes) => {
      const { thread, chat } = await beginThread(playground);
      const source = { ...sourceOf('movie.mp4', 'video/mp4', film), bytes };
      await expect(chat.postFile(source, { text: 'x' }, { key: 'k' })).rejects.toMatchObject({
        name: 'FileRefused',
        reason: 'failed',
      });
      expect(await messagesOf(thread)).toHaveLength(1);
      expect(await stored()).toEqual([]);
    },
  );

  it('that breaks in the middle is refused, and nothing is posted or kept', async () => {
    const { thread, chat } = await beginThread(playground);
    const broken = new Readable({
      read() {
        this.push(film.subarray(0, 1000));
        this.destroy(new Error('socket hang up'));
      },
    });
    const source: FileSource = {
      name: 'm.mp4',
      mime: 'video/mp4',
      bytes: film.length,
      description: 'A film about tea',
      open: async () => broken,
    };
    await expect(chat.postFile(source, { text: 'x' }, { key: 'k' })).rejects.toBeInstanceOf(
      FileRefused,
    );
    expect(await messagesOf(thread)).toHaveLength(1);
    expect(await stored()).toEqual([]);
  });

  it('over the limit is refused before it is opened', async () => {
    const { chat } = await beginThread(playground);
    const { fileBytes: limit } = await chat.limits();
    const source: FileSource = {
      name: 'm.mp4',
      mime: 'video/mp4',
      bytes: limit + 1,
      description: 'A film about tea',
      open: () => Promise.reject(new Error('must not be opened')),
    };
    const refused = expect(chat.postFile(source, { text: 'x' }, { key: 'k' })).rejects;
    await refused.toMatchObject({ reason: 'too-large', limit });
  });

  it('is streamed: 200 MB come in without being held in memory', async () => {
    const bytes = 200 * 1024 * 1024;
    const path = join(playground.dataDir, 'big');
    await writeFile(path, '');
    await truncate(path, bytes);
    const { chat } = await beginThread(playground);
    let most = 0;
    const open = async () =>
      createReadStream(path).on('data', () => {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      });
    const before = process.memoryUsage().arrayBuffers;
    await chat.postFile(
      { name: 'big.mp4', mime: 'video/mp4', bytes, description: 'A film', open },
      { text: 'x' },
      { key: 'k' },
    );
    expect(most - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('that a crash left half-written is swept away at the next start', async () => {
    const { thread, chat } = await beginThread(playground);
    await chat.postFile(sourceOf('movie.mp4', 'video/mp4', film), { text: 'x' }, { key: 'k' });
    const kept = await stored();
    await writeFile(
      join(playground.dataDir, 'playground-files', `${crypto.randomUUID()}.part`),
      'half',
    );
    await writeFile(
      join(playground.dataDir, 'playground-files', crypto.randomUUID()),
      'never posted',
    );
    playground = await playground.restart();
    expect(await stored()).toEqual(kept);
    expect(await messagesOf(thread)).toHaveLength(2);
  });
});
