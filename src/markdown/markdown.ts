/**
 * The Markdown that the bot speaks, as a tree of plain text: bold, italic, code, links, lists,
 * headings, quotes. Whatever is not understood stays as it was typed; nothing here is markup.
 */

import { fenceLines } from './fences.ts';
import { type Inline, parseInline } from './inline.ts';

export interface ListItem {
  readonly children: readonly Inline[];
  readonly lists: readonly List[];
}

export interface List {
  readonly type: 'list';
  /** The first number of an ordered list. */
  readonly start: number | undefined;
  readonly items: readonly ListItem[];
}

export type Block =
  | { readonly type: 'paragraph' | 'quote' | 'heading'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | List;

const ITEM = /^(\s*)(?:[-*+•]|(\d{1,9})[.)])\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;

export function parseMarkdown(raw: string): Block[] {
  const text = raw.replace(/\r\n?/g, '\n');
  const parts: Block[][] = [];
  let from = 0;
  let inCode = false;
  const take = (to: number) => {
    const part = text.slice(from, to);
    parts.push(inCode ? [{ type: 'code', text: part.replace(/\n$/, '') }] : parseProse(part));
  };
  for (const line of fenceLines(text)) {
    take(line.from);
    inCode = line.fence !== undefined;
    from = line.to + 1;
  }
  if (inCode || from < text.length) take(text.length);
  return parts.flat();
}

function parseProse(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let at = 0;

  /** Takes lines for as long as they match; at least the present one. */
  function take(belongs: (line: string) => boolean): string[] {
    const from = at;
    do at += 1;
    while (at < lines.length && belongs(lines[at] ?? ''));
    return lines.slice(from, at);
  }

  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') at += 1;
    else if (heading) {
      at += 1;
      blocks.push({ type: 'heading', children: parseInline(heading[1] ?? '') });
    } else if (QUOTE.test(line)) {
      const quoted = take((next) => QUOTE.test(next)).map((next) => QUOTE.exec(next)?.[1] ?? '');
      blocks.push({ type: 'quote', children: parseInline(quoted.join('\n')) });
    } else if (ITEM.test(line)) {
      blocks.push(...parseLists(take((next) => ITEM.test(next))));
    } else {
      const paragraph = take((next) => next.trim() !== '' && !startsBlock(next));
      blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) });
    }
  }
  return blocks;
}

const startsBlock = (line: string): boolean =>
  HEADING.test(line) || QUOTE.test(line) || ITEM.test(line);

const DEEPEST_LIST = 4;

function parseLists(lines: readonly string[], depth = 0): List[] {
  const lists: { type: 'list'; start: number | undefined; items: ListItem[] }[] = [];
  let at = 0;
  while (at < lines.length) {
    const [, indent = '', number, content = ''] = ITEM.exec(lines[at] ?? '') ?? [];
    at += 1;
    const from = at;
    if (depth < DEEPEST_LIST) {
      while (at < lines.length && indentOf(lines[at] ?? '') > indent.length + 1) at += 1;
    }
    const item = {
      children: parseInline(content),
      lists: parseLists(lines.slice(from, at), depth + 1),
    };
    const last = lists.at(-1);
    if (last && (last.start === undefined) === (number === undefined)) last.items.push(item);
    else
      lists.push({
        type: 'list',
        start: number === undefined ? undefined : Number(number),
        items: [item],
      });
  }
  return lists;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
