/** Asks the database for an auditor who cannot wait: see books.ts. */
import { MessagePort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { z } from 'zod';

const { url, done, port } = z
  .object({
    url: z.string(),
    done: z.instanceof(SharedArrayBuffer),
    port: z.instanceof(MessagePort),
  })
  .parse(workerData);
const question = z.object({ text: z.string(), values: z.array(z.unknown()) });
const flag = new Int32Array(done);
const client = new pg.Client(url);
client.on('error', () => {});
const connected = client.connect();

port.on('message', async (asked: unknown) => {
  try {
    await connected;
    const { text, values } = question.parse(asked);
    port.postMessage({ rows: (await client.query(text, values)).rows });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
