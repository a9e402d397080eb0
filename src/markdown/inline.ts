/** Markdown within a block: bold, italic, code, links. Pure, and in proportion to the length of the text. */

import { isEscapable } from './escape.ts';

export type Inline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: 'break' };

const DEEPEST = 6;
/** How far an opening mark looks for its closing one; keeps hostile text from costing time. */
const REACH = 1_000;
const URL_TEXT = /^https?:\/\/[^\s<>"'`，。；！？、）】》]+/i;

export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') out.push({ type: 'text', text: plain });
    plain = '';
  };

  while (at < text.length) {
    const found = depth < DEEPEST ? inlineAt(text, at, depth) : undefined;
    if (found) {
      flush();
      out.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

type Found = { readonly node: Inline; readonly end: number } | undefined;

function inlineAt(text: string, at: number, depth: number): Found {
  switch (text[at]) {
    case '\n':
      return { node: { type: 'break' }, end: at + 1 };
    case '\\':
      return isEscapable(text[at + 1])
        ? { node: { type: 'text', text: text[at + 1] ?? '' }, end: at + 2 }
        : undefined;
    case '`':
      return codeAt(text, at);
    case '*':
    case '_':
      return emphasisAt(text, at, depth);
    case '[':
      return linkAt(text, at, depth);
    case 'h':
    case 'H':
      return bareUrlAt(text, at);
    default:
      return undefined;
  }
}

function codeAt(text: string, at: number): Found {
  const end = closing(text, '`', at + 1);
  return end > at + 1
    ? { node: { type: 'code', text: text.slice(at + 1, end) }, end: end + 1 }
    : undefined;
}

function emphasisAt(text: string, at: number, depth: number): Found {
  const char = text[at] ?? '';
  const mark = text[at + 1] === char ? char + char : char;
  const from = at + mark.length;
  // `snake_case` and `2 * 3` are not emphasis.
  if (/^\s?$/.test(text[from] ?? '') || (char === '_' && isWord(text[at - 1]))) return undefined;
  const ahead = text.slice(from, from + REACH);
  for (let at = ahead.indexOf(mark); at >= 0; at = ahead.indexOf(mark, at + 1)) {
    const after = text[from + at + mark.length];
    const fits = at > 0 && !/\s/.test(ahead[at - 1] ?? '') && !(char === '_' && isWord(after));
    if (!fits || (mark.length === 1 && after === char)) continue;
    const children = parseInline(ahead.slice(0, at), depth + 1);
    const end = from + at + mark.length;
    return { node: { type: mark.length === 2 ? 'strong' : 'em', children }, end };
  }
  return undefined;
}

function linkAt(text: string, at: number, depth: number): Found {
  const close = closing(text, '](', at + 1);
  if (close < 0) return undefined;
  const end = closing(text, ')', close + 2);
  const href = end < 0 ? undefined : safeUrl(text.slice(close + 2, end).trim());
  if (!href) return undefined;
  const children = parseInline(text.slice(at + 1, close), Math.max(depth + 1, DEEPEST - 1));
  return { node: { type: 'link', href, children }, end: end + 1 };
}

function bareUrlAt(text: string, at: number): Found {
  if (isWord(text[at - 1])) return undefined;
  const shown = URL_TEXT.exec(text.slice(at, at + REACH))?.[0].replace(/[.,;:!?*_)\]]+$/, '');
  const href = shown && safeUrl(shown);
  if (!shown || !href) return undefined;
  return {
    node: { type: 'link', href, children: [{ type: 'text', text: shown }] },
    end: at + shown.length,
  };
}

function closing(text: string, mark: string, from: number): number {
  const end = text.slice(from, from + REACH).indexOf(mark);
  return end < 0 ? -1 : from + end;
}

const isWord = (char: string | undefined): boolean =>
  char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** The address, if it is one that a click may safely open. */
export function safeUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
