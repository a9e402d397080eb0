/** CSV as programs write it: quoted fields with line ends in them, separated by commas, semicolons or tabs. */

/** Rows of fields; what stands between quotes is taken as it is. */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\ufeff?(?:sep=(.)\r?\n)?/i, '');
  const separator = /^\ufeff?sep=(.)\r?\n/i.exec(text.slice(0, 10))?.[1] ?? separatorOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < source.length) {
    const [field, end] = fieldAt(source, at, separator);
    row.push(field);
    const next = source[end];
    if (next === separator) {
      at = end + 1;
      if (at < source.length) continue;
      row.push('');
    } else {
      at = end + (next === '\r' && source[end + 1] === '\n' ? 2 : 1);
    }
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The field, and where its separator or the line's end stands. */
function fieldAt(source: string, from: number, separator: string): [field: string, end: number] {
  if (source[from] !== '"') {
    const end = plainEnd(source, from, separator);
    return [source.slice(from, end), end];
  }
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const quote = source.indexOf('"', at);
    if (quote < 0) return [parts.join('') + source.slice(at), source.length];
    parts.push(source.slice(at, quote));
    at = quote + 1;
    if (source[at] !== '"') break;
    parts.push('"');
    at += 1;
  }
  // Characters between the closing quote and the separator are a mistake that loses nothing.
  const end = plainEnd(source, at, separator);
  return [parts.join('') + source.slice(at, end), end];
}

function plainEnd(source: string, from: number, separator: string): number {
  let end = from;
  while (end < source.length) {
    const character = source[end];
    if (character === separator || character === '\n' || character === '\r') break;
    end += 1;
  }
  return end;
}

const SAMPLE = 20_000;

/** The one that gives most lines the same number of fields. */
function separatorOf(source: string): string {
  const lines = source
    .slice(0, SAMPLE)
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n|\r/)
    .slice(0, 50);
  const filled = lines.filter((line) => line.trim() !== '');
  const [best] = [',', ';', '\t', '|']
    .map((separator) => ({ separator, score: agreement(filled, separator) }))
    .toSorted((one, other) => other.score - one.score);
  return best && best.score > 0 ? best.separator : ',';
}

function agreement(lines: readonly string[], separator: string): number {
  const lineCounts = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(separator).length - 1;
    if (count > 0) lineCounts.set(count, (lineCounts.get(count) ?? 0) + 1);
  }
  const [[usual, same] = [0, 0]] = [...lineCounts].toSorted(([, one], [, other]) => other - one);
  return same + Math.min(usual, 9) / 10;
}
