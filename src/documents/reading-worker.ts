/** One worker thread for documents: how it is fenced in, asked, and ended. */
import { Worker } from 'node:worker_threads';
import { withDeadline } from '../runtime/deadline.ts';
import { type DocumentText, DocumentUnreadable } from './document.ts';
import {
  type ArticleJob,
  type ArticleText,
  articleFrom,
  type DocumentJob,
  documentFrom,
  type ListeningJob,
  permissionFrom,
  type ReadingJob,
  type RobotsJob,
  recordingFrom,
} from './reading-job.ts';
import type { Recording } from './voice/recording.ts';

const ENTRY = new URL('./worker-entry.ts', import.meta.url);

const HEAP_MB = 256;
/** Buffers live outside the heap, where V8's own limits do not see them. */
const BUFFER_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 50;

export interface ReadingThread {
  /** False once it was ended, by us or by a document. */
  readonly alive: boolean;
  /**
   * One job at a time. Rejects with `DocumentUnreadable`, or with the signal's reason; unless the
   * thread itself answered, it is ended then.
   */
  read(job: DocumentJob, timeoutMs: number, signal: AbortSignal): Promise<DocumentText>;
  /** Likewise, for a voice message. */
  listen(job: ListeningJob, timeoutMs: number, signal: AbortSignal): Promise<Recording>;
  /** Likewise, for the article of a web page. */
  readArticle(job: ArticleJob, timeoutMs: number, signal: AbortSignal): Promise<ArticleText>;
  /** Likewise, for what a host asks of programs. */
  mayRead(job: RobotsJob, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  end(): Promise<void>;
}

export function startReadingThread(): ReadingThread {
  const worker = new Worker(ENTRY, {
    name: 'documents',
    // No secret of the bot's environment is anywhere near a hostile file.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32 },
  });
  // Parsers print warnings about the documents they read; unread, they would pile up.
  worker.stdout.resume();
  worker.stderr.resume();
  worker.unref();

  let alive = true;
  let settle: ((outcome: () => unknown) => void) | undefined;
  const fail = (error: unknown) => settle?.(() => raise(error));
  worker.on('message', (message: unknown) => settle?.(() => message));
  worker.on('messageerror', fail);
  worker.on('error', (error) => fail(unreadableFrom(error)));
  worker.on('exit', () => {
    alive = false;
    fail(new DocumentUnreadable('damaged', 'reading the document ended the thread'));
  });

  const end = async () => {
    alive = false;
    await worker.terminate();
  };

  async function ask(job: ReadingJob, timeoutMs: number, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<() => unknown>();
    settle = resolve;
    const late = () => new DocumentUnreadable('too-slow', `not read within ${timeoutMs} ms`);
    const watch = watchBuffers(worker, () => {
      alive = false;
      fail(new DocumentUnreadable('too-large', 'reading the document takes too much memory'));
    });
    let answered = false;
    try {
      const outcome = await withDeadline({ ms: timeoutMs, signal, late }, () => {
        worker.postMessage(job, [job.bytes.buffer]);
        return promise;
      });
      answered = true;
      return outcome();
    } finally {
      settle = undefined;
      clearInterval(watch);
      alive &&= answered;
      if (!alive) await end();
    }
  }

  return {
    get alive() {
      return alive;
    },
    end,
    read: async (...job) => documentFrom(await ask(...job)),
    readArticle: async (...job) => articleFrom(await ask(...job)),
    listen: async (...job) => recordingFrom(await ask(...job)),
    mayRead: async (...job) => permissionFrom(await ask(...job)),
  };
}

function watchBuffers(worker: Worker, tooMuch: () => void): NodeJS.Timeout {
  const look = async () => {
    // Rejects when the thread has just ended; then there is nothing left to watch.
    const heap = await worker.getHeapStatistics().catch(() => undefined);
    if (heap && heap.external_memory > BUFFER_BYTES) tooMuch();
  };
  return setInterval(() => void look(), LOOK_EVERY_MS);
}

function unreadableFrom(error: unknown): DocumentUnreadable {
  const full =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const message = full
    ? 'reading the document takes too much memory'
    : 'reading the document failed';
  return new DocumentUnreadable(full ? 'too-large' : 'damaged', message, { cause: error });
}

function raise(error: unknown): never {
  throw error;
}
