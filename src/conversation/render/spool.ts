/** A download of unknown length is put on disk first: chats want the length before the first byte. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Spooled {
  readonly bytes: number;
  open(): Promise<Readable>;
  remove(): Promise<void>;
}

/** Undefined when the stream is longer than `limit`; what was written is removed then. */
export async function spool(
  stream: Readable,
  limit: number,
  signal: AbortSignal,
): Promise<Spooled | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'nemo-bot-'));
  const file = path.join(folder, 'output');
  const remove = () => rm(folder, { recursive: true, force: true });
  let size = 0;
  let over = false;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      over = size > limit;
      done(over ? new Error('longer than the limit') : null, chunk);
    },
  });
  try {
    await pipeline(stream, count, createWriteStream(file), { signal });
  } catch (error) {
    await remove();
    if (over) return undefined;
    throw error;
  }
  const { size: bytes } = await stat(file);
  return { bytes, open: async () => createReadStream(file), remove };
}
