import { appendFile, rename, rm, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Storyboard } from './storyboard.ts';

export interface FilmOrder {
  readonly board: Storyboard;
  readonly pictures: readonly { readonly name: string; readonly file: string }[];
  /** Where the MP4 is written. */
  readonly target: string;
  readonly framesPerSecond: number;
}

export interface Projector {
  /** Resolves when the MP4 is at its place, whole. `padTo` makes the file at least so heavy. */
  shoot(order: Omit<FilmOrder, 'framesPerSecond'>, padTo?: number): Promise<void>;
  /** Resolves when no film is being made. */
  idle(): Promise<void>;
}

/** Few, and fewer for much work, so that a film is ready in seconds. */
const FRAMES_PER_SECOND = 8;
const FRAMES_PER_SECOND_HEAVY = 6;
const HEAVY_PIXELS = 1280 * 720 * 15;

/** One film at a time, so that the rest of the machine stays quick. */
export function projector(signal: AbortSignal): Projector {
  let last: Promise<void> = Promise.resolve();
  return {
    shoot(order, padTo = 0) {
      const { width, height, ms } = order.board;
      const heavy = (width * height * ms) / 1000 > HEAVY_PIXELS;
      const framesPerSecond = heavy ? FRAMES_PER_SECOND_HEAVY : FRAMES_PER_SECOND;
      const film = last.then(async () => {
        const part = `${order.target}.part`;
        await work({ ...order, target: part, framesPerSecond }, signal);
        await pad(part, padTo);
        await rename(part, order.target);
      });
      last = film.catch(() => undefined);
      return film;
    },
    idle: () => last,
  };
}

async function work(order: FilmOrder, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`the film's thread ended with ${code}`)),
      );
    });
  } catch (error) {
    await rm(order.target, { force: true });
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A "free" box holds nothing and players skip it. */
async function pad(file: string, size: number): Promise<void> {
  const missing = size - (await stat(file)).size;
  if (missing <= 8) return;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(missing, 0);
  head.write('free', 4, 'latin1');
  await appendFile(file, head);
  const filling = Buffer.alloc(1024 * 1024);
  for (let left = missing - 8; left > 0; left -= filling.length) {
    await appendFile(file, filling.subarray(0, Math.min(left, filling.length)));
  }
}
