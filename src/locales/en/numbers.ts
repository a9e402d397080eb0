/** Sizes and times for English texts. */

/** "40 s", "3 min", "3 min 20 s" below ten minutes. */
export function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s} s`;
  const m = Math.floor(s / 60);
  return m >= 10 || s % 60 === 0 ? `${Math.round(s / 60)} min` : `${m} min ${s % 60} s`;
}

export const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

/** At most one decimal, no trailing zero. */
export const seconds = (s: number): string => String(Math.round(s * 10) / 10);

export function bytes(n: number): string {
  if (n < 1024) return `${n} bytes`;
  if (n < 1024 * 1024) return `${Math.round(n / 1024)} KB`;
  const mb = n / (1024 * 1024);
  return mb < 1024 ? `${trimmed(mb)} MB` : `${trimmed(mb / 1024)} GB`;
}

const trimmed = (n: number) => String(n >= 100 ? Math.round(n) : Math.round(n * 10) / 10);

export const joined = (parts: readonly (string | undefined)[]): string => {
  const list = parts.filter((p) => p !== undefined);
  return list.length > 0 ? `(${list.join(', ')})` : '';
};

export const number = (n: number): string => n.toLocaleString('en-US');

/** "Nov 27, 17:55", in the process's own time zone. */
export const moment = (at: number): string => MOMENT.format(at);
const MOMENT = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
export const creditsIn = (n: number): string => `${number(n)} ${n === 1 ? 'credit' : 'credits'}`;
