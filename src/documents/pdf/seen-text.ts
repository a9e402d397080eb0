/** The text items of a page as they are seen: without hidden ones, and with the letters of ligatures in order. */
import { hasRightToLeft } from './bidi.ts';
import type { DrawnText } from './drawn-text.ts';

interface Placed {
  readonly str: string;
  readonly width: number;
  readonly transform: number[];
}

/** The same items, fewer or with other words. */
export function seenItems<T extends Placed>(items: readonly T[], drawn: readonly DrawnText[]): T[] {
  const hidden = placesOf(drawn);
  const units = unitsOf(drawn);
  return items.flatMap((item) => {
    if (item.str.trim() === '') return [item];
    if (hidden && isHidden(item, hidden)) return [];
    const str = units && hasRightToLeft(item.str) ? inOrder(item, units) : item.str;
    return [{ ...item, str }];
  });
}

interface Place extends DrawnText {
  /** All that was drawn in one go with it, hidden as it is; one item may hold it all. */
  readonly stretch: { text: string };
}

/** In points. */
const NEAR = 1.5;

/** By rounded height; undefined where nothing is hidden. */
function placesOf(drawn: readonly DrawnText[]): ReadonlyMap<number, readonly Place[]> | undefined {
  if (drawn.every((text) => text.hidden === undefined)) return undefined;
  const places = new Map<number, Place[]>();
  let stretch = { text: '' };
  let before: DrawnText['hidden'];
  for (const text of drawn) {
    if (text.hidden !== before) stretch = { text: '' };
    before = text.hidden;
    stretch.text += squeezed(text.glyphs.join(''));
    const row = Math.round(text.y);
    const known = places.get(row);
    const place = { ...text, stretch };
    if (known) known.push(place);
    else places.set(row, [place]);
  }
  return places;
}

function isHidden(
  { str, transform }: Placed,
  places: ReadonlyMap<number, readonly Place[]>,
): boolean {
  const [x = 0, y = 0] = transform.slice(4);
  const words = squeezed(str);
  const row = Math.round(y);
  const here = [row - 1, row, row + 1]
    .flatMap((at) => places.get(at) ?? [])
    .filter((place) => Math.abs(place.x - x) < NEAR && Math.abs(place.y - y) < NEAR)
    .filter(
      ({ stretch }) => stretch.text.includes(words) || stretch.text.includes(reversed(words)),
    );
  return here.length > 0 && here.every(({ hidden }) => hidden !== undefined);
}

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');
const reversed = (text: string): string => [...text].reverse().join('');

interface Unit {
  readonly x: number;
  readonly text: string;
}

/** All that is drawn in each row; undefined where every glyph is one letter, so that no order can be wrong. */
function unitsOf(drawn: readonly DrawnText[]): ReadonlyMap<number, readonly Unit[]> | undefined {
  const isLigature = (glyph: string) => glyph.length > 1 && hasRightToLeft(glyph);
  if (!drawn.some(({ glyphs }) => glyphs.some(isLigature))) return undefined;
  const rows = new Map<number, Unit[]>();
  for (const { x, y, glyphs, offsets } of drawn) {
    const row = rows.get(Math.round(y)) ?? [];
    rows.set(Math.round(y), row);
    for (const [at, text] of glyphs.entries()) {
      if (text.trim() !== '') row.push({ x: x + (offsets[at] ?? 0), text });
    }
  }
  return rows;
}

/** PDF.js turns the letters of a line round, and with them those of a ligature, which were in order. */
function inOrder(
  { str, width, transform }: Placed,
  rows: ReadonlyMap<number, readonly Unit[]>,
): string {
  const [x = 0, y = 0] = transform.slice(4);
  const units = (rows.get(Math.round(y)) ?? [])
    .filter((unit) => unit.x > x - SAME && unit.x < x + width - SAME)
    .toSorted((one, other) => one.x - other.x)
    .map(({ text }) => text);
  const letters = str.replace(/\s+/g, '');
  if (reversed(units.join('')) !== letters) return str;
  const ordered = [...units.toReversed().join('')][Symbol.iterator]();
  return [...str]
    .map((letter) => (letter.trim() === '' ? letter : (ordered.next().value ?? '')))
    .join('');
}

/** In points. */
const SAME = 0.5;
