/**
 * The HTML that mammoth writes, as light Markdown. Only that: it is well-formed, has no scripts and no
 * styles, and every `<` and `&` of the document's own text is escaped in it.
 */

interface Block {
  readonly text: string;
  /** Blocks of the same kind that follow each other stand on consecutive lines. */
  readonly kind: 'paragraph' | 'item' | 'row';
}

interface List {
  readonly ordered: boolean;
  count: number;
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
  const rows: string[][] = [];

  const open = (tag: string) => {
    if (/^(?:p|table|h[1-6])$/.test(tag)) flush(frame);
    if (/^h[1-6]$/.test(tag)) frame.marker = `${'#'.repeat(Number(tag[1]))} `;
    else if (tag === 'ul' || tag === 'ol') {
      flush(frame);
      frame.lists.push({ ordered: tag === 'ol', count: 0 });
    } else if (tag === 'li') startItem(frame);
    else if (tag === 'br') frame.words += '\n';
    else if (tag === 'tr') rows.push([]);
    else if (tag === 'td' || tag === 'th') {
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
      rows.at(-1)?.push(
        frame.blocks
          .map(({ text }) => text)
          .join(' ')
          .replace(/\s+/g, ' '),
      );
      frame = outer.pop() ?? newFrame();
    } else if (tag === 'tr') {
      const cells = rows.pop() ?? [];
      if (cells.some((cell) => cell !== ''))
        frame.blocks.push({ text: cells.join(' | '), kind: 'row' });
    }
  };

  for (const [token, slash, tag] of body.matchAll(TOKEN)) {
    if (tag === undefined) frame.words += unescapeText(token);
    else if (slash === '') open(tag);
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
  const indent = '  '.repeat(frame.lists.length - 1);
  frame.marker = `${indent}${list.ordered ? `${list.count}.` : '-'} `;
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
