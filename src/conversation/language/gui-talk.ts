/**
 * The agent believes that its reader sits in front of an editor. This cuts out what only makes sense
 * there ("click Export in the top right corner") and tells what the bot should do instead. Content
 * stays word for word; a text without such instructions comes back unchanged.
 */
import type { Ask } from '../../locales/patterns.ts';
import {
  ABBREVIATIONS,
  goesOn,
  INSEPARABLE,
  instructionIn,
  JOINERS,
  leadsOn,
} from './gui-phrases.ts';
import { simplified } from './han-fold.ts';
import { blankQuotes } from './quotes.ts';

export interface GuiTalk {
  /** What is left for the reader; empty when everything was instructions. */
  readonly text: string;
  readonly asks: {
    readonly export: boolean;
    readonly timeline: boolean;
    readonly credits: boolean;
  };
}

export function translateGuiTalk(text: string): GuiTalk {
  const blanked = blankQuotes(text);
  const asked = new Set<Ask>();
  const lines = splitAfter(text, blanked, /\n/g).map((line) => cutLine(line, asked));
  return {
    text: asked.size === 0 ? text : tidy(lines),
    asks: {
      export: asked.has('export'),
      timeline: asked.has('timeline'),
      credits: asked.has('credits'),
    },
  };
}

/** A stretch of the text, and the same stretch with quoted characters blanked; equally long. */
interface Piece {
  readonly text: string;
  readonly blanked: string;
}

interface Cut {
  readonly text: string;
  /** As it was. */
  readonly whole: string;
  /** Something was taken out of it. */
  readonly touched: boolean;
}

