/**
 * The packets of the first stream in an Ogg file (RFC 3533). Whole or not at all: a page that is cut off, or whose
 * checksum does not fit, makes the file a damaged one, since what it said would be missing without a word.
 */
import { DocumentUnreadable } from '../document.ts';

export interface OggStream {
  readonly packets: readonly Uint8Array[];
  /** Position of its end, in samples as the codec counts them; undefined where no page tells. */
  readonly end: number | undefined;
}

const HEAD_BYTES = 27;
const CHECKSUM_AT = 22;
const CONTINUED = 1;

/** Throws `DocumentUnreadable`. */
export function packetsOf(bytes: Uint8Array): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let begun: Uint8Array[] = [];
  let serial: number | undefined;
  let end: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const { head, body, lacing } = pageAt(bytes, at);
    at = body.end;
    const stream = view.getUint32(head + 14, true);
    serial ??= stream;
    // Another track, or another recording behind the first.
    if (stream !== serial) continue;
    const granule = view.getBigInt64(head + 6, true);
    if (granule >= 0n) end = Number(granule);
    const continues = (view.getUint8(head + 5) & CONTINUED) !== 0;
    if (continues !== begun.length > 0) throw damaged('a packet is not continued');
    let from = body.start;
    for (const size of lacing) {
      begun.push(bytes.subarray(from, from + size));
      from += size;
      // A packet goes on for as long as its pieces are of 255 bytes.
      if (size === 255) continue;
      packets.push(joined(begun));
      begun = [];
    }
  }
  if (begun.length > 0) throw damaged('the last packet is cut off');
  return { packets, end };
}

function pageAt(bytes: Uint8Array, head: number) {
  const isPage = SIGNATURE.every((byte, index) => bytes[head + index] === byte);
  const pieces = bytes[head + HEAD_BYTES - 1];
  if (!isPage || pieces === undefined) throw damaged('no page of Ogg where one has to be');
  const start = head + HEAD_BYTES + pieces;
  const lacing = bytes.subarray(head + HEAD_BYTES, start);
  const end = start + lacing.reduce((sum, size) => sum + size, 0);
  if (end > bytes.length) throw damaged('the last page is cut off');
  if (checksumOf(bytes, head, end) !== given(bytes, head)) throw damaged('a checksum does not fit');
  return { head, lacing, body: { start, end } };
}

const SIGNATURE = [...'OggS'].map((letter) => letter.charCodeAt(0));

const given = (bytes: Uint8Array, head: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset + head + CHECKSUM_AT, 4).getUint32(0, true);

/** CRC-32 with the polynomial of Ogg, bits from the left; the place of the checksum counts as zeros. */
function checksumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const place = at - from - CHECKSUM_AT;
    const byte = place >= 0 && place < 4 ? 0 : (bytes[at] ?? 0);
    sum = ((sum << 8) ^ (TABLE[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return sum;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum >>> 0;
});

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  return pieces.length === 1 && only ? only : new Uint8Array(Buffer.concat(pieces));
}

const damaged = (why: string): DocumentUnreadable => new DocumentUnreadable('damaged', why);
