/**
 * Cuts a long Markdown text into messages of limited length. Nothing visible is lost: parts end
 * where a reader would pause, and a code block that is cut is closed and opened again. Each part is a message of its
 * own, which the platform reads from its own beginning; so the rest is looked at anew after every cut.
 */

import { codeBlockAfter, type Fence, fenceLines } from '../../markdown/fences.ts';

/** Length as the platform counts it, in its own unit; must not shrink when text is appended. */
export type Measure = (text: string) => number;

const utf16Units: Measure = (text) => text.length;

/** `limit` is at least 2; parts are never empty. */
export function splitText(text: string, limit: number, measure: Measure = utf16Units): string[] {
  const parts: string[] = [];
  let rest = text.trimEnd();
  let fence: Fence | undefined;
  while (rest !== '') {
    const { part, taken, open } = nextPart(rest, fence, (body) => measure(body) <= limit);
    if (/\S/.test(part)) parts.push(part);
    rest = open ? rest.slice(taken).replace(/^\r?\n/, '') : withoutGap(rest.slice(taken));
    fence = open;
  }
  return parts;
}

/** Further in than this nobody means to indent. */
const DEEPEST_INDENT = 200;

/** Without the empty lines at its beginning; the next line keeps its indentation. */
function withoutGap(text: string): string {
  const words = text.search(/\S/);
  if (words < 0) return '';
  const line = text.lastIndexOf('\n', words) + 1;
  return text.slice(words - line > DEEPEST_INDENT ? words : line);
}

type Fits = (body: string) => boolean;

interface Part {
  readonly part: string;
  /** Length of what was taken from the text. */
  readonly taken: number;
  /** The code block that goes on in the next part. */
  readonly open: Fence | undefined;
}

function nextPart(rest: string, fence: Fence | undefined, fits: Fits): Part {
  const dressed = (length: number): Part => {
    const body = rest.slice(0, length).trimEnd();
    const open = codeBlockAfter(rest.slice(0, length), fence);
    const head = fence ? `${fence.opening}\n` : '';
    return { part: `${head}${body}${open ? `\n${open.closing}` : ''}`, taken: length, open };
  };
  const whole = (length: number) => fits(dressed(length).part);
  const most = longest(rest.length, whole);
  // No room for the fences and any text: better plain text than none at all.
  if (most === 0) return bareText(rest, fits);
  if (most === rest.length) return dressed(most);
  let length = breakBefore(rest, most, fence);
  while (length > 1 && !whole(length)) length = clusterBorder(rest, length - 1);
  return whole(length) ? dressed(length) : bareText(rest, fits);
}

function bareText(rest: string, fits: Fits): Part {
  const most = longest(rest.length, (length) => fits(rest.slice(0, length)));
  const firstCharacter = String.fromCodePoint(rest.codePointAt(0) ?? 0).length;
  const taken = Math.max(clusterBorder(rest, Math.max(most, firstCharacter)), firstCharacter);
  return { part: rest.slice(0, taken).trimEnd(), taken, open: undefined };
}

/** The greatest length that fits, found by doubling, so that a huge text is not measured again and again. */
function longest(end: number, fits: (length: number) => boolean): number {
  let good = 0;
  let bad = 64;
  while (bad < end && fits(bad)) [good, bad] = [bad, bad * 2];
  if (bad >= end) {
    if (fits(end)) return end;
    bad = end;
  }
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** A pause counts when at least this share of the room is used up to it. */
const LEAST_FILL = 0.3;

const PAUSES: readonly RegExp[] = [
  /\n[^\S\n]*\n\s*/g,
  /\n/g,
  /[.!?…]["'”’)\]*_]*\s+|[。！？；…]["'”’」』）]*/gu,
  /\s+|[，、,;：]/g,
];

/** Where to cut at or before `most`. */
function breakBefore(rest: string, most: number, fence: Fence | undefined): number {
  const links = unbreakable(rest.slice(0, most + LONGEST_LINK));
  // Looked for once: there may be as many pauses as there are lines of these.
  const fences = fenceLines(rest.slice(0, most), fence);
  const inLink = (at: number) => {
    const last = links[links.findLastIndex(([from]) => from < at)];
    return last && at < last[1] ? last : undefined;
  };
  const fenceAt = (at: number) => fences.findLast(({ from }) => from < at);
  /** Right behind the first line of a code block a cut would leave an empty block. */
  const endsInOpening = (at: number) => {
    const last = fenceAt(at);
    return last?.fence !== undefined && rest.slice(last.to, at).trim() === '';
  };
  for (const [rank, pause] of PAUSES.entries()) {
    // In code only the ends of lines are pauses; blank lines there part nothing.
    const inProse = (at: number) => rank === 1 || (fenceAt(at) ?? { fence }).fence === undefined;
    const ends = Array.from(rest.slice(0, most + 1).matchAll(pause), (it) =>
      Math.min(it.index + it[0].length, most),
    );
    const best = ends.findLast(
      (at) => at > most * LEAST_FILL && !inLink(at) && inProse(at) && !endsInOpening(at),
    );
    if (best !== undefined) return best;
  }
  const link = inLink(most);
  return link && link[0] > 0 ? link[0] : clusterBorder(rest, most);
}

const LONGEST_LINK = 2000;

/** Addresses, Markdown links and platform links; cut in two they lead nowhere. */
function unbreakable(text: string): (readonly [from: number, to: number])[] {
  const link =
    /!?\[[^[\]\n]{0,500}\]\([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)|<(?:https?:|[@#!:])[^<>\n]{1,2000}>|https?:\/\/[^\s<>]{1,2000}/g;
  return Array.from(text.matchAll(link), (it) => [it.index, it.index + it[0].length] as const);
}

const NEAR = 128;
const SEGMENTER = new Intl.Segmenter();

/** The last border between visible characters at or before `at`; never inside a surrogate pair. */
function clusterBorder(text: string, at: number): number {
  const from = Math.max(0, at - NEAR);
  const nearby = text.slice(from, at + NEAR);
  const cluster = SEGMENTER.segment(nearby).containing(at - from);
  const border = cluster ? from + cluster.index : at;
  if (border > from || (border === from && from > 0)) return border;
  // One visible character longer than the room: split between its code points.
  return /[\udc00-\udfff]/.test(text.charAt(at)) && at > 1 ? at - 1 : at;
}
