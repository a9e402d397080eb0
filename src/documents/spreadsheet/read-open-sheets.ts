/** OpenDocument spreadsheets (ODS): the cells as they are shown. */
import { type Attributes, walkXml } from '../markup/xml.ts';
import { contentOf } from '../opendocument/read-open-text.ts';
import { MOST_COLUMNS, MOST_ROWS, type Sheet } from './shot-list.ts';

interface Repeated {
  readonly times: number;
  text: string;
}

/** Throws `DocumentUnreadable`. */
export function readOpenSheets({
  parts,
}: {
  readonly parts: ReadonlyMap<string, Uint8Array>;
}): Sheet[] {
  const sheets: { readonly name: string; readonly rows: string[][] }[] = [];
  let row: { readonly cells: string[]; readonly times: number } | undefined;
  let cell: Repeated | undefined;
  let unread = 0;
  walkXml(contentOf(parts), {
    open(name, attributes) {
      if (unread > 0 || name === 'office:annotation' || name === 'table:shapes') unread += 1;
      else if (name === 'table:table') {
        sheets.push({ name: attributes['table:name'] ?? '', rows: [] });
      } else if (name === 'table:table-row') {
        row = { cells: [], times: timesOf(attributes, 'table:number-rows-repeated') };
      } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
        cell = { times: timesOf(attributes, 'table:number-columns-repeated'), text: '' };
      } else if (name === 'text:p' && cell && cell.text !== '') cell.text += '\n';
      else if (name === 'text:line-break' && cell) cell.text += '\n';
      else if ((name === 'text:s' || name === 'text:tab') && cell) cell.text += ' ';
    },
    close(name) {
      if (unread > 0) unread -= 1;
      else if (name === 'table:table-row') {
        const rows = sheets.at(-1)?.rows;
        if (row && rows) repeat(rows, row, MOST_ROWS + 1);
        row = undefined;
      } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
        for (let n = 0; n < (cell?.times ?? 0); n += 1) {
          if (row && row.cells.length < MOST_COLUMNS) row.cells.push(cell?.text ?? '');
        }
        cell = undefined;
      }
    },
    words(text) {
      if (unread === 0 && cell) cell.text += text.replace(/\s+/g, ' ');
    },
  });
  return sheets;
}

/** The empty rest of a sheet is one row that repeats a million times. */
function repeat(
  rows: string[][],
  { cells, times }: { readonly cells: string[]; readonly times: number },
  limit: number,
): void {
  if (cells.every((cell) => cell.trim() === '')) return;
  for (let n = 0; n < times && rows.length < limit; n += 1) rows.push(cells);
}

function timesOf(attributes: Attributes, name: string): number {
  const times = Number(attributes[name] ?? 1);
  return times >= 1 ? Math.min(times, MOST_ROWS) : 1;
}
