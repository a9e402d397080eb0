/** Takes a file off its stream into memory that can be handed to another thread. */
import { addAbortSignal, type Readable } from 'node:stream';
import { DocumentUnreadable } from './document.ts';

/**
 * The bytes own their whole buffer, which is what makes them transferable. Nothing beyond `limit` is
 * read, and an announced length above it is believed. Rejects with the stream's own error as it is.
 */
export async function takeBytes(
  stream: Readable,
  announced: number | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (announced !== undefined && announced > limit) throw tooLarge(limit);
  signal.throwIfAborted();
  addAbortSignal(signal, stream);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a document is read as bytes');
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const tooLarge = (limit: number) =>
  new DocumentUnreadable('too-large', `the file has more than ${limit} bytes`);
