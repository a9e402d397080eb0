/**
 * Which signs a font file has, read from its `cmap` table alone (OpenType 1.9, formats 4 and 12): the drawing draws
 * boxes for what is missing, and says nothing of it.
 */
import { closeSync, openSync, readSync } from 'node:fs';

export interface FontFile {
  readonly family: string;
  has(point: number): boolean;
}

/** Of a table no more is read than the largest that is known of, twice over. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Undefined: it is no font that can be read here. */
export function readFont(file: string): FontFile | undefined {
  const fd = openSync(file, 'r');
  try {
    const tables = tablesOf(fd);
    const cmap = tables && tableIn(fd, tables, 'cmap');
    const name = tables && tableIn(fd, tables, 'name');
    const ranges = cmap && rangesIn(cmap);
    const family = name && familyIn(name);
    if (!ranges || !family) return undefined;
    const sorted = [...ranges].sort(([one], [other]) => one - other);
    return { family, has: (point) => isIn(sorted, point) };
  } catch (error) {
    // A damaged file ends where its own figures say that there is more.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** The ranges of a font follow each other. */
function isIn(ranges: readonly Range[], point: number): boolean {
  let [first, last] = [0, ranges.length - 1];
  while (first <= last) {
    const middle = (first + last) >> 1;
    const [low, high] = ranges[middle] ?? [0, -1];
    if (point >= low && point <= high) return true;
    if (point < low) last = middle - 1;
    else first = middle + 1;
  }
  return false;
}

type Tables = ReadonlyMap<string, { readonly at: number; readonly length: number }>;

function bytesAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(Math.min(length, MOST_BYTES));
  return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, at));
}

/** Of a collection those of its first font. */
function tablesOf(fd: number): Tables | undefined {
  const head = bytesAt(fd, 0, 16);
  const at = head.toString('latin1', 0, 4) === 'ttcf' ? head.readUInt32BE(12) : 0;
  const start = bytesAt(fd, at, 12);
  const kind = start.readUInt32BE(0);
  if (kind !== 0x00010000 && kind !== 0x4f54544f && kind !== 0x74727565) return undefined;
  const count = start.readUInt16BE(4);
  const list = bytesAt(fd, at + 12, count * 16);
  return new Map(
    Array.from({ length: count }, (_, n) => [
      list.toString('latin1', n * 16, n * 16 + 4),
      { at: list.readUInt32BE(n * 16 + 8), length: list.readUInt32BE(n * 16 + 12) },
    ]),
  );
}

function tableIn(fd: number, tables: Tables, name: string): Buffer | undefined {
  const table = tables.get(name);
  return table && bytesAt(fd, table.at, table.length);
}

type Range = readonly [low: number, high: number];

/** The largest of the Unicode subtables. */
function rangesIn(cmap: Buffer): readonly Range[] | undefined {
  const count = cmap.readUInt16BE(2);
  let best: readonly Range[] | undefined;
  for (let n = 0; n < count; n += 1) {
    const platform = cmap.readUInt16BE(4 + n * 8);
    if (platform !== 0 && platform !== 3) continue;
    const at = cmap.readUInt32BE(8 + n * 8);
    const ranges = subtable(cmap, at);
    if (ranges && sizeOf(ranges) > sizeOf(best ?? [])) best = ranges;
  }
  return best;
}

const sizeOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0);

function subtable(cmap: Buffer, at: number): readonly Range[] | undefined {
  const format = cmap.readUInt16BE(at);
  if (format === 12) {
    const groups = cmap.readUInt32BE(at + 12);
    return Array.from({ length: Math.min(groups, 100_000) }, (_, n) => [
      cmap.readUInt32BE(at + 16 + n * 12),
      cmap.readUInt32BE(at + 20 + n * 12),
    ]);
  }
  if (format !== 4) return undefined;
  const doubled = cmap.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  return Array.from({ length: doubled / 2 }, (_, n): Range => {
    const high = cmap.readUInt16BE(ends + n * 2);
    // The last one stands for the end of the table, and for no sign.
    return [cmap.readUInt16BE(starts + n * 2), high === 0xffff ? 0xfffe : high];
  }).filter(([low, high]) => low <= high);
}

/** The family by which a drawing calls it, of the Windows names. */
function familyIn(name: Buffer): string | undefined {
  const count = name.readUInt16BE(2);
  const texts = name.readUInt16BE(4);
  const found = new Map<number, string>();
  for (let n = 0; n < count; n += 1) {
    const at = 6 + n * 12;
    const [platform, id] = [name.readUInt16BE(at), name.readUInt16BE(at + 6)];
    if (platform !== 3 || (id !== 1 && id !== 16) || found.has(id)) continue;
    const from = texts + name.readUInt16BE(at + 10);
    const bytes = name.subarray(from, from + name.readUInt16BE(at + 8));
    found.set(id, Buffer.from(bytes).swap16().toString('utf16le'));
  }
  return found.get(16) ?? found.get(1);
}
