/** Is a media file what its name says? Looks at the first bytes while the stream goes on. */
import type { Readable } from 'node:stream';
import { firstChunk } from '../../runtime/first-chunk.ts';
import { type FileUse, type MediaUse, mediaUse } from './classify-file.ts';
import { mediaEndingSeenIn } from './media-signature.ts';

/** The content is certainly of another kind than the label says. */
export class WrongMediaBytes extends Error {
  override name = 'SniffedWrong';
  /** What it can be used for as what it is. */
  readonly found: FileUse | undefined;
  constructor(message: string, found: FileUse | undefined) {
    super(message);
    this.found = found;
  }
}

type Labelled = Pick<MediaUse, 'media'>;

/** Gives the same stream back, with nothing taken from it. */
export async function checkMediaBytes(
  stream: Readable,
  name: string,
  use: Labelled,
): Promise<Readable> {
  const head = await firstChunk(stream);
  const found = head && otherUse(head, use);
  if (head && (found || isNoMedia(head))) {
    stream.destroy();
    throw new WrongMediaBytes(`${name} is not what its name says`, found);
  }
  return stream;
}

/** Sound alone in the container of a film, and a film in that of sound, are told apart by their label. */
function otherUse(head: Buffer, { media }: Labelled): FileUse | undefined {
  const start = head.subarray(0, 8).toString('latin1');
  if (DOCUMENTS.some((signature) => start.startsWith(signature))) return { is: 'document' };
  const ending = mediaEndingSeenIn(head);
  const seen = ending === undefined ? undefined : mediaUse(ending);
  const isPicture = (kind: string | undefined) => kind === 'image';
  return seen && isPicture(seen.media.kind) !== isPicture(media.kind) ? seen : undefined;
}

/** A PDF, an archive (DOCX and the like), RTF. A web page is none: it may be a host's "please sign in". */
const DOCUMENTS = ['%PDF-', 'PK\x03\x04', '{\\rtf'];

/**
 * Refuses only what is certain: text, pages and programs under a media name. Containers
 * have too many dialects to demand a known signature of each.
 */
function isNoMedia(head: Buffer): boolean {
  const start = head.subarray(0, 512);
  const text = start.toString('latin1');
  if (/^\s*<(?:!doctype|html|\?xml|svg)/i.test(text)) return true;
  if (text.startsWith('MZ') || text.startsWith('\x7fELF')) return true;
  return !start.includes(0) && start.length >= 16 && /^[\t\n\r\x20-\x7e]*$/.test(text);
}
