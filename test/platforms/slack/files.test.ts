// Over 250 lines: its cases share one setup and read as one list.
/** Files that people send, and files that we post: what can go wrong, and what is said then. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Attachment,
  ChatError,
  FileRefused,
  type FileSource,
  FileUnavailable,
  type ThreadRef,
} from '../../../src/platforms/chat.ts';
import { toMessageId } from '../../../src/runtime/ids.ts';
import type { GivenFile } from '../../doubles/slack/people.ts';
import { BOT_TOKEN, type Fault, type FileRecord } from '../../doubles/slack/world.ts';
import { type Bare, handMadeInbox, startPlatform } from './bare.ts';

let bare: Bare;
afterEach(() => bare.close());

const inbox = handMadeInbox();
const signal = new AbortController().signal;
const picture: GivenFile = {
  name: 'leaf.png',
  mimetype: 'image/png',
  bytes: Buffer.alloc(200_000, 'leaf'),
};

/** A message with the file, as the platform understands it. */
async function received(file: GivenFile): Promise<{ ref: ThreadRef; attachment: Attachment }> {
  await bare.slack.write('@bot look', { files: [file] });
  const message = inbox.taken.at(-1);
  const attachment = message?.attachments[0];
  if (!message || !attachment) throw new Error('the message came without its file');
  return { ref: message.thread, attachment };
}

async function read(ref: ThreadRef, attachment: Attachment): Promise<Buffer> {
  const { stream } = await bare.platform.openFile(ref, attachment, signal);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function failure(deed: Promise<unknown>): Promise<unknown> {
  return deed.then(
    () => 'nothing went wrong',
    (error: unknown) => error,
  );
}

describe('a file that somebody sent', () => {
  test('is read byte for byte, with the bot’s token', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received(picture);
    expect(sha(await read(ref, attachment))).toBe(sha(picture.bytes));
    expect(bare.slack.downloads).toEqual([{ file: attachment.id, token: BOT_TOKEN, from: 0 }]);
  });

  test('that breaks off is gone on with from there', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received({ ...picture, cutAt: [50_000] });
    expect(sha(await read(ref, attachment))).toBe(sha(picture.bytes));
    expect(bare.slack.downloads).toHaveLength(2);
    expect(bare.slack.downloads[1]?.from).toBeGreaterThan(0);
  });

  test('that breaks off twice is given up', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received({ ...picture, cutAt: [50_000, 100_000] });
    expect(await failure(read(ref, attachment))).toMatchObject({
      name: 'FileUnavailable',
      reason: 'cut-off',
    });
    expect(bare.slack.downloads).toHaveLength(2);
  });

  test('behind Slack’s login page is refused, and the log names the missing scope', async () => {
    bare = await startPlatform('socket', inbox);
    bare.slack.scopes = bare.slack.scopes.filter((scope) => scope !== 'files:read');
    const { ref, attachment } = await received(picture);
    expect(await failure(read(ref, attachment))).toMatchObject({ reason: 'no-permission' });
    expect(bare.logged.join('\n')).toMatch(/warn .*files:read/);
  });

  test('that is a web page itself is read as one', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received({
      name: 'page.html',
      mimetype: 'text/html',
      bytes: Buffer.from('<!doctype html>mine'),
    });
    expect((await read(ref, attachment)).toString()).toContain('mine');
  });

  test('of a shared channel is asked for by its id', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received({ ...picture, as: 'stub' });
    expect(inbox.taken.at(-1)?.incomplete).toBe(true);
    expect(sha(await read(ref, attachment))).toBe(sha(picture.bytes));
    const again = await bare.platform.readMessage(ref, toMessageId(ref.thread), signal);
    expect(again?.attachments[0]).toMatchObject({
      name: 'leaf.png',
      bytes: 200_000,
      mime: 'image/png',
    });
  });

  test.each<[NonNullable<FileRecord['as']>, FileUnavailable['reason']]>([
    ['tombstone', 'gone'],
    ['hidden', 'hidden'],
    ['external', 'external'],
    ['foreign-host', 'external'],
  ])('as %s is explained as %s, and no host is asked for it', async (as, reason) => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received({ ...picture, as });
    expect(await failure(read(ref, attachment))).toMatchObject({ name: 'FileUnavailable', reason });
    expect(bare.slack.downloads).toEqual([]);
  });

  test('that was deleted meanwhile is gone', async () => {
    bare = await startPlatform('socket', inbox);
    const { ref, attachment } = await received(picture);
    bare.slack.files.delete(attachment.id);
    expect(await failure(read(ref, attachment))).toBeInstanceOf(FileUnavailable);
  });
});

