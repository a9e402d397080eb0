/** Does a stream begin like an MP4? A page or an error text must not be posted as a video. */
import type { Readable } from 'node:stream';
import { firstChunk } from '../../runtime/first-chunk.ts';

/** Every MP4 begins with a box whose type stands in bytes 4 to 8. */
const FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp'];

/** The stream can be read from its first byte afterwards. False also for a stream that breaks at once. */
export async function readVideoHead(stream: Readable): Promise<boolean> {
  const head = await firstChunk(stream).catch(() => undefined);
  return head !== undefined && FIRST_BOXES.includes(head.subarray(4, 8).toString('latin1'));
}
