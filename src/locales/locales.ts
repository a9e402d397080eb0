/** The languages that the bot speaks and understands. Another one is a folder like the others, and a line here. */
import { en } from './en/locale.ts';
import type { Locale } from './locale.ts';
import { zh } from './zh/locale.ts';

const BY_CODE = { en, zh } as const satisfies Readonly<Record<string, Locale>>;

export type LanguageCode = keyof typeof BY_CODE;

export const LOCALES: readonly Locale[] = Object.values(BY_CODE);
export const CODES: readonly LanguageCode[] = ['en', 'zh'];

/** What everybody else gets. */
export const FALLBACK: Locale = en;

/** By a BCP 47 tag as clients send it and as it is stored; what nobody here speaks gets English. */
export function localeFor(tag: string | undefined): Locale {
  const code = tag?.toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale.code === code) ?? FALLBACK;
}
