/**
 * Arabic and Hebrew. A PDF places their letters where they are seen; the reader of a text wants them
 * in the order in which they are spoken.
 */
import createBidi from 'bidi-js';
import type { PdfWord } from './word.ts';

const bidi = createBidi();

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const RIGHT_TO_LEFT_LETTERS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;

export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Do most of its letters run from right to left? */
export function isRightToLeft(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return 2 * (text.match(RIGHT_TO_LEFT_LETTERS)?.length ?? 0) > letters;
}

/**
 * Letters that touch are one word, whichever way they were drawn. Otherwise a word that begins at its
 * far end would seem to stand far from the one before.
 */
export function joinedLetters(words: readonly PdfWord[]): PdfWord[] {
  const joined: PdfWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const near = (distance: number) => Math.abs(distance) < TOUCH * word.size;
    const isLetter = last && hasRightToLeft(last.text) && hasRightToLeft(word.text);
    if (!last || !isLetter || !near(word.y - last.y)) joined.push(word);
    else if (near(last.x - word.right)) joined[joined.length - 1] = wordOf(last, word);
    else if (near(word.x - last.right)) joined[joined.length - 1] = wordOf(word, last);
    else joined.push(word);
  }
  return joined;
}

/** In font sizes. */
const TOUCH = 0.15;

const wordOf = (first: PdfWord, second: PdfWord): PdfWord => ({
  ...first,
  text: first.text + second.text,
  x: Math.min(first.x, second.x),
  right: Math.max(first.right, second.right),
});

/** No line on a page is as long, and the algorithm takes the square of its length where numbers and points alternate. */
const LONGEST_LINE = 2_000;

/**
 * The text of words on one baseline. Unicode's algorithm turns speech into sight; what it does with a line that is seen
 * turns it back. Words from right to left are in order already and are moved as they are; all else goes by the character.
 */
export function spokenText(words: readonly PdfWord[]): string {
  const seen = withGaps(words.toSorted((one, other) => one.x - other.x));
  const units = seen.flatMap((part) => (hasRightToLeft(part) ? part : [...part]));
  if (units.length > LONGEST_LINE) return units.join('').replace(/ +/g, ' ').trim();
  const line = units.map(standIn).join('');
  const order = bidi.getEmbeddingLevels(line, isRightToLeft(seen.join('')) ? 'rtl' : 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(line, order.levels);
  const text = bidi
    .getReorderedIndices(line, order)
    .map((at) => mirrored.get(at) ?? units[at])
    .join('')
    .replace(/ +/g, ' ')
    .trim();
  // Some programs say which bracket was written, others which one is drawn.
  return /^[^([{]*[)\]}]/.test(text)
    ? text.replace(/[()[\]{}]/g, (it) => bidi.getMirroredCharacter(it) ?? it)
    : text;
}

/** One UTF-16 unit that runs as the whole does. */
function standIn(unit: string): string {
  const letter = /\p{L}/u.exec(unit)?.[0];
  if (hasRightToLeft(unit)) return letter?.length === 1 ? letter : 'א';
  if (unit.length === 1) return unit;
  return letter ? 'a' : '*';
}

function withGaps(words: readonly PdfWord[]): string[] {
  const seen: string[] = [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    if (before && word.x - before.right > TOUCH * word.size) seen.push(' ');
    seen.push(word.text);
  }
  return seen;
}
