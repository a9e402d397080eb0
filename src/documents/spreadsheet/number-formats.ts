/** Numbers of a spreadsheet as they are shown: a date and a length of time are stored as numbers of days. */
import { found, parseXml } from '../markup/xml.ts';

/** The format of a cell by its style; undefined: none of its own. */
export type NumberFormats = (style: number) => string | undefined;

/** Formats that workbooks only name; those of dates are shown as ISO has them, whatever the country. */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  ...[9, 10].map((id) => [id, '0%'] as const),
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, 'yyyy-mm-dd'] as const,
  ),
  ...[18, 20, 32, 34, 55].map((id) => [id, 'h:mm'] as const),
  ...[19, 21, 33, 35, 56].map((id) => [id, 'h:mm:ss'] as const),
  [22, 'yyyy-mm-dd h:mm'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
]);

export function numberFormats(styles: Uint8Array | undefined): NumberFormats {
  if (!styles) return () => undefined;
  const root = parseXml(styles);
  const own = new Map<number, string>();
  for (const { attributes } of found(root, 's:numFmt')) {
    own.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
  }
  const [cells] = [...found(root, 's:cellXfs')];
  const ids = cells
    ? [...found(cells, 's:xf')].map(({ attributes }) => Number(attributes['numFmtId'] ?? 0))
    : [];
  return (style) => {
    const id = ids[style] ?? 0;
    return own.get(id) ?? BUILT_IN.get(id);
  };
}

export function shownNumber(value: string, format: string | undefined, from1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (format === undefined) return plain(number);
  // Words and colours in a format are no part of what it does with the number.
  const code = format.slice(0, 200).replace(/"[^"]*"|\\.|\[[^hms\]][^\]]*\]|_.|\*./gi, '');
  if (code.includes('%')) return `${plain(number * 100)}%`;
  const hasDate = /[yd]/i.test(code) || /m{3,}/i.test(code);
  const hasTime = /[hs]/i.test(code);
  if (!hasDate && !hasTime) return plain(number);
  return shownTime(number + (from1904 && hasDate ? DAYS_TO_1904 : 0), hasDate, code);
}

/** What arithmetic in binary adds at the end is nothing that a person has written. */
const plain = (number: number): string => `${Number(number.toPrecision(12))}`;

const DAYS_TO_1904 = 1462;
/** Of 1970 among the days of a spreadsheet. */
const EPOCH = 25_569;
/** Of the year 9999. */
const LAST_DAY = 2_958_466;
const SECONDS = 86_400;

function shownTime(days: number, hasDate: boolean, code: string): string {
  if (days < 0 || days > LAST_DAY) return plain(days);
  const seconds = Math.round(days * SECONDS);
  const date = new Date((seconds - EPOCH * SECONDS) * 1000).toISOString();
  const day = date.slice(0, 10);
  if (hasDate) return /[hs]/i.test(code) ? `${day} ${date.slice(11, 16)}` : day;
  // A length of time counts on over the day; minutes and seconds alone are one as well.
  const hours = Math.floor(seconds / 3600);
  const two = (part: number) => `${part}`.padStart(2, '0');
  const [minutes, rest] = [two(Math.floor(seconds / 60) % 60), two(seconds % 60)];
  if (!/h/i.test(code)) return `${two(Math.floor(seconds / 60))}:${rest}`;
  return /s/i.test(code) ? `${hours}:${minutes}:${rest}` : `${hours}:${minutes}`;
}
