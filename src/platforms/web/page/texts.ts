/** The page's own words, in the browser's language: the server knows which there are, and has English for the others. */
import type { PageWords } from '../../../locales/en/page.ts';

interface Words {
  readonly page: PageWords;
}

const { page }: Words = await import(`/page/words-${navigator.language.toLowerCase()}.ts`);

export const texts = page;
export const language = page.lang;

const clockTime = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

export const timeOfDay = (at: number): string => clockTime.format(at);

/** The time for today, the date for earlier days. */
export const shortDate = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? clockTime.format(at) : day.format(at);

export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}
