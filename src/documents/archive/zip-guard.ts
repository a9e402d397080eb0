/**
 * Unpacks an archive for a library that would trust it. Sizes in an archive are claims: every entry is
 * really inflated, one at a time and counted, so that a bomb goes off in here, in a box of known size.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { DocumentUnreadable } from '../document.ts';

const STORED = 0;
const DEFLATED = 8;

/** A word processor writes a few dozen; each costs time to open. */
const MOST_ENTRIES = 5000;

/** All names inside; the contents of those that were asked for. */
export interface Unzipped {
  readonly names: readonly string[];
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

/** Throws `DocumentUnreadable`: too-large, damaged or encrypted. */
export async function unzip(
  bytes: Uint8Array,
  maxExpandedBytes: number,
  wanted: (name: string) => boolean,
): Promise<Unzipped> {
  const archive = withoutTrailer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    // Names are not looked into: one that leads out of the archive is not followed, and no reason to read nothing.
    const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
    const file = await fromBufferPromise(archive, options);
    if (file.entryCount > MOST_ENTRIES) {
      throw new DocumentUnreadable('too-large', `${file.entryCount} entries`);
    }
    const entries: Entry[] = [];
    for await (const entry of file.eachEntry()) entries.push(entry);
    if (entries.some((entry) => entry.isEncrypted())) {
      throw new DocumentUnreadable('encrypted', 'the archive has encrypted entries');
    }
    // The claims first: an honest giant is refused without inflating anything.
    const claimed = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (claimed > maxExpandedBytes) throw bomb();
    const names = entries.map((entry) => entry.fileNameRaw.toString());
    // Readers disagree on which of the two counts, and word processors take neither.
    if (new Set(names).size < names.length) throw damaged('a name stands for two entries');
    let room = maxExpandedBytes;
    const parts = new Map<string, Uint8Array>();
    for (const entry of entries) {
      const name = entry.fileNameRaw.toString();
      const content = unpack(entry, await packedBytes(file, entry, archive), room);
      room -= content.length;
      if (room < 0) throw bomb();
      if (wanted(name) && crc32(content) !== entry.crc32) {
        throw damaged('the content of an entry has changed');
      }
      if (wanted(name)) parts.set(name, content);
    }
    return { names, parts };
  } catch (error) {
    throw error instanceof DocumentUnreadable ? error : damaged('it cannot be taken apart', error);
  }
}

/** Without bytes that a mail program or a broken copy has put behind the end: the library takes none. */
function withoutTrailer(archive: Buffer): Buffer {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > archive.length) return archive;
  return archive.subarray(0, end + 22 + archive.readUInt16LE(end + 20));
}

async function packedBytes(file: ZipFile, entry: Entry, archive: Buffer): Promise<Buffer> {
  const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
  const end = fileDataStart + entry.compressedSize;
  if (end > archive.length) throw damaged('an entry is cut off');
  return archive.subarray(fileDataStart, end);
}

function unpack({ compressionMethod }: Entry, packed: Buffer, room: number): Uint8Array {
  if (compressionMethod === STORED) return packed;
  if (compressionMethod !== DEFLATED) {
    throw damaged(`an entry is packed by method ${compressionMethod}`);
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    throw error instanceof RangeError ? bomb() : error;
  }
}

const bomb = () =>
  new DocumentUnreadable('too-large', 'the archive unpacks to more than is allowed');

const damaged = (what: string, cause?: unknown) =>
  new DocumentUnreadable('damaged', `the archive is damaged: ${what}`, { cause });
