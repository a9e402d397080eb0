/** Tables of a spreadsheet as text: the rows of a shot list under the names of their columns. */

export interface Sheet {
  /** Empty where there is only one. */
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** A film has some hundred shots; what has more is data. */
export const MOST_ROWS = 5000;
export const MOST_COLUMNS = 100;
/** Longer cells are easier to follow each behind the name of its column. */
const LONG_CELL = 80;

/** `more`: rows were left out. */
export function textOfSheets(sheets: readonly Sheet[]): { text: string; more: boolean } {
  const filled = sheets.map(trimmed).filter(({ rows }) => rows.length > 0);
  const text = filled
    .map(({ name, rows }) => {
      const heading = filled.length > 1 && name !== '' ? `# ${name}\n\n` : '';
      return heading + textOfRows(rows.slice(0, MOST_ROWS));
    })
    .join('\n\n');
  return { text, more: filled.some(({ rows }) => rows.length > MOST_ROWS) };
}

/** Without empty rows and columns, each cell on one line or, where it was written so, on several. */
function trimmed({ name, rows }: Sheet): Sheet {
  const cells = rows
    .map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ''));
  const columns = Math.max(0, ...cells.slice(0, MOST_ROWS).map((row) => row.length));
  const used = Array.from({ length: columns }, (_, at) => at).filter((at) =>
    cells.some((row) => (row[at] ?? '') !== ''),
  );
  return { name, rows: cells.map((row) => used.map((at) => row[at] ?? '')) };
}

function textOfRows(rows: readonly (readonly string[])[]): string {
  const at = headerOf(rows);
  const header = rows[at];
  if (!header) return rows.map(asRow).join('\n');
  const above = rows.slice(0, at).map(asRow);
  const below = rows.slice(at + 1);
  const isLong = below.some((row) => row.some((it) => it.length > LONG_CELL || it.includes('\n')));
  const body = isLong
    ? below.map((row) => asRecord(header, row)).join('\n\n')
    : [header, ...below].map(asRow).join('\n');
  return [...above, body].join('\n\n');
}

/**
 * The row with the names of the columns: the first that fills most of them, in short words alone, with rows below.
 * Above it there may be a title. -1: there is none.
 */
function headerOf(rows: readonly (readonly string[])[]): number {
  const columns = rows[0]?.length ?? 0;
  if (columns < 2) return -1;
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => filledIn(row) * 2 > columns);
  const header = rows[at] ?? [];
  const names = header.filter((cell) => cell !== '');
  const isHeader =
    at < rows.length - 1 &&
    names.every((name) => /\p{L}|#/u.test(name) && name.length <= LONG_NAME && !isFigure(name)) &&
    new Set(names).size === names.length;
  return isHeader ? at : -1;
}

const HEADER_WITHIN = 6;
const LONG_NAME = 40;

const filledIn = (row: readonly string[]): number => row.filter((cell) => cell !== '').length;

/** "12", "8 s", "00:14", "2026-11-27". */
const isFigure = (cell: string): boolean => /^[\d.,:/\s-]+\p{L}{0,3}$/u.test(cell);

const asRow = (row: readonly string[]): string => {
  const cells = row.map((cell) => cell.replace(/\s+/g, ' '));
  while (cells.at(-1) === '') cells.pop();
  return cells.join(' | ');
};

const asRecord = (header: readonly string[], row: readonly string[]): string =>
  row
    .map((cell, at) => (cell === '' ? '' : named(header[at] ?? '', cell)))
    .filter((line) => line !== '')
    .join('\n');

const named = (name: string, cell: string): string =>
  name === '' ? cell : `${name.replace(/\s+/g, ' ')}: ${cell}`;
