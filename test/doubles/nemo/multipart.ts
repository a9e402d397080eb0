import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** One part of a multipart body; its content is hashed as it flows and never kept. */
export interface ReceivedPart {
  readonly field: string;
  readonly filename: string | undefined;
  readonly mime: string | undefined;
  readonly bytes: number;
  readonly sha256: string;
}

interface OpenPart {
  readonly head: string;
  readonly hash: Hash;
  bytes: number;
}

/** Reads a multipart body of any size in constant memory. Throws where the framing is broken. */
export async function readMultipart(body: Readable, contentType: string): Promise<ReceivedPart[]> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error('multipart: no boundary in the content type');
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: ReceivedPart[] = [];
  let open: OpenPart | undefined;
  let ended = false;
  // The delimiter begins with a line break that the first boundary of a body does not have.
  let rest: Buffer = Buffer.from('\r\n');

  const take = (bytes: Buffer): void => {
    open?.hash.update(bytes);
    if (open !== undefined) open.bytes += bytes.length;
  };
  const consume = (): boolean => {
    const at = rest.indexOf(delimiter);
    if (at === -1) {
      const sure = Math.max(0, rest.length - delimiter.length);
      take(rest.subarray(0, sure));
      rest = rest.subarray(sure);
      return false;
    }
    const after = rest.subarray(at + delimiter.length);
    if (after.length < 2) return false;
    const last = after.subarray(0, 2).toString('latin1') === '--';
    const headEnd = after.indexOf('\r\n\r\n');
    if (!last && headEnd === -1) return false;
    take(rest.subarray(0, at));
    if (open !== undefined) parts.push(finish(open));
    open = undefined;
    if (last) {
      ended = true;
      return false;
    }
    open = {
      head: after.subarray(2, headEnd).toString('utf8'),
      hash: createHash('sha256'),
      bytes: 0,
    };
    rest = after.subarray(headEnd + 4);
    return true;
  };

  for await (const chunk of body) {
    if (ended) continue;
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    while (consume());
  }
  if (!ended) throw new Error('multipart: the body ended without its last boundary');
  return parts;
}

function finish(part: OpenPart): ReceivedPart {
  const disposition = /^content-disposition:(.*)$/im.exec(part.head)?.[1] ?? '';
  return {
    field: /[ ;]name="([^"]*)"/.exec(disposition)?.[1] ?? '',
    filename: /[ ;]filename="([^"]*)"/.exec(disposition)?.[1],
    mime: /^content-type:\s*(.+)$/im.exec(part.head)?.[1]?.trim(),
    bytes: part.bytes,
    sha256: part.hash.digest('hex'),
  };
}
