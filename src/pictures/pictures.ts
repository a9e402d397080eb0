/**
 * Charts as PNGs, one at a time, in a thread of their own. A picture adorns: whoever asks gets it soon, or nothing.
 */
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { withDeadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { Chart } from './chart.ts';
import { type DrawingJob, type DrawingReply, drawingReply } from './drawing-job.ts';
import { SYSTEM_FONTS } from './fonts.ts';

export interface Pictures {
  /** Undefined: there is none, or not soon enough. Never rejects. */
  png(chart: Chart): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export interface PictureOptions {
  readonly log: Log;
  readonly fontFolders?: readonly string[] | undefined;
  /** Real milliseconds from the question to the picture, waiting in line included. Default 5,000. */
  readonly timeoutMs?: number | undefined;
  /** Of a picture; default 100,000. */
  readonly mostBytes?: number | undefined;
  /** Real milliseconds after which a thread without work is ended. Default 60,000. */
  readonly idleMs?: number | undefined;
}

const ENTRY = new URL('./drawing-worker.ts', import.meta.url);
/** What places show in line, and people on a telephone still load. */
export const MOST_BYTES = 100_000;
const MOST_WAITING = 8;
const HEAP_MB = 128;

export function createPictures(options: PictureOptions): Pictures {
  const { log, fontFolders = SYSTEM_FONTS, timeoutMs = 5_000, idleMs = 60_000 } = options;
  const { mostBytes = MOST_BYTES } = options;
  const line = new PQueue({ concurrency: 1 });
  const closing = new AbortController();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let settle: ((outcome: () => unknown) => void) | undefined;
  let toldOfFonts = false;

  function begin(): Worker {
    const thread = new Worker(ENTRY, {
      name: 'pictures',
      // What it draws are words of strangers: no secret of the bot's environment is near them.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
    });
    const fail = (error: unknown) => settle?.(() => raise(error));
    thread.on('message', (reply: unknown) => settle?.(() => reply));
    thread.on('error', fail);
    thread.on('exit', () => fail(new Error('drawing a timeline ended its thread')));
    thread.unref();
    return thread;
  }

  async function end(): Promise<void> {
    const ended = worker;
    worker = undefined;
    settle = undefined;
    await ended?.terminate();
  }

  /** One at a time: the line sees to it. A thread that does not answer in time is ended. */
  async function ask(job: DrawingJob, signal: AbortSignal): Promise<DrawingReply> {
    signal.throwIfAborted();
    clearTimeout(idle);
    worker ??= begin();
    const { promise, resolve } = Promise.withResolvers<() => unknown>();
    settle = resolve;
    const giveUp = () => resolve(() => raise(signal.reason));
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      worker.postMessage(job);
      const outcome = await promise;
      const reply = drawingReply.parse(outcome());
      idle = setTimeout(() => void end(), idleMs).unref();
      return reply;
    } catch (error) {
      await end();
      throw error;
    } finally {
      settle = undefined;
      signal.removeEventListener('abort', giveUp);
    }
  }

  function told(reply: DrawingReply): Uint8Array | undefined {
    if ('png' in reply) return reply.png;
    const { none: why } = reply;
    if (why !== 'no-font') log.warn('a timeline could not be drawn', { why: reply.why });
    else if (!toldOfFonts) {
      toldOfFonts = true;
      log.warn('no font on this machine has all signs of a timeline: it is shown in words alone');
    }
    return undefined;
  }

  return {
    async png(chart) {
      // Whoever comes now would wait for longer than a picture is worth.
      if (line.size >= MOST_WAITING) return undefined;
      const job: DrawingJob = { chart, fontFolders, mostBytes };
      const bound = { ms: timeoutMs, signal: closing.signal };
      try {
        return told(await withDeadline(bound, (signal) => line.add(() => ask(job, signal))));
      } catch (error) {
        if (!closing.signal.aborted) log.warn('a timeline could not be drawn', { error });
        return undefined;
      }
    },
    async close() {
      closing.abort();
      clearTimeout(idle);
      await line.onIdle();
      await end();
    },
  };
}

function raise(error: unknown): never {
  throw error;
}
