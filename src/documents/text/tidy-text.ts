/** What every format goes through at the end: tidied, cut to length at a good place, counted. */

/** Colours of a terminal; the escape alone would go, and leave the rest of its code in the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is being removed
const TERMINAL_CODE = /\x1b\[[0-?]*[ -/]*[@-~]/g;

/** Without width, or turning the direction of what follows: nothing that is seen or spoken. */
const UNSEEN = /[\ufeff\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069]/g;

/** One kind of line end, no control characters, no stretches of empty lines. */
export function tidyText(text: string): string {
  return (
    text
      .replace(TERMINAL_CODE, '')
      .replace(/\r\n?|[\v\f\u2028\u2029\x85]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being removed
      .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f]/g, '')
      .replace(UNSEEN, '')
      .toWellFormed()
      .replace(/\ufffd+/g, '\ufffd')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+/, '')
      .trimEnd()
  );
}

/** Where a text may end, best first: after a paragraph, a sentence, a line, a word. */
const BORDERS = [/\n\n/g, /(?:[.!?…]["'”’)\]]*(?=\s)|[。！？][”’」』）]*)|\n/g, /\s/g];

/** At most `limit` UTF-16 units, ended at the last good border of the text's last third. */
export function truncateText(text: string, limit: number): { text: string; truncated: boolean } {
  if (text.length <= limit) return { text, truncated: false };
  // One more unit, so that a border right behind the limit is seen.
  const room = text.slice(0, limit + 1);
  const earliest = Math.floor((limit * 2) / 3);
  for (const border of BORDERS) {
    let end = -1;
    for (const found of room.slice(earliest).matchAll(border)) {
      const at = earliest + found.index + (found[0].trim() === '' ? 0 : found[0].length);
      if (at <= limit) end = at;
    }
    if (end > 0) return { text: room.slice(0, end).trimEnd(), truncated: true };
  }
  const splitsPair = /[\ud800-\udbff]/.test(room.charAt(limit - 1));
  return { text: room.slice(0, splitsPair ? limit - 1 : limit), truncated: true };
}

/**
 * Chinese and Japanese are written without spaces: each of their characters counts, as word
 * processors do it. Korean has spaces. A number, and a word with an apostrophe or hyphen, is one.
 */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’.,_-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+)*/gu;

export function countWords(text: string): number {
  let words = 0;
  for (const _ of text.matchAll(WORD)) words += 1;
  return words;
}
