/** Reads a plain text file as a script: bounded, and in whichever Unicode form it was saved. */
import type { Readable } from 'node:stream';
import { cleanText } from './intent.ts';

/** In characters. The agent works best on short scripts, and a chat has no need of longer ones. */
export const SCRIPT_LIMIT = 20_000;

export const SCRIPT_EXTENSIONS: readonly string[] = ['txt', 'md'];

/** Four bytes a character at most; the rest of a longer file is not even read. */
const READ_LIMIT = SCRIPT_LIMIT * 4 + 4;

/** The file is not text. */
export class ScriptUnreadable extends Error {
  override name = 'ScriptUnreadable';
}

export async function readScript(
  stream: Readable,
  signal: AbortSignal,
): Promise<{ text: string; cut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    signal.throwIfAborted();
    chunks.push(chunk);
    size += chunk.length;
    if (size > READ_LIMIT) break;
  }
  stream.destroy();
  const text = cleanText(decode(Buffer.concat(chunks).subarray(0, READ_LIMIT), size > READ_LIMIT));
  return {
    text: text.slice(0, SCRIPT_LIMIT),
    cut: size > READ_LIMIT || text.length > SCRIPT_LIMIT,
  };
}

function decode(bytes: Buffer, partial: boolean): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: partial });
  const control = text.match(/(?![\t\n\v\f\r])\p{Cc}|\ufffd/gu)?.length ?? 0;
  if (control > text.length / 50) throw new ScriptUnreadable('the file holds no text');
  return text;
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
