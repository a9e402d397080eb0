/** A text as a file to be posted. */
import { Readable } from 'node:stream';
import type { FileSource } from '../platforms/chat.ts';

export function textFile(
  about: Pick<FileSource, 'name' | 'mime' | 'description'>,
  text: string,
): FileSource {
  const content = Buffer.from(text, 'utf8');
  // A stream of bytes: without the option each byte array would be an object to the stream.
  const open = async () => Readable.from([content], { objectMode: false });
  return { ...about, bytes: content.length, open };
}
