/**
 * Reads the documents that people attach. Everything about a document is a stranger's: it is read in
 * a thread that can be ended, within limits of size, pages, expansion, memory and time.
 */
import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { limitConcurrency } from './concurrency-limit.ts';
import type { DocumentLimits, DocumentText } from './document.ts';
import type { ArticleText, RobotsJob } from './reading-job.ts';
import { type ReadingThread, startReadingThread } from './reading-worker.ts';
import { takeBytes } from './take-bytes.ts';
import { MOST_SECONDS, type Recording } from './voice/recording.ts';

export interface DocumentReaderOptions extends Partial<DocumentLimits> {
  /** Of one file. Default 20 MB. */
  readonly maxBytes?: number | undefined;
  /** Real milliseconds from the last byte to the text; waiting in line does not count. Default 15,000. */
  readonly timeoutMs?: number | undefined;
  /** Of a voice message, in seconds. Default 600. */
  readonly maxSeconds?: number | undefined;
  /** Documents read at the same time, each in its own thread. Default 2. */
  readonly threads?: number | undefined;
  /** Real milliseconds after which a thread without work is ended. Default 60,000. */
  readonly idleMs?: number | undefined;
}

export interface DocumentFile {
  readonly name: string;
  readonly mime?: string | undefined;
  /** Read to its end or destroyed, whatever happens. */
  readonly stream: Readable;
  /** As announced, where known. */
  readonly bytes?: number | undefined;
}

export interface WebPage extends Pick<DocumentFile, 'stream' | 'bytes'> {
  readonly most: number;
  /** What its host says. */
  readonly encoding: string | undefined;
}

export interface DocumentReader {
  /**
   * Rejects with `DocumentUnreadable` (the file is the trouble), with the stream's own error (the way
   * it came), or with the signal's reason.
   */
  read(file: DocumentFile, signal: AbortSignal): Promise<DocumentText>;
  /** The article of a web page. Rejects likewise, for pages of more bytes than `most` too. */
  readArticle(page: WebPage, signal: AbortSignal): Promise<ArticleText>;
  /** A voice message (Opus in Ogg) as WAV. Rejects likewise. */
  listen(file: Pick<DocumentFile, 'stream' | 'bytes'>, signal: AbortSignal): Promise<Recording>;
  /**
   * May this program read the page, as its host asks of programs? Of the file the bytes are taken over. Rejects with
   * `DocumentUnreadable` where that takes too long or too much, or with the signal's reason.
   */
  mayRead(rules: Omit<RobotsJob, 'kind'>, signal: AbortSignal): Promise<boolean>;
  /** Ends the threads; reading that is going on rejects with an `AbortError`. */
  close(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;

/** Files held in memory at the same time, read or waiting to be. */
const MOST_FILES = 6;

export function createDocumentReader(options: DocumentReaderOptions = {}): DocumentReader {
  const {
    maxBytes = 20 * MEGABYTE,
    timeoutMs = 15_000,
    maxSeconds = MOST_SECONDS,
    threads = 2,
    idleMs = 60_000,
  } = options;
  const limits: DocumentLimits = {
    maxCharacters: options.maxCharacters ?? 200_000,
    maxPages: options.maxPages ?? 300,
    maxExpandedBytes: options.maxExpandedBytes ?? 100 * MEGABYTE,
  };
  const intake = limitConcurrency(MOST_FILES);
  const desk = limitConcurrency(threads);
  const busy = new Set<ReadingThread>();
  const ending = new Set<Promise<void>>();
  const closing = new AbortController();

  const end = (thread: ReadingThread) => {
    const ended = thread.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  const idle = new LRUCache<ReadingThread, ReadingThread>({
    max: threads,
    ttl: idleMs,
    ttlAutopurge: true,
    // One whose time is over, and that is not ended yet, is as good as any.
    allowStale: true,
    dispose: (thread, _key, why) => {
      if (why !== 'delete') end(thread);
    },
  });

  const takeThread = (): ReadingThread => {
    for (const thread of [...idle.keys()]) {
      idle.delete(thread);
      if (thread.alive) return thread;
    }
    return startReadingThread();
  };

  const giveBack = (thread: ReadingThread) => {
    if (!thread.alive) return;
    if (closing.signal.aborted) return end(thread);
    idle.set(thread, thread);
  };

  type Work<T> = (
    thread: ReadingThread,
    bytes: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
  ) => Promise<T>;

  async function atDesk<T>(work: (thread: ReadingThread) => Promise<T>): Promise<T> {
    const thread = takeThread();
    busy.add(thread);
    try {
      return await work(thread);
    } finally {
      busy.delete(thread);
      giveBack(thread);
    }
  }

  async function withBytes<T>(
    { stream, bytes: announced }: Pick<DocumentFile, 'stream' | 'bytes'>,
    signal: AbortSignal,
    work: Work<T>,
    most = maxBytes,
  ): Promise<T> {
    const either = AbortSignal.any([signal, closing.signal]);
    // While it waits in line a stream may break, and nobody else listens; `takeBytes` will tell.
    stream.on('error', () => {});
    try {
      return await intake.run(async () => {
        const bytes = await takeBytes(stream, announced, most, either);
        return desk.run(() => atDesk((thread) => work(thread, bytes, either)), either);
      }, either);
    } finally {
      stream.destroy();
    }
  }

  return {
    read: (file, signal) =>
      withBytes(file, signal, (thread, bytes, either) =>
        thread.read(
          { kind: 'document', name: file.name, mime: file.mime, bytes, limits },
          timeoutMs,
          either,
        ),
      ),
    readArticle: ({ encoding, most, ...page }, signal) =>
      withBytes(
        page,
        signal,
        (thread, bytes, either) => {
          const { maxCharacters } = limits;
          return thread.readArticle(
            { kind: 'article', bytes, encoding, maxCharacters },
            timeoutMs,
            either,
          );
        },
        most,
      ),
    listen: (file, signal) =>
      withBytes(file, signal, (thread, bytes, either) =>
        thread.listen({ kind: 'recording', bytes, maxSeconds }, timeoutMs, either),
      ),
    mayRead: (given, signal) => {
      const either = AbortSignal.any([signal, closing.signal]);
      const job = { kind: 'robots', ...given } as const;
      return desk.run(() => atDesk((thread) => thread.mayRead(job, timeoutMs, either)), either);
    },
    async close() {
      closing.abort();
      const all = [...idle.keys(), ...busy];
      idle.clear();
      for (const thread of all) end(thread);
      await Promise.all(ending);
    },
  };
}
