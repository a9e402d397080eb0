/** Files on disk. One is there whole, under its id, or not at all. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from './wire.ts';

/** More bytes came than may be taken. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
  readonly limit: number;
  constructor(limit: number) {
    super(`the file is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/** Fewer or more bytes came than were announced. */
export class LengthMismatch extends Error {
  override name = 'LengthMismatch';
}

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

export interface Saved {
  readonly id: string;
  readonly bytes: number;
}

export type FileVault = Awaited<ReturnType<typeof openFileVault>>;

export async function openFileVault(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => {
    if (!isId(id)) throw new Error('not the id of a file');
    return join(folder, id);
  };

  return {
    /** Streams to disk; the cap holds while reading. Rejects with `FileTooLarge`, `LengthMismatch`, or what broke. */
    async save(
      source: AsyncIterable<Uint8Array>,
      size: { readonly atMost: number; readonly exactly?: number | undefined },
      signal?: AbortSignal,
    ): Promise<Saved> {
      const id = randomUUID();
      const part = `${pathOf(id)}.part`;
      const counted = counter(size.atMost);
      try {
        const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
        await pipeline(source, counted.stream, file, signal ? { signal } : {});
        const bytes = counted.bytes();
        if (size.exactly !== undefined && bytes !== size.exactly) {
          throw new LengthMismatch(`${bytes} bytes came where ${size.exactly} were announced`);
        }
        await rename(part, pathOf(id));
        return { id, bytes };
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },

    /** Its length in bytes, or undefined when it is not there. */
    async size(id: string): Promise<number | undefined> {
      try {
        return (await stat(pathOf(id))).size;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },

    /** `start` and `end` are byte positions, both included. */
    read: (id: string, range?: { readonly start: number; readonly end: number }): Readable =>
      createReadStream(pathOf(id), range),

    remove: (id: string): Promise<void> => rm(pathOf(id), { force: true }),

    /** Removes what a crash or a person left behind. */
    async sweep(keep: ReadonlySet<string>): Promise<void> {
      for (const name of await readdir(folder)) {
        if (!keep.has(name)) await rm(join(folder, name), { force: true });
      }
    },
  };
}

function counter(atMost: number) {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > atMost ? new FileTooLarge(atMost) : null, chunk);
    },
  });
  return { stream, bytes: () => bytes };
}
