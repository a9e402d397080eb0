/** The languages that the bot speaks and understands. Another one is a folder like the others, and a word here. */
import { en } from './en/locale.ts';
import { es } from './es/locale.ts';
import type { Locale } from './locale.ts';
import { zh } from './zh/locale.ts';

/** Where a phrase is known in several, the first has it. */
export const LOCALES: readonly Locale[] = [en, zh, es];

/** What everybody else gets. */
export const FALLBACK: Locale = en;

/** By a BCP 47 tag as clients send it and as it is stored; what nobody here speaks gets English. */
export function localeFor(tag: string | undefined): Locale {
  const code = tag?.toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale.code === code) ?? FALLBACK;
}
