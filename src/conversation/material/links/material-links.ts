/**
 * Which links of a message are its material: a link alone, or one that short words point at ("make a video of this
 * https://…"). Links inside a script, and links that the video is to show, are text like any other. Pure.
 */
import { LOCALES } from '../../../locales/locales.ts';
import { simplified } from '../../language/han-fold.ts';

export interface MaterialLinks {
  /** Each once, in order, at most `MOST_LINKS`. */
  readonly urls: readonly string[];
  /** More were there. */
  readonly more: boolean;
  /** Nothing but links was written. */
  readonly alone: boolean;
  /** The words say no more than that a video is to be made of them. */
  readonly onlyPoints: boolean;
}

export const MOST_LINKS = 3;

/** In UTF-16 units without the links; what is longer is a script. */
const LONGEST_WISH = 240;
/** Of the whole text: links may be long, but there are few. */
const LONGEST_TEXT = 8_000;
/** Words that point stand right before a link or right after it. */
const NEAR = 60;

/** Han letters end one: they are written right behind it, and browsers copy them encoded. */
const LINK = /https?:\/\/[^\s<>"`|\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/giu;
/** What a sentence or a bracket puts behind one. */
const BEHIND = /[.,;:!?'*_~)\]}’”]+$/;

interface Found {
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

export function materialLinks(text: string): MaterialLinks | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const found = linksIn(text);
  if (found.length === 0) return undefined;
  const rest = restOf(text, found);
  if (rest.length > LONGEST_WISH) return undefined;
  const alone = !/[\p{L}\p{N}]/u.test(rest);
  const onlyPoints = alone || isOnlyPointing(rest);
  const all =
    onlyPoints || LOCALES.some(({ wishes }) => wishes.links.anywhere.test(simplified(rest)));
  const pointed = all ? found : found.filter((link) => isPointedAt(text, link));
  const urls = [...new Set(pointed.map(({ url }) => url))];
  if (urls.length === 0) return undefined;
  return { urls: urls.slice(0, MOST_LINKS), more: urls.length > MOST_LINKS, alone, onlyPoints };
}

function linksIn(text: string): Found[] {
  return Array.from(text.matchAll(LINK), ({ 0: whole, index }) => {
    const behind = BEHIND.exec(whole)?.[0] ?? '';
    // A bracket that the address itself opened is part of it, as in encyclopedias.
    const keeps = behind.startsWith(')') && whole.includes('(') ? 1 : 0;
    const url = whole.slice(0, whole.length - behind.length + keeps);
    return { url, start: index, end: index + url.length };
  }).filter(({ url }) => URL.canParse(url));
}

function restOf(text: string, found: readonly Found[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const { start, end } of found) {
    parts.push(text.slice(at, start));
    at = end;
  }
  return [...parts, text.slice(at)].join(' ').trim();
}

export function isOnlyPointing(rest: string): boolean {
  const left = LOCALES.reduce(
    (words, { wishes }) => words.replace(wishes.links.only, ' '),
    simplified(rest.toLowerCase()),
  );
  return !/[\p{L}\p{N}]/u.test(left);
}

function isPointedAt(text: string, { start, end }: Found): boolean {
  const before = simplified(text.slice(Math.max(0, start - NEAR), start)).replace(
    /[\s<([*_"'「“]+$/,
    '',
  );
  const after = simplified(text.slice(end, end + NEAR)).replace(/^[\s>)\]*_"'」”,，、.。:：]+/, '');
  return LOCALES.some(
    ({ wishes: { links } }) => links.before.test(before) || links.after.test(after),
  );
}