const LIST_MARK = /^[\s>]*(?:(?:[-*+•]|\d+[.)、]|#{1,6}|[①-⑳])(?: \[[ x]\])?\s+|\d+、)?/u;

/** In UTF-16 units: an instruction to click stands in a short line, and patterns are slow on a flood. */
const LONGEST_LINE = 6_000;

function cutLine(line: Piece, asked: Set<Ask>): Cut {
  if (line.text.length > LONGEST_LINE) return { text: line.text, whole: line.text, touched: false };
  const mark = LIST_MARK.exec(line.blanked)?.[0].length ?? 0;
  const body = slice(line, mark);
  const sentences = splitAfter(body.text, body.blanked, SENTENCE_END).map((it) =>
    cutSentence(it, asked),
  );
  if (!sentences.some((it) => it.touched))
    return { text: line.text, whole: line.text, touched: false };
  const kept = sentences
    .map((it) => it.text)
    .join('')
    .trimEnd();
  const newline = line.text.endsWith('\n') ? '\n' : '';
  const text = /[\p{L}\p{N}]/u.test(kept)
    ? `${line.text.slice(0, mark)}${balanced(kept)}${newline}`
    : '';
  return { text, whole: line.text, touched: true };
}

/** Not after "e.g." and its like; a dot inside a number or a file name has no space behind it. */
const SENTENCE_END = new RegExp(
  `(?<![.!?…]|\\b(?:${ABBREVIATIONS}))[.!?…]+[*_)\\]]*(?:\\s+|$)|[。！？]+[*_）】]*\\s*`,
  'giu',
);

function cutSentence(sentence: Piece, asked: Set<Ask>): Cut {
  // A link can be clicked in a chat, too.
  if (/https?:\/\//i.test(sentence.text))
    return { text: sentence.text, whole: sentence.text, touched: false };
  const clauses = splitClauses(sentence);
  const asks = clauses.map((clause) => instructionOf(clause));
  if (asks.every((ask) => ask === undefined))
    return { text: sentence.text, whole: sentence.text, touched: false };
  for (const ask of asks) if (ask) asked.add(ask);
  const dropped = spread(clauses, asks);
  const kept = clauses
    .filter((_, at) => !dropped[at])
    .map((it) => it.text)
    .join('');
  const words = dropped[0] ? capitalised(kept) : kept;
  const text = /[\p{L}\p{N}]/u.test(kept) ? closed(words, sentence.text) : '';
  return { text, whole: sentence.text, touched: true };
}

/** Borders of clauses: punctuation, a dash, an emoji, a bracket, or "and" before another instruction. */
const CLAUSE_END = new RegExp(
  [
    '[,;:，；：]\\s*|\\s[-–—]+\\s|——|(?:\\p{Extended_Pictographic}\\ufe0f?\\s+)',
    '(?<=[)）])\\s*|(?<!\\s)\\s*(?=[(（])',
    `(?<!\\s)\\s+(?=(?:${JOINERS})\\s(?!${INSEPARABLE}))`,
  ].join('|'),
  'giu',
);
const JOINED = new RegExp(`^(?:${JOINERS})\\s`, 'iu');
const LEFT_JOINER = new RegExp(`\\s(?:${JOINERS})$`, 'iu');
const BEGINNING = new RegExp(`^\\s*(?:(?:${JOINERS})\\s+)?[¿¡]*(\\p{Ll})`, 'iu');

function splitClauses(sentence: Piece): Piece[] {
  const clauses: Piece[] = [];
  for (const clause of splitAfter(sentence.text, sentence.blanked, CLAUSE_END)) {
    const previous = clauses.at(-1);
    // "and" inside content does not end a clause.
    const joined = JOINED.test(clause.text) && instructionOf(clause) === undefined;
    if (previous && joined && !/[,;:]\s*$/.test(previous.blanked))
      clauses[clauses.length - 1] = join(previous, clause);
    else clauses.push(clause);
  }
  return clauses;
}

const join = (one: Piece, other: Piece): Piece => ({
  text: one.text + other.text,
  blanked: one.blanked + other.blanked,
});

/** The bare words of a clause, without Markdown and brackets around them. */
const bare = (text: string): string =>
  simplified(text)
    .replace(/[*_~]/g, '')
    .replace(/’/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^(?:[\s(（→•¿¡-]|\p{Extended_Pictographic}|\ufe0f)+/u, '')
    .trim();

const instructionOf = (clause: Piece): Ask | undefined =>
  instructionIn(bare(clause.blanked), bare(clause.text));

/** An instruction takes with it what leads to it and what follows from it. */
function spread(clauses: readonly Piece[], asks: readonly (Ask | undefined)[]): boolean[] {
  const dropped = asks.map((ask) => ask !== undefined);
  for (let at = clauses.length - 2; at >= 0; at -= 1) {
    const words = bare(clauses[at]?.blanked ?? '');
    if (dropped[at + 1] && leadsOn(words)) dropped[at] = true;
  }
  for (let at = 1; at < clauses.length; at += 1) {
    if (dropped[at - 1] && goesOn(bare(clauses[at]?.blanked ?? ''))) dropped[at] = true;
  }
  return dropped;
}

/** Ends what is left as the sentence ended; a border that has lost its other side goes. */
function closed(kept: string, sentence: string): string {
  const end = /(?<![.!?…。！？])[.!?…。！？]+[*_)\]）】]*\s*$/u.exec(sentence)?.[0] ?? '';
  const open = kept.endsWith(end) ? kept.slice(0, kept.length - end.length) : kept;
  const words = open
    .replace(/(?<![\s,;:，；：、–—(（-])[\s,;:，；：、–—(（-]+$/u, '')
    .replace(LEFT_JOINER, '');
  const needsNone = /\p{Extended_Pictographic}\ufe0f?$/u.test(words);
  return words + (needsNone ? end.slice(end.trimEnd().length) : end.replace(/^([.!?…]+)\)/, '$1'));
}

const capitalised = (text: string): string =>
  text.replace(BEGINNING, (_, letter: string) => letter.toUpperCase());

/** Bold that lost its other end would make the rest of the message bold. */
const balanced = (text: string): string =>
  (text.match(/\*\*/g)?.length ?? 0) % 2 === 0 ? text : text.replace(/\*\*/g, '');

/** Removes what the cuts left behind: empty items, a heading line over nothing, gaps in numbers and blank lines. */
function tidy(lines: readonly Cut[]): string {
  const lost = lostBlocks(lines);
  const kept = renumbered(lines).filter((line, at) => {
    const emptied = line.touched && line.text === '';
    return !emptied && !(/[:：]\**\s*$/.test(line.text) && lost[at + 1] === true);
  });
  const text = kept.map((line) => line.text).join('');
  return text.replace(/\n(?:[ \t]*\n){2,}/g, '\n\n').trim();
}

/**
 * By line: does a block of lines begin here or behind empty lines, of which nothing is left? Told from the last
 * line to the first, so that each is looked at once however many headings there are.
 */
function lostBlocks(lines: readonly Cut[]): boolean[] {
  const lost: boolean[] = [];
  /** Of the line below: it is empty, or nothing is left from it to the end of its block. */
  let goneBelow = true;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (!line || line.whole.trim() === '') {
      lost[at] = lost[at + 1] ?? false;
      goneBelow = true;
    } else {
      goneBelow = line.text.trim() === '' && goneBelow;
      lost[at] = goneBelow;
    }
  }
  return lost;
}

/** Numbered items that are left follow each other from where their list began. */
function renumbered(lines: readonly Cut[]): Cut[] {
  let next: number | undefined;
  return lines.map((line) => {
    const number = /^\s*(\d+)[.)、]/.exec(line.whole)?.[1];
    if (number === undefined) {
      if (line.whole.trim() !== '' && !/^\s/.test(line.whole)) next = undefined;
      return line;
    }
    next ??= Number(number);
    if (line.text === '') return line;
    const text = line.text.replace(number, String(next));
    next += 1;
    return { ...line, text };
  });
}

const slice = ({ text, blanked }: Piece, from: number, to?: number): Piece => ({
  text: text.slice(from, to),
  blanked: blanked.slice(from, to),
});

/** Pieces that each end with a match; together they are the whole. */
function splitAfter(text: string, blanked: string, border: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of blanked.matchAll(border)) {
    const to = match.index + match[0].length;
    if (to > from) pieces.push(slice({ text, blanked }, from, to));
    from = Math.max(from, to);
  }
  if (from < text.length) pieces.push(slice({ text, blanked }, from));
  return pieces;
}
