/** Finds what is quoted, so that nothing in it is taken for the speaker's own words. Pure. */
import type { QuotePair } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { BLANK } from '../../locales/patterns.ts';

const PAIRS: readonly QuotePair[] = [
  { open: '`', close: '`' },
  { open: '"', close: '"' },
  ...LOCALES.flatMap(({ quotes }) => quotes),
];

const CODE_BLOCK = /```[\s\S]*?(?:```|$)/g;
/** Straight single quotes are apostrophes, too. The bound keeps one that never ends from costing time. */
const SINGLE = /(?<![\p{L}\p{N}])'(?=\S)(?:[^'\n]|'(?=\p{L})){1,200}?'(?![\p{L}\p{N}])/gu;

const blank = (text: string): string => BLANK.repeat(text.length);

/** The same text with its quotations blanked, equally long; also the line breaks of a code block. */
export function blankQuotes(text: string): string {
  return PAIRS.reduce(
    (rest, pair) => blankPairs(rest, pair),
    text.replace(CODE_BLOCK, blank),
  ).replace(SINGLE, blank);
}

/**
 * By hand: a pattern looks for the end of its line once more at every opening sign that is never closed. Here the
 * next closing sign and the next line end are remembered for as long as they lie ahead.
 */
function blankPairs(text: string, { open, close, apart = false }: QuotePair): string {
  const parts: string[] = [];
  let done = 0;
  let end = -1;
  let newline = -1;
  for (let at = text.indexOf(open); at >= 0; ) {
    if (end <= at) end = text.indexOf(close, at + 1);
    if (end < 0) break;
    if (newline < at) newline = positionOf('\n', text, at);
    if (newline < end) {
      at = text.indexOf(open, newline);
      continue;
    }
    const closes = end > at + 1 && !(apart && /^[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 3)));
    if (closes) {
      parts.push(text.slice(done, at), blank(text.slice(at, end + 1)));
      done = end + 1;
    }
    at = text.indexOf(open, closes ? end + 1 : at + 1);
  }
  return parts.join('') + text.slice(done);
}

function positionOf(sign: string, text: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at;
}
