/** Sizes and times for Spanish texts: a comma before decimals, a dot between thousands. */

/** "40 s", "3 min", "3 min 20 s" below ten minutes. */
export { duration, joined, minutes } from '../en/numbers.ts';

export const number = (n: number): string => n.toLocaleString('es-ES');

/** At most one decimal, no trailing zero. */
export const seconds = (s: number): string =>
  s.toLocaleString('es-ES', { maximumFractionDigits: 1 });

const UNITS = ['KB', 'MB', 'GB'];

export function bytes(n: number): string {
  if (n < 1024) return n === 1 ? '1 byte' : `${number(n)} bytes`;
  const power = Math.min(Math.floor(Math.log2(n) / 10), UNITS.length);
  const value = n / 1024 ** power;
  const maximumFractionDigits = power === 1 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString('es-ES', { maximumFractionDigits })} ${UNITS[power - 1]}`;
}

/** "un video", "3 videos". */
export const counted = (n: number, one: string, many: string): string =>
  n === 1 ? one : `${number(n)} ${many}`;

/** "la música y los títulos", "una e ilustraciones". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat('es', { type: 'conjunction' }).format(parts);
}

/** "27 nov, 17:55", in the process's own time zone. */
export const moment = (at: number): string => MOMENT.format(at);
const MOMENT = new Intl.DateTimeFormat('es-ES', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
export const creditsIn = (n: number): string => `${number(n)} ${n === 1 ? 'crédito' : 'créditos'}`;
