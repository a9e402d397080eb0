/**
 * Unpacks an archive for a library that would trust it. Sizes in an archive are claims: every entry is
 * really inflated, one at a time and counted, so that a bomb goes off in here, in a box of known size.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { DocumentUnreadable } from '../document.ts';

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const CENTRAL_ENTRY = 0x02014b50;
const CENTRAL_ENTRY_BYTES = 46;
const LOCAL_ENTRY = 0x04034b50;
const LOCAL_ENTRY_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** A word processor writes a few dozen; each costs time to open. */
const MOST_ENTRIES = 5000;

interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly expanded: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** All names inside; the contents of those that were asked for. */
export interface Unzipped {
  readonly names: readonly string[];
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

/** Throws `DocumentUnreadable`: too-large, damaged or encrypted. */
export function unzip(
  bytes: Uint8Array,
  maxExpandedBytes: number,
  wanted: (name: string) => boolean,
): Unzipped {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = centralDirectory(bytes, view);
  if (entries.some((entry) => entry.encrypted)) {
    throw new DocumentUnreadable('encrypted', 'the archive has encrypted entries');
  }
  // The claims first: an honest giant is refused without inflating anything.
  const claimed = entries.reduce((sum, entry) => sum + entry.expanded, 0);
  if (claimed > maxExpandedBytes) throw bomb();
  const names = entries.map((entry) => entry.name);
  // Readers disagree on which of the two counts, and word processors take neither.
  if (new Set(names).size < names.length) throw damaged('a name stands for two entries');
  let room = maxExpandedBytes;
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const content = expand(entry, bytes, view, room);
    room -= content.length;
    if (room < 0) throw bomb();
    if (wanted(entry.name)) parts.set(entry.name, content);
  }
  return { names, parts };
}

function centralDirectory(bytes: Uint8Array, view: DataView): Entry[] {
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw new DocumentUnreadable('too-large', `${count} entries`);
  const names = new TextDecoder();
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_ENTRY_BYTES > end || view.getUint32(at, true) !== CENTRAL_ENTRY) {
      throw damaged('its directory is broken');
    }
    const nameBytes = view.getUint16(at + 28, true);
    const nameAt = at + CENTRAL_ENTRY_BYTES;
    entries.push({
      name: names.decode(bytes.subarray(nameAt, nameAt + nameBytes)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      expanded: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameAt + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The record stands at the very end, before a comment of any length. */
function endRecord(view: DataView): number {
  const last = view.byteLength - END_RECORD_BYTES;
  const first = Math.max(0, last - LONGEST_COMMENT);
  for (let at = last; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  throw damaged('its end is missing');
}

/** What the entry really has. The sum of its content must fit, or it would be read wrong later. */
function expand(entry: Entry, bytes: Uint8Array, view: DataView, room: number): Uint8Array {
  const { offset, packed } = entry;
  if (offset + LOCAL_ENTRY_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_ENTRY) {
    throw damaged('an entry is missing');
  }
  const start =
    offset +
    LOCAL_ENTRY_BYTES +
    view.getUint16(offset + 26, true) +
    view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged('an entry is cut off');
  const content = unpack(entry.method, bytes.subarray(start, start + packed), room);
  if (/\.(?:xml|rels)$/i.test(entry.name) && crc32(content) !== entry.checksum) {
    throw damaged('the content of an entry has changed');
  }
  return content;
}

function unpack(method: number, packed: Uint8Array, room: number): Uint8Array {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw damaged(`an entry is packed by method ${method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if (error instanceof RangeError) throw bomb();
    throw damaged('an entry cannot be unpacked', error);
  }
}

const bomb = () =>
  new DocumentUnreadable('too-large', 'the archive unpacks to more than is allowed');

const damaged = (what: string, cause?: unknown) =>
  new DocumentUnreadable('damaged', `the archive is damaged: ${what}`, { cause });
