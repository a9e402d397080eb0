/**
 * Arabic and Hebrew. A PDF places their letters where they are seen; the reader of a text wants them
 * in the order in which they are spoken.
 */
import type { PdfWord } from './word.ts';

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

/** The text of words on one baseline. Each of them is in order, but not one after the other. */
export function spokenText(words: readonly PdfWord[]): string {
  const seen = withGaps(words.toSorted((one, other) => one.x - other.x));
  const backwards = isRightToLeft(seen.join(''));
  const parts = backwards ? seen.flatMap(marksApart).reverse() : seen;
  const text = turnedRuns(parts, !backwards).join('').replace(/ +/g, ' ').trim();
  return /^[^([{]*[)\]}]/.test(text) ? text.replace(/[()[\]{}]/g, (it) => OTHER[it] ?? it) : text;
}

/** Some programs say which bracket was written, others which one is drawn. */
const OTHER: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
};

/** Marks around a number or a Latin word belong to the line; what makes part of an amount does not. */
function marksApart(part: string): string[] {
  if (hasRightToLeft(part)) return [part];
  const characters = [...part];
  const first = characters.findIndex((it) => OF_AMOUNTS.test(it));
  if (first < 0) return [...characters, ''];
  const last = characters.findLastIndex((it) => OF_AMOUNTS.test(it));
  const inside = characters.slice(first, last + 1).join('');
  return [...characters.slice(0, first), inside, ...characters.slice(last + 1)];
}

const OF_AMOUNTS = /[\p{L}\p{N}%‰€$£°#+]/u;

function withGaps(words: readonly PdfWord[]): string[] {
  const seen: string[] = [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    if (before && word.x - before.right > TOUCH * word.size) seen.push(' ');
    seen.push(word.text);
  }
  return seen;
}

/** What runs against the line is turned round, with the marks and spaces inside of it. */
function turnedRuns(parts: readonly string[], leftwards: boolean): string[] {
  const against = (part: string) =>
    leftwards ? hasRightToLeft(part) : !hasRightToLeft(part) && /[\p{L}\p{N}]/u.test(part);
  const along = (part: string) => !against(part) && /[\p{L}\p{N}]/u.test(part);
  const turned: string[] = [];
  let run: string[] = [];
  let after: string[] = [];
  const close = () => {
    turned.push(...run.reverse(), ...after);
    run = [];
    after = [];
  };
  for (const part of parts) {
    if (against(part)) {
      run.push(...after, part);
      after = [];
    } else if (run.length === 0) turned.push(part);
    else if (along(part)) {
      close();
      turned.push(part);
    } else after.push(part);
  }
  close();
  return turned;
}
