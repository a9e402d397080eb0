/**
 * The HTML that mammoth writes, as light Markdown. Only that: it is well-formed, has no scripts and no
 * styles, and every `<` and `&` of the document's own text is escaped in it.
 */

import { NUMBERING_ID } from './markup.ts';

interface Block {
  readonly text: string;
  /** Blocks of the same kind that follow each other stand on consecutive lines. */
  readonly kind: 'paragraph' | 'item' | 'row';
}

interface List {
  readonly ordered: boolean;
  count: number;
}

interface Row {
  readonly cells: string[];
  /** By column: how many further rows the cell above reaches into. */
  readonly spans: number[];
}

/** A table cell is a small document of its own. */
interface Frame {
  readonly blocks: Block[];
  readonly lists: List[];
  words: string;
  marker: string;
}

const TOKEN = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|[^<]+/g;
const NOTE_MARK =
  /<sup><a href="#(?:foot|end)note-[^"]*" id="(?:foot|end)note-ref-[^"]*">[^<]*<\/a><\/sup>/g;
const NOTES = /<ol><li id="(?:foot|end)note-/;

export function textOfHtml(html: string): string {
  const notes = html.search(NOTES);
  const body = (notes < 0 ? html : html.slice(0, notes)).replace(NOTE_MARK, '');
  let frame = newFrame();
  const outer: Frame[] = [];
  const rows: Row[] = [];
  const tables: number[][] = [];
  const numbering = newNumbering();

  const open = (tag: string, attributes: string) => {
    if (/^(?:p|hr|table|h[1-6])$/.test(tag)) flush(frame);
    if (/^h[1-6]$/.test(tag)) frame.marker = `${'#'.repeat(Number(tag[1]))} `;
    else if (tag === 'ul' || tag === 'ol') {
      flush(frame);
      frame.lists.push({ ordered: tag === 'ol', count: 0 });
    } else if (tag === 'li') startItem(frame);
    else if (tag === 'br') frame.words += '\n';
    else if (tag === 'a') frame.marker = continued(frame, numbering, attributes);
    else if (tag === 'table') tables.push([]);
    else if (tag === 'tr') rows.push({ cells: [], spans: tables.at(-1) ?? [] });
    else if (tag === 'td' || tag === 'th') {
      startCell(rows.at(-1), attributes);
      outer.push(frame);
      frame = newFrame();
    }
  };

  const close = (tag: string) => {
    if (/^(?:p|li|h[1-6])$/.test(tag)) {
      flush(frame);
      frame.marker = '';
    } else if (tag === 'ul' || tag === 'ol') {
      flush(frame);
      frame.lists.pop();
    } else if (tag === 'td' || tag === 'th') {
      flush(frame);
      rows.at(-1)?.cells.push(
        frame.blocks
          .map(({ text }) => text)
          .join(' ')
          .replace(/\s+/g, ' '),
      );
      frame = outer.pop() ?? newFrame();
    } else if (tag === 'tr') {
      const cells = rows.pop()?.cells ?? [];
      if (cells.some((cell) => cell !== ''))
        frame.blocks.push({ text: cells.join(' | '), kind: 'row' });
    } else if (tag === 'table') {
      tables.pop();
    }
  };

  for (const [token, slash, tag, attributes = ''] of body.matchAll(TOKEN)) {
    if (tag === undefined) frame.words += unescapeText(token);
    else if (slash === '') open(tag, attributes);
    else close(tag);
  }
  flush(frame);
  return joined(frame.blocks);
}

/** Numbers that the list gave its items are not the writer's words. */
export const withoutNumbering = (text: string): string => text.replace(/^ *\d+\. /gm, '');

const newFrame = (): Frame => ({ blocks: [], lists: [], words: '', marker: '' });

function startItem(frame: Frame): void {
  flush(frame);
  const list = frame.lists.at(-1);
  if (!list) return;
  list.count += 1;
  frame.marker = markerOf(list, frame.lists.length);
}

const markerOf = (list: List, depth: number): string =>
  `${'  '.repeat(depth - 1)}${list.ordered ? `${list.count}.` : '-'} `;

/** How far each of Word's numberings has counted, by its name and the depth of the list. */
type Numbering = Map<string, number>;
const newNumbering = (): Numbering => new Map();

/** The marker of the item that has just begun, counted on from the last item of its numbering. */
function continued(frame: Frame, numbering: Numbering, attributes: string): string {
  const list = frame.lists.at(-1);
  const name = attributes.includes(NUMBERING_ID) ? /id="([^"]*)"/.exec(attributes)?.[1] : undefined;
  if (!list?.ordered || name === undefined || frame.marker === '') return frame.marker;
  const depth = frame.lists.length;
  const key = (level: number) => `${level} ${name}`;
  // A list that has just been opened may be the rest of one that a paragraph has interrupted.
  if (list.count === 1) list.count = (numbering.get(key(depth)) ?? 0) + 1;
  numbering.set(key(depth), list.count);
  for (let level = depth + 1; numbering.delete(key(level)); level += 1);
  return markerOf(list, depth);
}

/** A cell that reaches down leaves its place in the rows below empty. */
function startCell(row: Row | undefined, attributes: string): void {
  if (!row) return;
  const { cells, spans } = row;
  while ((spans[cells.length] ?? 0) > 0) {
    spans[cells.length] = (spans[cells.length] ?? 0) - 1;
    cells.push('');
  }
  const rowspan = /\browspan="(\d{1,4})"/.exec(attributes)?.[1];
  spans[cells.length] = Number(rowspan ?? 1) - 1;
}

function flush(frame: Frame): void {
  const text = frame.words.replace(/[^\S\n]+/g, ' ').trim();
  frame.words = '';
  if (text === '') return;
  const kind = frame.lists.length > 0 ? 'item' : 'paragraph';
  frame.blocks.push({ text: `${frame.marker}${text}`, kind });
  frame.marker = '';
}

function joined(blocks: readonly Block[]): string {
  return blocks
    .map(({ text, kind }, at) => {
      const before = blocks[at - 1];
      if (!before) return text;
      return (kind !== 'paragraph' && before.kind === kind ? '\n' : '\n\n') + text;
    })
    .join('');
}

const unescapeText = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
