/** Charts as PNGs: in the thread of their own, with fonts that are known. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Chart } from '../../src/pictures/chart.ts';
import { readFont } from '../../src/pictures/font-coverage.ts';
import { openFonts } from '../../src/pictures/fonts.ts';
import { createPictures, MOST_BYTES, type PictureOptions } from '../../src/pictures/pictures.ts';
import { temporaryFolder } from '../doubles/temporary-folder.ts';
import { CHARTS } from './charts.ts';
import { sizeOf } from './draw-here.ts';
import { fontFolder, LATIN_SIGNS, makeFont } from './make-font.ts';

const CHINESE = JSON.stringify(CHARTS['Chinese names']);
const one = CHARTS['one segment'] as Chart;

async function open(signs: string, options: Partial<PictureOptions> = {}) {
  const told: string[] = [];
  const log = {
    debug() {},
    info() {},
    error() {},
    always() {},
    warn: (it: string) => told.push(it),
  };
  const fontFolders = [await fontFolder(signs)];
  const pictures = createPictures({ log, fontFolders, timeoutMs: 30_000, ...options });
  onTestFinished(() => pictures.close());
  return { pictures, told };
}

it.each(Object.entries(CHARTS))(
  'the picture of %s is twice as large as it is shown, and light',
  async (_, chart) => {
    const { pictures } = await open(LATIN_SIGNS + CHINESE);
    const png = await pictures.png(chart);
    expect(png && sizeOf(png)[0]).toBe(1920);
    expect(png?.length).toBeLessThanOrEqual(MOST_BYTES);
  },
);

it('a picture that would be too large is drawn smaller, and one that still is not at all', async () => {
  const small = await open(LATIN_SIGNS, { mostBytes: 5_000 });
  const png = await small.pictures.png(one);
  expect(png && sizeOf(png)[0]).toBeLessThan(1920);
  const none = await open(LATIN_SIGNS, { mostBytes: 10 });
  expect(await none.pictures.png(one)).toBeUndefined();
  expect(none.told).toEqual(['a timeline could not be drawn']);
});

it('where no font has all of the signs there is none, and the operator is told once', async () => {
  const { pictures, told } = await open(LATIN_SIGNS);
  const chart = CHARTS['Chinese names'] as Chart;
  expect(await pictures.png(chart)).toBeUndefined();
  expect(await pictures.png(chart)).toBeUndefined();
  expect(told).toEqual([
    'no font on this machine has all signs of a timeline: it is shown in words alone',
  ]);
  expect(await pictures.png(one)).toBeDefined();
});

it('what is late is not there, and the next one is drawn by another thread', async () => {
  const late = await open(LATIN_SIGNS, { timeoutMs: 1 });
  expect(await late.pictures.png(one)).toBeUndefined();
  expect(late.told).toEqual(['a timeline could not be drawn']);
});

it('of too many at once the last ones get none, and the others theirs, one after the other', async () => {
  const { pictures } = await open(LATIN_SIGNS);
  const all = await Promise.all(Array.from({ length: 12 }, () => pictures.png(one)));
  expect(all.filter((png) => png !== undefined)).toHaveLength(9);
});

it('after the close there is none, and nothing is waited for', async () => {
  const { pictures } = await open(LATIN_SIGNS);
  const waiting = pictures.png(one);
  await pictures.close();
  expect(await waiting).toBeUndefined();
  expect(await pictures.png(one)).toBeUndefined();
});

describe('which signs a font has', () => {
  it('is read from its own table', async () => {
    const folder = await fontFolder('Ab茶🎬', 'Four Signs');
    const font = readFont(path.join(folder, 'TestBoxes-Regular.ttf'));
    expect(font?.family).toBe('Four Signs');
    const has = Array.from('Ab茶🎬c', (sign) => font?.has(sign.codePointAt(0) ?? 0));
    expect(has).toEqual([true, true, true, true, false]);
    const find = openFonts([folder, '/no/such/folder']);
    expect(find('b A')).toMatchObject({ family: 'Four Signs' });
    expect(find('c')).toBeUndefined();
  });

  it('is nothing of a damaged file, which never breaks anything', async () => {
    const whole = makeFont('abc', 'Damaged');
    const folder = await temporaryFolder();
    const file = path.join(folder, 'damaged.ttf');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        async (length, changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          await writeFile(file, bytes.subarray(0, length));
          const font = readFont(file);
          expect(font === undefined || typeof font.has(97) === 'boolean').toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
