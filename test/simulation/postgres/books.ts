/**
 * The books of a world over PostgreSQL. Who reads them is in the middle of an event and cannot wait for a promise, so that a
 * thread asks the server while this one stands still. What is read is what is committed.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Books, countRow, type LogRow, logRow, renderRow, turnRow } from '../books.ts';

const TURN = `id, key, thread, lane, requester, payload, phase, finished_at::float8`;
const answer = z.union([z.object({ rows: z.array(z.unknown()) }), z.object({ error: z.string() })]);

export function openBooks(url: string): Books {
  const done = new SharedArrayBuffer(4);
  const flag = new Int32Array(done);
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL('./books-thread.ts', import.meta.url), {
    workerData: { url, done, port: port2 },
    transferList: [port2],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  thread.unref();
  port1.unref();
  let read: LogRow[] | undefined;

  function ask<T>(row: z.ZodType<T>, text: string, values: readonly unknown[] = []): T[] {
    Atomics.store(flag, 0, 0);
    port1.postMessage({ text, values });
    Atomics.wait(flag, 0, 0);
    const got = answer.parse(receiveMessageOnPort(port1)?.message);
    if ('error' in got) throw new Error(got.error);
    return z.array(row).parse(got.rows);
  }

  return {
    turns: () => ask(turnRow, `SELECT ${TURN} FROM nemo_bot.turns ORDER BY seq`),
    head: (of) =>
      ask(
        turnRow,
        `SELECT ${TURN} FROM nemo_bot.turns WHERE thread = $1 AND lane = 'ordered'
           AND finished_at IS NULL ORDER BY seq LIMIT 1`,
        [of],
      )[0],
    unfinished: () =>
      ask(
        countRow,
        'SELECT count(*)::float8 AS count FROM nemo_bot.turns WHERE finished_at IS NULL',
      )[0]?.count ?? 0,
    renders: () => ask(renderRow, 'SELECT id, turn, phase FROM nemo_bot.renders ORDER BY seq'),
    log() {
      read ??= ask(logRow, 'SELECT * FROM nemo_bot.sim_log ORDER BY number');
      return read;
    },
    close: () => void thread.terminate(),
  };
}
