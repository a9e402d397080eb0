/**
 * Noto Sans SC from npm, so that frames show Latin and Chinese words on a machine without fonts.
 * The package splits the font by Unicode range into a hundred files; only those that a film's words
 * need are loaded, each under a name of its own, and the drawing falls back from one to the next.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { z } from 'zod';

const RANGES = createRequire(import.meta.url).resolve(
  '@fontsource-variable/noto-sans-sc/unicode.json',
);

interface Subset {
  readonly family: string;
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/** Loads what these words need and gives the font-family list for a canvas. */
export function fontFamilies(words: string): string {
  const points = new Set(Array.from(`${words} Aa0…`, (character) => character.codePointAt(0) ?? 0));
  const needed = subsets().filter(({ ranges }) =>
    ranges.some(([low, high]) => [...points].some((point) => point >= low && point <= high)),
  );
  for (const { family, file } of needed) {
    if (!GlobalFonts.has(family)) GlobalFonts.register(readFileSync(file), family);
  }
  return needed.map(({ family }) => `"${family}"`).join(', ');
}

/** The Latin subset goes first: others hold single Latin letters too. */
function subsets(): Subset[] {
  const table = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(RANGES, 'utf8')));
  const list = Object.entries(table).map(([key, ranges]) => {
    const name = key.replace(/[[\]]/g, '');
    return {
      family: `Nemo Film ${name}`,
      file: path.join(path.dirname(RANGES), 'files', `noto-sans-sc-${name}-wght-normal.woff2`),
      ranges: ranges.split(',').map(readRange),
    };
  });
  return list.sort((a, b) => rank(a.family) - rank(b.family));
}

/** "U+1f1e9-1f1f5" or "U+f3". */
function readRange(range: string): readonly [number, number] {
  const [low = '0', high = low] = range.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(low, 16), Number.parseInt(high, 16)];
}

function rank(family: string): number {
  return family.endsWith(' latin') ? 0 : 1;
}
