/**
 * A download of unknown length is put on disk first: chats want the length before the first byte. All of
 * them together may take so much of the disk and no more.
 */

import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Spooled {
  readonly bytes: number;
  open(): Promise<Readable>;
  remove(): Promise<void>;
}

export interface Spool {
  /** Of what is not taken nothing stays on disk. */
  take(
    stream: Readable,
    limit: number,
    signal: AbortSignal,
  ): Promise<Spooled | 'too-long' | 'no-room'>;
}

/** Two of the largest files that any chat takes. */
const MOST_BYTES = 2 * 1024 ** 3;

/** `folder` is the spool's own: what an earlier process left in it is removed. */
export async function openSpool(folder: string, mostBytes: number = MOST_BYTES): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder))
    await rm(path.join(folder, name), { recursive: true, force: true });
  let taken = 0;

  return {
    async take(stream, limit, signal) {
      const file = await openNameless(folder);
      let bytes = 0;
      let refusal: 'too-long' | 'no-room' | undefined;
      const count = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          taken += chunk.length;
          if (bytes > limit) refusal = 'too-long';
          else if (taken > mostBytes) refusal = 'no-room';
          done(refusal ? new Error(refusal) : null, chunk);
        },
      });
      let closing: Promise<void> | undefined;
      // The bytes are free again once, however often this is called.
      const remove = () => {
        closing ??= file.close().finally(() => {
          taken -= bytes;
        });
        return closing;
      };
      try {
        await pipeline(stream, count, (chunks) => write(file, chunks), { signal });
      } catch (error) {
        await remove();
        if (refusal) return refusal;
        if (isDiskFull(error)) return 'no-room';
        throw error;
      }
      const size = bytes;
      return {
        bytes: size,
        open: async () => Readable.from(contentOf(file, size), { objectMode: false }),
        remove,
      };
    },
  };
}

const READ_BYTES = 256 * 1024;

/** The streams of a handle close it when they end, and it is read several times: hence by hand. */
async function write(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) await file.appendFile(chunk);
}

async function* contentOf(file: FileHandle, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; ) {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, bytes - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new Error('the file on disk became shorter');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Without a name the file ends with its handle, so that no crash leaves it behind. */
async function openNameless(folder: string): Promise<FileHandle> {
  const name = path.join(folder, randomUUID());
  const file = await open(name, 'wx+', 0o600);
  try {
    // Another process that starts may have been quicker.
    await rm(name, { force: true });
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
