/** Excel workbooks: the sheets that can be seen, their cells as they are shown. */
import { relationsOf } from '../archive/parts.ts';
import { DocumentUnreadable } from '../document.ts';
import { found, parseXml, walkXml } from '../markup/xml.ts';
import { type NumberFormats, numberFormats, shownNumber } from './number-formats.ts';
import { MOST_COLUMNS, MOST_ROWS, type Sheet } from './shot-list.ts';

type Parts = ReadonlyMap<string, Uint8Array>;

const MAIN = 'xl/workbook.xml';
const MOST_SHEETS = 50;

/** Throws `DocumentUnreadable`. */
export function readXlsx({ parts }: { readonly parts: Parts }): Sheet[] {
  const main = parts.get(MAIN);
  if (!main) throw new DocumentUnreadable('damaged', 'the workbook has no main part');
  const workbook = parseXml(main);
  const relations = relationsOf(MAIN, parts);
  const ofType = (wanted: string) =>
    [...relations.values()].find(({ type }) => type === wanted)?.target ?? '';
  const [settings] = [...found(workbook, 's:workbookPr')];
  const context: Context = {
    shared: sharedStrings(parts.get(ofType('sharedStrings'))),
    formats: numberFormats(parts.get(ofType('styles'))),
    from1904: /^(?:1|true)$/.test(settings?.attributes['date1904'] ?? ''),
  };
  return [...found(workbook, 's:sheet')]
    .filter(({ attributes }) => !/hidden/i.test(attributes['state'] ?? ''))
    .slice(0, MOST_SHEETS)
    .flatMap(({ attributes }) => {
      const content = parts.get(relations.get(attributes['r:id'] ?? '')?.target ?? '');
      return content ? [{ name: attributes['name'] ?? '', rows: rowsOf(content, context) }] : [];
    });
}

interface Context {
  readonly shared: readonly string[];
  readonly formats: NumberFormats;
  readonly from1904: boolean;
}

/** Texts that cells point at, without what is said about their pronunciation. */
function sharedStrings(content: Uint8Array | undefined): string[] {
  const texts: string[] = [];
  if (!content) return texts;
  let unread = 0;
  let inText = false;
  walkXml(content, {
    open(name) {
      if (name === 's:si') texts.push('');
      else if (name === 's:rPh') unread += 1;
      inText = name === 's:t' && unread === 0;
    },
    close(name) {
      if (name === 's:rPh') unread -= 1;
      inText = false;
    },
    words(text) {
      if (inText) texts.push((texts.pop() ?? '') + text);
    },
  });
  return texts;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
}

function rowsOf(content: Uint8Array, context: Context): string[][] {
  const rows: string[][] = [];
  let row: string[] | undefined;
  let cell: Cell | undefined;
  let inValue = false;
  let unread = 0;
  walkXml(content, {
    open(name, attributes) {
      inValue = (name === 's:v' || name === 's:t') && unread === 0;
      if (name === 's:rPh') unread += 1;
      else if (name === 's:row') {
        const seen = !/^(?:1|true)$/.test(attributes['hidden'] ?? '');
        row = seen && rows.length <= MOST_ROWS ? [] : undefined;
      } else if (name === 's:c') {
        cell = {
          column: columnOf(attributes['r'] ?? '') ?? row?.length ?? 0,
          type: attributes['t'] ?? 'n',
          style: Number(attributes['s'] ?? 0),
          value: '',
        };
      }
    },
    close(name) {
      inValue = false;
      if (name === 's:rPh') unread -= 1;
      else if (name === 's:row' && row) rows.push(row);
      else if (name === 's:c') {
        if (row && cell && cell.column < MOST_COLUMNS) put(row, cell, context);
        cell = undefined;
      }
    },
    words(text) {
      if (inValue && cell) cell.value += text;
    },
  });
  return rows;
}

function put(row: string[], cell: Cell, context: Context): void {
  while (row.length < cell.column) row.push('');
  row[cell.column] = shownIn(cell, context);
}

function shownIn({ type, style, value }: Cell, { shared, formats, from1904 }: Context): string {
  switch (type) {
    case 's':
      return shared[Number(value)] ?? '';
    case 'str':
    case 'inlineStr':
      return value;
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case 'd':
      return value.replace('T', ' ').replace(/ 00:00(?::00)?$/, '');
    default:
      return shownNumber(value, formats(style), from1904);
  }
}

/** From 0; undefined where the place says nothing. */
function columnOf(place: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d/.exec(place)?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
