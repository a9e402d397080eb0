/**
 * Writes light Markdown of a document that its reader describes in the elements of HTML: headings, paragraphs,
 * nested lists, tables by rows. The readers of all formats with such a structure share it.
 */

export interface Outline {
  /** `attribute` gives `rowspan`, `start` and the like; elements that are not known change nothing. */
  open(tag: string, attribute?: (name: string) => string | undefined): void;
  close(tag: string): void;
  words(text: string): void;
  /** The item that has just begun belongs to a numbering that was interrupted. */
  continueNumbering(name: string): void;
  text(): string;
}

export interface Block {
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

/** How far each numbering has counted, by its name and the depth of the list. */
type Numbering = Map<string, number>;

const PARAGRAPH = /^(?:p|hr|table|h[1-6])$/;

export function createOutline(): Outline {
  let frame = newFrame();
  const outer: Frame[] = [];
  const rows: Row[] = [];
  const tables: number[][] = [];
  const numbering: Numbering = new Map();

  return {
    open(tag, attribute = () => undefined) {
      if (PARAGRAPH.test(tag)) flush(frame);
      if (/^h[1-6]$/.test(tag)) frame.marker = `${'#'.repeat(Number(tag[1]))} `;
      else if (tag === 'ul' || tag === 'ol') {
        flush(frame);
        const start = Number(attribute('start') ?? 1);
        const before = Number.isSafeInteger(start) ? start - 1 : 0;
        frame.lists.push({ ordered: tag === 'ol', count: before });
      } else if (tag === 'li') startItem(frame);
      else if (tag === 'br') frame.words += '\n';
      else if (tag === 'table') tables.push([]);
      else if (tag === 'tr') rows.push({ cells: [], spans: tables.at(-1) ?? [] });
      else if (tag === 'td' || tag === 'th') {
        startCell(rows.at(-1), attribute('rowspan'));
        outer.push(frame);
        frame = newFrame();
      }
    },

    close(tag) {
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
    },

    words(text) {
      frame.words += text;
    },
    continueNumbering: (name) => {
      frame.marker = continued(frame, numbering, name);
    },
    text() {
      flush(frame);
      return textOfBlocks(frame.blocks);
    },
  };
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

/** Items further in stand no further in: the depth of lists is a stranger's. */
const MOST_INDENT = 12;

const markerOf = (list: List, depth: number): string =>
  `${'  '.repeat(Math.min(depth - 1, MOST_INDENT))}${list.ordered ? `${list.count}.` : '-'} `;

/** The marker of the item that has just begun, counted on from the last item of its numbering. */
function continued(frame: Frame, numbering: Numbering, name: string): string {
  const list = frame.lists.at(-1);
  if (!list?.ordered || frame.marker === '') return frame.marker;
  const depth = frame.lists.length;
  const key = (level: number) => `${level} ${name}`;
  // A list that has just been opened may be the rest of one that a paragraph has interrupted.
  if (list.count === 1) list.count = (numbering.get(key(depth)) ?? 0) + 1;
  numbering.set(key(depth), list.count);
  for (let level = depth + 1; numbering.delete(key(level)); level += 1);
  return markerOf(list, depth);
}

/** A cell that reaches down leaves its place in the rows below empty. */
function startCell(row: Row | undefined, rowspan: string | undefined): void {
  if (!row) return;
  const { cells, spans } = row;
  while ((spans[cells.length] ?? 0) > 0) {
    spans[cells.length] = (spans[cells.length] ?? 0) - 1;
    cells.push('');
  }
  const rows = Number(rowspan ?? 1);
  spans[cells.length] = rows > 0 && rows < 10_000 ? rows - 1 : 0;
}

function flush(frame: Frame): void {
  const text = frame.words.replace(/[^\S\n]+/g, ' ').trim();
  frame.words = '';
  if (text === '') return;
  const kind = frame.lists.length > 0 ? 'item' : 'paragraph';
  frame.blocks.push({ text: `${frame.marker}${text}`, kind });
  frame.marker = '';
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map(({ text, kind }, at) => {
      const before = blocks[at - 1];
      if (!before) return text;
      return (kind !== 'paragraph' && before.kind === kind ? '\n' : '\n\n') + text;
    })
    .join('');
}
