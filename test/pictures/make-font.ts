/**
 * A font of one box that stands for each of the signs given: what a machine draws with it is the same everywhere, and
 * which signs it lacks is known.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../doubles/temporary-folder.ts';

const LATIN = Array.from({ length: 0x17f - 0x21 }, (_, at) => String.fromCodePoint(0x21 + at));
/** Letters of Latin script, and what stands among them. */
export const LATIN_SIGNS = [...LATIN, ...'–—…“”‘’·•×'].join('');

/** A folder with one font in it. */
export async function fontFolder(signs: string, family = 'Test Boxes'): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'TestBoxes-Regular.ttf'), makeFont(signs, family));
  return folder;
}

export function makeFont(signs: string, family: string): Buffer {
  const points = [...new Set(Array.from(signs, (sign) => sign.codePointAt(0) ?? 0))].sort(
    (one, other) => one - other,
  );
  return assembled({
    'OS/2': os2(),
    cmap: cmap(points),
    glyf: BOX,
    head: head(),
    hhea: hhea(),
    hmtx: words(600, 0, 600, 50),
    loca: words(0, 0, BOX.length / 2),
    maxp: Buffer.concat([longs(0x00010000), words(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: names(family),
    post: Buffer.concat([longs(0x00030000, 0), words(0, 0), longs(0, 0, 0, 0, 0)]),
  });
}

const words = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) buffer.writeUInt16BE(value & 0xffff, at * 2);
  return buffer;
};
const longs = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, at * 4);
  return buffer;
};

/** One contour of four points, clockwise: 500 wide, 700 high. */
const BOX = Buffer.concat([
  words(1, 50, 0, 550, 700, 3, 0),
  Buffer.from([1, 1, 1, 1]),
  words(50, 0, 500, 0, 0, 700, 0, -700),
  Buffer.alloc(0),
]);

function head(): Buffer {
  return Buffer.concat([
    longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    words(3, 1000),
    longs(0, 0, 0, 0),
    words(0, 0, 600, 800, 0, 8, 2, 0, 0),
  ]);
}

const hhea = (): Buffer =>
  Buffer.concat([
    longs(0x00010000),
    words(800, -200, 0, 600, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, 2),
  ]);

function os2(): Buffer {
  const table = Buffer.alloc(96);
  table.writeUInt16BE(4, 0);
  table.writeUInt16BE(400, 4);
  table.writeUInt16BE(5, 6);
  table.writeUInt16BE(0x40, 62);
  table.writeInt16BE(800, 68);
  table.writeInt16BE(-200, 70);
  return table;
}

/** Format 12, a group for each sign, all of them the one box. */
function cmap(points: readonly number[]): Buffer {
  const groups = points.map((point) => longs(point, point, 1));
  const length = 16 + groups.length * 12;
  return Buffer.concat([
    words(0, 1, 3, 10),
    longs(12),
    words(12, 0),
    longs(length, 0, groups.length),
    ...groups,
  ]);
}

function names(family: string): Buffer {
  const texts = [family, 'Regular', family, family.replaceAll(' ', '')];
  const ids = [1, 2, 4, 6];
  const bytes = texts.map((text) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const records = bytes.map((it, n) => {
    const record = words(3, 1, 0x409, ids[n] ?? 0, it.length, at);
    at += it.length;
    return record;
  });
  return Buffer.concat([words(0, texts.length, 6 + texts.length * 12), ...records, ...bytes]);
}

function assembled(tables: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(tables).sort(([one], [other]) => (one < other ? -1 : 1));
  let at = 12 + entries.length * 16;
  const list: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [name, body] of entries) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    list.push(Buffer.from(name.padEnd(4), 'latin1'), longs(0, at, body.length));
    bodies.push(padded);
    at += padded.length;
  }
  return Buffer.concat([longs(0x00010000), words(entries.length, 128, 3, 0), ...list, ...bodies]);
}
