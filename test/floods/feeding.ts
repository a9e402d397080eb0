/** Feeds readers one after the other, in a thread that can be ended. The readers are shared out to two files, so that both cores are at work. */
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import { FEEDERS, isOfDocuments } from './feeders.ts';

export const IN_DOCUMENTS = Object.keys(FEEDERS).filter(isOfDocuments);
export const IN_MESSAGES = Object.keys(FEEDERS).filter((reader) => !isOfDocuments(reader));

let worker: Worker | undefined;

/** Real milliseconds on one shape, which takes a tenth of a second: also with twenty others on the machine it has ended by then, or hangs. */
const HANGS_MS = 60_000;

/** Resolves with the shapes that cost more than their share; ends the thread when it hangs. */
function fed(reader: string): Promise<string[]> {
  const thread = worker ?? new Worker(new URL('./work.ts', import.meta.url));
  worker = thread;
  let at = 'loading';
  return new Promise((resolve, reject) => {
    const over = () => {
      thread.off('message', hear);
      thread.off('error', fail);
      clearTimeout(timer);
    };
    const fail = (error: unknown) => {
      over();
      worker = undefined;
      void thread.terminate();
      reject(error);
    };
    const hang = () => fail(new Error(`${reader} hangs at: ${at}`));
    const hear = (message: { type: 'at'; shape: string } | { type: 'done'; slow: string[] }) => {
      if (message.type === 'at') {
        at = message.shape;
        timer.refresh();
        return;
      }
      over();
      resolve(message.slow);
    };
    const timer = setTimeout(hang, HANGS_MS);
    thread.on('message', hear);
    thread.on('error', fail);
    thread.postMessage(reader);
  });
}

export function feedAll(readers: readonly string[]): void {
  afterAll(async () => {
    await worker?.terminate();
  });
  describe('hostile texts', () => {
    test.each(readers)(
      '%s does work in proportion to the text',
      async (reader) => {
        expect(await fed(reader)).toEqual([]);
      },
      600_000,
    );
  });
}
