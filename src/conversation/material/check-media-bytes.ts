/** Is a media file what its name says? Looks at the first bytes while the stream goes on. */
import type { Readable } from 'node:stream';
import { firstChunk } from '../../runtime/first-chunk.ts';

/** The content is certainly of another kind than the name says. */
export class WrongMediaBytes extends Error {
  override name = 'SniffedWrong';
}

/** Gives the same stream back, with nothing taken from it. */
export async function checkMediaBytes(stream: Readable, name: string): Promise<Readable> {
  const head = await firstChunk(stream);
  if (head && isNoMedia(head)) {
    stream.destroy();
    throw new WrongMediaBytes(`${name} is not what its name says`);
  }
  return stream;
}

/**
 * Refuses only what is certain: text, pages, programs and documents under a media name. Containers
 * have too many dialects to demand a known signature of each.
 */
function isNoMedia(head: Buffer): boolean {
  const start = head.subarray(0, 512);
  const text = start.toString('latin1');
  if (/^\s*<(?:!doctype|html|\?xml|svg)/i.test(text)) return true;
  if (text.startsWith('MZ') || text.startsWith('\x7fELF') || text.startsWith('%PDF')) return true;
  if (text.startsWith('PK\x03\x04')) return true;
  return !start.includes(0) && start.length >= 16 && /^[\t\n\r\x20-\x7e]*$/.test(text);
}
