/** Runs in a thread that can be ended: one reader, all shapes, several lengths; says which shapes cost too much. */
import { parentPort } from 'node:worker_threads';
import { FEEDERS, isOfDocuments } from './feeders.ts';
import { grewTooFast, grewTooFastInDocuments } from './growth.ts';
import { flood, NESTED, SHAPES } from './shapes.ts';

/** Microseconds. A kernel may count a thread's time in ticks of so much: what begins and ends within one would cost nothing, or all of it. */
const TICK = 4_000;

/** Microseconds of processor time of this thread alone: what other processes do meanwhile does not count, but in what takes less than a tick. */
async function cost(reader: string, text: string): Promise<number> {
  const feed = FEEDERS[reader];
  if (!feed) throw new Error(`nothing feeds ${reader}`);
  const before = process.threadCpuUsage();
  const began = performance.now();
  try {
    await feed(text);
  } catch {
    // Refusing a hostile text with an error is an answer like any other; only its cost is of interest here.
  }
  const { user, system } = process.threadCpuUsage(before);
  const passed = (performance.now() - began) * 1000;
  return passed < TICK ? passed : user + system;
}

parentPort?.on('message', async (reader: string) => {
  const slow: string[] = [];
  for (const [shape, name] of SHAPES.entries()) {
    parentPort?.postMessage({ type: 'at', shape: name });
    if (await grewTooFast((length) => cost(reader, flood(shape, length)))) slow.push(name);
  }
  for (const shape of isOfDocuments(reader) ? NESTED : []) {
    const name = `${SHAPES[shape]}, a long text`;
    parentPort?.postMessage({ type: 'at', shape: name });
    if (await grewTooFastInDocuments((length) => cost(reader, flood(shape, length))))
      slow.push(name);
  }
  parentPort?.postMessage({ type: 'done', slow });
});
