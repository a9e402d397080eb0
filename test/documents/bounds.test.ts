import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import {
  createDocumentReader,
  type DocumentReader,
  type DocumentReaderOptions,
} from '../../src/documents/document-reader.ts';
import { attached, docx, fixture, paragraph, pdf, shown } from './files.ts';

const readers: DocumentReader[] = [];
const create = (options?: DocumentReaderOptions) => {
  const reader = createDocumentReader(options);
  readers.push(reader);
  return reader;
};
const never = new AbortController().signal;
const unreadable = (reason: DocumentUnreadable['reason']) =>
  expect.objectContaining({ constructor: DocumentUnreadable, reason });

/** Every thread that is started, as the process itself tells. */
const threads: Worker[] = [];
const noted = (worker: Worker) => void threads.push(worker);
beforeEach(() => {
  threads.length = 0;
  process.on('worker', noted);
});
afterEach(async () => {
  process.off('worker', noted);
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
});

describe('size', () => {
  it('an announced size above the limit is believed: not a byte is read', async () => {
    const stream = new PassThrough();
    const read = create({ maxBytes: 100 }).read({ name: 'a.txt', stream, bytes: 101 }, never);
    await expect(read).rejects.toEqual(unreadable('too-large'));
    expect(stream.destroyed).toBe(true);
  });

  it('a file of unknown size is read up to the limit and no further', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1000;
        this.push(Buffer.alloc(1000, 'a'));
      },
    });
    const read = create({ maxBytes: 50_000 }).read({ name: 'a.txt', stream: endless }, never);
    await expect(read).rejects.toEqual(unreadable('too-large'));
    expect(endless.destroyed).toBe(true);
    expect(given).toBeLessThan(200_000);
    expect(threads).toHaveLength(0);
  });

  it('a file of exactly the limit is read', async () => {
    const { text } = await create({ maxBytes: 5 }).read(
      attached('a.txt', Buffer.from('Waves')),
      never,
    );
    expect(text).toBe('Waves');
  });

  it('the archive may not unpack to more than is allowed', async () => {
    const document = docx(paragraph('a'.repeat(10_000)));
    const read = create({ maxExpandedBytes: 9000 }).read(attached('a.docx', document), never);
    await expect(read).rejects.toEqual(unreadable('too-large'));
    await expect(
      create({ maxExpandedBytes: 12_000 }).read(attached('a.docx', document), never),
    ).resolves.toMatchObject({
      format: 'docx',
    });
  });
});

describe('length', () => {
  it.each([
    ['a.txt', Buffer.from('The sea is quiet. '.repeat(100))],
    ['a.docx', docx(paragraph('The sea is quiet. '.repeat(100)))],
    [
      'a.pdf',
      pdf(Array.from({ length: 30 }, () => shown('The sea is quiet. The sea is quiet.', 50, 400))),
    ],
  ])('%s is cut after a sentence, and says so', async (name, bytes) => {
    const { text, truncated, words } = await create({ maxCharacters: 100 }).read(
      attached(name, bytes),
      never,
    );
    expect(truncated).toBe(true);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(text).toMatch(/quiet\.$/);
    expect(words).toBe(text.split(/\s+/).length);
  });

  it('pages beyond the limit are not looked at', async () => {
    const bytes = pdf(['One.', 'Two.', 'Three.'].map((text) => shown(text, 50, 400)));
    expect(await create({ maxPages: 2 }).read(attached('a.pdf', bytes), never)).toMatchObject({
      text: 'One.\n\nTwo.',
      truncated: true,
    });
    expect(await create({ maxPages: 3 }).read(attached('a.pdf', bytes), never)).toMatchObject({
      truncated: false,
    });
  });
});

describe('time', () => {
  it('a document that takes too long is given up, its thread ended, and the next one read', async () => {
    const slow = create({ timeoutMs: 1 });
    await expect(slow.read(attached('report.pdf'), never)).rejects.toEqual(unreadable('too-slow'));
    expect(threads.map((worker) => worker.threadId)).toEqual([-1]);
    await expect(create().read(attached('gbk.txt'), never)).resolves.toMatchObject({
      format: 'text',
    });
  });

  it('an abort ends the thread that reads', async () => {
    const stop = new AbortController();
    const file = attached('report.pdf');
    const read = create().read(file, stop.signal);
    process.once('worker', () => stop.abort(new Error('stopped')));
    await expect(read).rejects.toThrow('stopped');
    expect(threads.map((worker) => worker.threadId)).toEqual([-1]);
  });

  it('an abort ends the taking of a file that does not come', async () => {
    const stop = new AbortController();
    const stream = new PassThrough();
    stream.write('half a');
    const read = create().read({ name: 'a.txt', stream }, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(read).rejects.toThrow('stopped');
    expect(stream.destroyed).toBe(true);
  });

  it('an abort takes a file out of the line', async () => {
    const reader = create();
    const stalled = Array.from({ length: 6 }, () => new PassThrough());
    const reads = stalled.map((stream) => reader.read({ name: 'a.txt', stream }, never));
    const stop = new AbortController();
    const late = attached('gbk.txt');
    const waiting = reader.read(late, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(late.stream.destroyed).toBe(true);
    for (const stream of stalled) stream.end('Waves');
    expect((await Promise.all(reads)).map(({ text }) => text)).toEqual(Array(6).fill('Waves'));
  });

  it('an abort beforehand starts nothing', async () => {
    await expect(
      create().read(attached('gbk.txt'), AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
    expect(threads).toHaveLength(0);
  });
});

describe('the stream', () => {
  it('its own error is passed on as it is, also while it waits in line', async () => {
    const reader = create();
    const stream = new PassThrough();
    const read = reader.read({ name: 'a.txt', stream }, never);
    stream.destroy(new Error('connection reset'));
    await expect(read).rejects.toThrow('connection reset');

    const stalled = Array.from({ length: 6 }, () => new PassThrough());
    const before = stalled.map((each) => reader.read({ name: 'a.txt', stream: each }, never));
    const broken = new PassThrough();
    const waiting = expect(reader.read({ name: 'a.txt', stream: broken }, never)).rejects.toThrow(
      'connection reset',
    );
    broken.destroy(new Error('connection reset'));
    await new Promise((resolve) => broken.once('close', resolve));
    for (const each of stalled) each.end('Waves');
    await Promise.all(before);
    await waiting;
  });
});

describe('threads', () => {
  it('none is started before there is a document', () => {
    create();
    expect(threads).toHaveLength(0);
  });

  it('are two at most, and are used again', async () => {
    const reader = create();
    const names = [
      'brief.docx',
      'article.pdf',
      'film.srt',
      'gbk.txt',
      'market.docx',
      'chinese.pdf',
      'film.vtt',
      'big5.txt',
    ];
    await Promise.all(names.map((name) => reader.read(attached(name), never)));
    await reader.read(attached('gbk.txt'), never);
    expect(threads).toHaveLength(2);
  });

  it('end when there was nothing to do for a while', async () => {
    const reader = create({ idleMs: 1 });
    await reader.read(attached('gbk.txt'), never);
    const [first] = threads;
    if (first && first.threadId !== -1) await once(first, 'exit');
    await reader.read(attached('gbk.txt'), never);
    expect(threads).toHaveLength(2);
  });

  it('end with the reader, in the middle of a document', async () => {
    const reader = create();
    const read = reader.read(attached('report.pdf', fixture('report.pdf')), never);
    process.once('worker', () => void reader.close());
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    await reader.close();
    expect(threads.map((worker) => worker.threadId)).toEqual([-1]);
    await expect(reader.read(attached('gbk.txt'), never)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
