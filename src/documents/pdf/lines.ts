/** From the words that a PDF puts on a page to lines in the order in which a person reads them. */

import { hasRightToLeft, joinedLetters, spokenText } from './bidi.ts';
import type { PdfWord } from './word.ts';

export interface Line extends PdfWord {
  /** More than one: a row of a table. */
  readonly cells: number;
}

/** In font sizes. Justified text stretches its spaces to about 1.5; cells and columns stand further apart. */
const WIDE_GAP = 1.7;

/** Words that share a baseline without a wide gap, in the order of the page's own drawing. */
export function fragmentsOf(words: readonly PdfWord[]): PdfWord[] {
  const fragments: PdfWord[] = [];
  let current: PdfWord | undefined;
  let members: PdfWord[] = [];
  let spaced = false;
  const close = () => {
    if (!current) return;
    const text = hasRightToLeft(current.text) ? spokenText(members) : current.text;
    fragments.push({ ...current, text });
  };
  for (const word of joinedLetters(words)) {
    if (word.text.trim() === '') {
      spaced = true;
      continue;
    }
    if (current && isOverprint(current, word)) continue;
    const gap = current && sameBaseline(current, word) ? gapBetween(current, word) : undefined;
    if (current && gap !== undefined && gap < WIDE_GAP * word.size) {
      const space = spaced || gap > 0.2 * word.size ? ' ' : '';
      current = merged(current, word, space);
      members.push(word);
    } else {
      close();
      current = word;
      members = [word];
    }
    spaced = false;
  }
  close();
  return fragments;
}

/** Neighbours on one baseline are the cells of one row; a list's bullet belongs to its words. */
export function linesOf(fragments: readonly PdfWord[]): Line[] {
  const lines: Line[] = [];
  for (const fragment of fragments) {
    const last = lines.at(-1);
    if (last && sameBaseline(last, fragment) && gapBetween(last, fragment) > 0) {
      const label = last.cells === 1 && LABEL.test(last.text);
      const cells = label ? 1 : last.cells + 1;
      lines[lines.length - 1] = { ...merged(last, fragment, label ? ' ' : ' | '), cells };
    } else {
      lines.push({ ...fragment, cells: 1 });
    }
  }
  return lines;
}

/** A bullet, or the number of an item. */
export const LABEL = /^(?:[•◦▪‣·●○■□–*-]|\(?\w{1,3}[.)])$/;

/** Pages of prose have a few hundred; what has more is a chart or a map, and has no reading order. */
export const MOST_FRAGMENTS = 5000;

/**
 * The order of drawing is nearly always that of reading, and knows more about columns and cells than
 * any geometry. It is given up only where the page shows that it was drawn without order.
 */
export function readingOrder(fragments: readonly PdfWord[]): readonly PdfWord[] {
  if (fragments.length > MOST_FRAGMENTS) return fragments;
  return isDisordered(fragments) || isInterleaved(fragments) ? byPlace(fragments) : fragments;
}

/** Going up without going right is no change of column; a few such steps are headers and side notes. */
function isDisordered(fragments: readonly PdfWord[]): boolean {
  const backwards = steps(fragments).filter(
    ([from, to]) => to.y < from.y - from.size && to.x < from.right,
  );
  return backwards.length > Math.max(2, fragments.length / 10);
}

/** Columns that were drawn line by line across the gap between them. */
function isInterleaved(fragments: readonly PdfWord[]): boolean {
  const gutter = findGutter(fragments);
  if (gutter === undefined) return false;
  const across = steps(fragments).filter(
    ([from, to]) => sameBaseline(from, to) && from.right < gutter && to.x > gutter,
  );
  const right = fragments.filter((fragment) => fragment.x > gutter);
  return across.length >= 4 && across.length > right.length * 0.6;
}

/** Down the page; between lines of full width, the left column before the right one. */
function byPlace(fragments: readonly PdfWord[]): PdfWord[] {
  const rows = rowByRow(fragments);
  const gutter = findGutter(rows);
  if (gutter === undefined) return rows;
  const ordered: PdfWord[] = [];
  let band: PdfWord[] = [];
  const flush = () => {
    ordered.push(...byPlace(band.filter((fragment) => fragment.right <= gutter)));
    ordered.push(...byPlace(band.filter((fragment) => fragment.right > gutter)));
    band = [];
  };
  for (const fragment of rows) {
    if (fragment.x < gutter && fragment.right > gutter) {
      flush();
      ordered.push(fragment);
    } else {
      band.push(fragment);
    }
  }
  flush();
  return ordered;
}

/** Rows are found before their cells are sorted: "on one baseline" alone is no order. */
function rowByRow(fragments: readonly PdfWord[]): PdfWord[] {
  const rows: PdfWord[][] = [];
  for (const fragment of fragments.toSorted((one, other) => one.y - other.y)) {
    const row = rows.at(-1);
    if (row?.[0] && sameBaseline(row[0], fragment)) row.push(fragment);
    else rows.push([fragment]);
  }
  return rows.flatMap((row) => row.sort((one, other) => one.x - other.x));
}

const FEWEST_LINES = 4;

/** The x between two columns that are filled with text; the columns of a table mostly are not. */
function findGutter(fragments: readonly PdfWord[]): number | undefined {
  if (fragments.length < 2 * FEWEST_LINES) return undefined;
  const left = Math.min(...fragments.map((fragment) => fragment.x));
  const right = Math.max(...fragments.map((fragment) => fragment.right));
  let best: { at: number; crossing: number } | undefined;
  for (let percent = 15; percent <= 85; percent += 1) {
    const at = left + ((right - left) * percent) / 100;
    const before = fragments.filter((fragment) => fragment.right <= at);
    const after = fragments.filter((fragment) => fragment.x >= at);
    const crossing = fragments.length - before.length - after.length;
    if (Math.min(before.length, after.length) < FEWEST_LINES || crossing > fragments.length / 4)
      continue;
    if (!isFilled(before, at - left) || !isFilled(after, right - at)) continue;
    if (!best || crossing < best.crossing) best = { at, crossing };
  }
  return best?.at;
}

function isFilled(column: readonly PdfWord[], width: number): boolean {
  const widths = column.map((line) => line.right - line.x).sort((one, other) => one - other);
  return (widths[Math.floor(widths.length / 2)] ?? 0) > width * 0.6;
}

const steps = (fragments: readonly PdfWord[]): [PdfWord, PdfWord][] =>
  fragments.slice(1).map((to, at) => [fragments[at] ?? to, to]);

/** Raised and lowered figures count as on the line. */
export const sameBaseline = (one: PdfWord, other: PdfWord): boolean =>
  Math.abs(one.y - other.y) <= 0.4 * Math.max(one.size, other.size);

/** Writing from right to left moves the other way. */
export const gapBetween = (one: PdfWord, other: PdfWord): number =>
  Math.max(other.x - one.right, one.x - other.right);

/** Bold type made by printing the same word twice. */
const isOverprint = (one: PdfWord, other: PdfWord): boolean =>
  one.text === other.text &&
  Math.abs(one.x - other.x) < 0.1 * one.size &&
  Math.abs(one.y - other.y) < 0.1 * one.size;

const merged = (one: PdfWord, other: PdfWord, between: string): PdfWord => ({
  text: `${one.text}${between}${other.text.trim()}`,
  x: Math.min(one.x, other.x),
  right: Math.max(one.right, other.right),
  y: one.size >= other.size ? one.y : other.y,
  size: Math.max(one.size, other.size),
});