describe('a file that we post', () => {
  const film = Buffer.alloc(300_000, 'film');
  const source = (): FileSource => ({
    name: 'video.mp4',
    mime: 'video/mp4',
    bytes: film.length,
    open: async () => Readable.from([film.subarray(0, 100_000), film.subarray(100_000)]),
  });
  const message = {
    text: 'Here it is',
    mention: ['U0ALICE'],
    buttons: [{ label: 'Export', does: { action: 'export' as const } }],
  };

  async function place() {
    bare = await startPlatform('socket', inbox);
    const ts = await bare.slack.write('@bot hello');
    const ref: ThreadRef = { platform: 'slack', workspace: 'T0TEA', channel: 'C0TEA', thread: ts };
    return { ref, thread: bare.platform.thread(ref) };
  }

  test('comes with its text and buttons as one message, and what follows it comes after it', async () => {
    const { thread, ref } = await place();
    bare.slack.shareDelayMs = 400;
    await thread.postFile(source(), message, { key: 'k' });
    await thread.post({ text: 'after' }, { key: 'k2' });
    const said = bare.slack.thread(ref.thread).filter((m) => m.bot);
    expect(said.map((m) => m.files.length)).toEqual([1, 0]);
    expect(sha(said[0]?.files[0]?.bytes ?? Buffer.alloc(0))).toBe(sha(film));
    expect(JSON.stringify(said[0]?.blocks)).toContain('Here it is');
    expect(bare.slack.violations).toEqual([]);
  });

  test.each<[string, FileRefused['reason']]>([
    ['file_upload_size_restricted', 'too-large'],
    ['file_uploads_disabled', 'not-allowed'],
    ['file_uploads_except_images_disabled', 'not-allowed'],
    ['file_type_not_allowed', 'not-allowed'],
    ['storage_limit_reached', 'storage-full'],
    ['some_new_code', 'failed'],
  ])('refused with %s counts as %s, whichever step refuses', async (error, reason) => {
    const { thread } = await place();
    for (const method of ['files.getUploadURLExternal', 'files.completeUploadExternal']) {
      bare.slack.fail(method, { error });
      const refusal = await failure(thread.postFile(source(), message, { key: method }));
      expect(refusal).toBeInstanceOf(FileRefused);
      expect(refusal).toMatchObject({ reason });
    }
    expect(bare.slack.messages.filter((m) => m.bot)).toEqual([]);
  });

  test.each<[string, Fault, FileRefused['reason']]>([
    ['413', { status: 413 }, 'too-large'],
    ['500', { status: 500 }, 'failed'],
    ['a cut connection', { drop: true }, 'failed'],
  ])('met by %s at the upload address is refused', async (_title, fault, reason) => {
    const { thread } = await place();
    bare.slack.fail('upload', fault);
    expect(await failure(thread.postFile(source(), message, { key: 'k' }))).toMatchObject({
      name: 'FileRefused',
      reason,
    });
  });

  test('without the scope is not allowed', async () => {
    const { thread } = await place();
    bare.slack.scopes = bare.slack.scopes.filter((scope) => scope !== 'files:write');
    const refusal = await failure(thread.postFile(source(), message, { key: 'k' }));
    expect(refusal).toMatchObject({ name: 'FileRefused', reason: 'not-allowed' });
    expect(String(refusal)).toContain('files:write');
  });

  test('in a channel that was archived finds no place at all', async () => {
    const { thread, ref } = await place();
    const channel = bare.slack.channels.get(ref.channel);
    if (channel) channel.archived = true;
    const error = await failure(thread.postFile(source(), message, { key: 'k' }));
    expect(error).toBeInstanceOf(ChatError);
    expect(error).toMatchObject({ reason: 'gone' });
  });

  test('is there once, although the answer was lost', async () => {
    const { thread } = await place();
    bare.slack.fail('files.completeUploadExternal', { status: 503, after: true });
    await thread.postFile(source(), message, { key: 'k' });
    expect(bare.slack.messages.filter((m) => m.files.length > 0)).toHaveLength(1);
  });

  test('is there once, although a successor delivers it again', async () => {
    const { thread } = await place();
    await thread.postFile(source(), message, { key: 'k' });
    await thread.postFile(source(), message, { key: 'k', again: true });
    expect(bare.slack.messages.filter((m) => m.files.length > 0)).toHaveLength(1);
    expect(bare.slack.callsOf('files.getUploadURLExternal')).toHaveLength(1);
  });

  test('is there once, although Slack takes its time to show it and the answer was lost', async () => {
    const { thread } = await place();
    bare.slack.shareDelayMs = 600;
    bare.slack.fail('files.completeUploadExternal', { status: 503, after: true });
    await thread.postFile(source(), message, { key: 'k' });
    expect(bare.slack.messages.filter((m) => m.files.length > 0)).toHaveLength(1);
    expect(bare.slack.callsOf('files.completeUploadExternal')).toHaveLength(1);
  });

  test('is there once, although a successor delivers it before Slack shows it', async () => {
    const { thread } = await place();
    bare.slack.shareDelayMs = 600;
    const first = thread.postFile(source(), message, { key: 'k' });
    await bare.slack.untilTrue(() => [...bare.slack.files.values()].some((it) => it.completed));
    await thread.postFile(source(), message, { key: 'k', again: true });
    await first;
    expect(bare.slack.callsOf('files.getUploadURLExternal')).toHaveLength(1);
    expect(bare.slack.messages.filter((m) => m.files.length > 0)).toHaveLength(1);
  });

  test('whose source breaks off is refused, and nothing is posted', async () => {
    const { thread } = await place();
    const broken = { ...source(), open: async () => Readable.from(brokenBytes()) };
    expect(await failure(thread.postFile(broken, message, { key: 'k' }))).toMatchObject({
      reason: 'failed',
    });
    expect(bare.slack.messages.filter((m) => m.bot)).toEqual([]);

    async function* brokenBytes() {
      yield film.subarray(0, 1000);
      throw new Error('the source is gone');
    }
  });

  test('above Slack’s limit is not even begun', async () => {
    const { thread } = await place();
    const huge = { ...source(), bytes: 2 * 1024 ** 3 };
    expect(await failure(thread.postFile(huge, message, { key: 'k' }))).toMatchObject({
      reason: 'too-large',
      limit: 1024 ** 3,
    });
    expect(bare.slack.callsOf('files.getUploadURLExternal')).toEqual([]);
  });

  test('where blocks are refused comes with plain text', async () => {
    const { thread } = await place();
    bare.slack.fail('files.completeUploadExternal', { error: 'invalid_arguments' });
    await thread.postFile(source(), message, { key: 'k' });
    const posted = await bare.slack.until((m) => m.files.length > 0);
    expect(posted.text).toContain('Here it is');
  });
});
