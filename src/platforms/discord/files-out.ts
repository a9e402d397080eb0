/** Sends a file with its message, streamed: nothing of it is held but what is on the wire. */
import { ReadableStream as NodeStream } from 'node:stream/web';
import { DiscordAPIError, HTTPError } from 'discord.js';
import { FileRefused, type FileSource } from '../chat.ts';
import { asChatError, Code, codeOf } from './errors.ts';
import type { FileLimits } from './file-size-limit.ts';
import type { PostOrder, Send, StreamedUpload } from './posting.ts';

/** Each one is many megabytes on the way out; more at once only make all of them slow. */
const AT_ONCE = 2;

export interface FileOrder extends PostOrder {
  readonly source: FileSource;
  /** For the limit that is learnt. */
  readonly workspace: string;
}

/** Gives the message's id. Rejects with `FileRefused` or `ChatError`. */
export type SendFile = (order: FileOrder) => Promise<string>;

export function createSendFile(send: Send, limits: FileLimits): SendFile {
  const turn = taking(AT_ONCE);
  return (order) =>
    turn(async () => {
      const { source, workspace, delivery } = order;
      const broken = new AbortController();
      const signal = AbortSignal.any([
        broken.signal,
        ...(delivery.signal ? [delivery.signal] : []),
      ]);
      const asUpload = (it: FileSource): StreamedUpload => ({
        name: it.name,
        description: it.description,
        open: () => streamedFile(it, signal, (cause) => broken.abort(cause)),
      });
      try {
        const file = { ...asUpload(source), beside: source.beside?.map(asUpload) };
        const post = () => send({ ...order, delivery: { ...delivery, signal }, file });
        return await post().catch((error: unknown) => {
          if (!isTooLarge(error) || !limits.fitsAnywhere(source.bytes)) throw error;
          return post();
        });
      } catch (error) {
        if (delivery.signal?.aborted) throw delivery.signal.reason;
        if (broken.signal.aborted) {
          throw new FileRefused('failed', 'the file could not be read to its end', {
            cause: broken.signal.reason,
          });
        }
        throw refusalOf(error, () => limits.refused(workspace, source.bytes));
      }
    });
}

function isTooLarge(error: unknown): boolean {
  const status = error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : 0;
  return codeOf(error) === Code.entityTooLarge || status === 413;
}

function refusalOf(error: unknown, learn: () => number | undefined): Error {
  const code = codeOf(error);
  const limit = isTooLarge(error) ? learn() : undefined;
  if (limit !== undefined) {
    return new FileRefused('too-large', 'the file is over the limit here', { cause: error, limit });
  }
  if (code === Code.missingPermissions) {
    return new FileRefused('not-allowed', 'files may not be attached here', { cause: error });
  }
  if (error instanceof DiscordAPIError && code !== Code.invalidForm && !isTooLarge(error)) {
    return asChatError(error, 'the file could not be posted');
  }
  return new FileRefused('failed', 'the file was not taken', { cause: error });
}

/**
 * A `File` whose bytes come from the source when the body is written. The runtime's fetch reads parts
 * of a form by `size` and `stream()` alone, so the length is announced and the bytes are streamed. A stream
 * that fails inside a form would leave fetch hanging and a rejection that nobody handles: in place of an
 * error, `onBroken` ends the call.
 */
function streamedFile(
  source: FileSource,
  signal: AbortSignal,
  onBroken: (cause: unknown) => void,
): File {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let left = source.bytes;
    try {
      for await (const chunk of await source.open(signal)) {
        left -= chunk.length;
        if (left < 0) break;
        yield chunk;
      }
      if (left === 0) return;
      throw new Error(`the file has another length than its ${source.bytes} bytes`);
    } catch (error) {
      onBroken(error);
      await new Promise<never>(() => {});
    }
  }
  return new (class extends File {
    override get size(): number {
      return source.bytes;
    }
    override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
      return NodeStream.from(bytes()) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
    }
  })([], source.name, { type: source.mime });
}

/** Lets so many run at once; the others wait in order. */
function taking(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
