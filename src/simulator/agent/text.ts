/** In which the agent of the stand-in speaks; the first for everybody else. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
const [LATIN, HAN_LANGUAGE] = LANGUAGES;

/** By any BCP 47 tag. */
export const spoken = (tag: string | undefined): Language =>
  LANGUAGES.find((code) => code === tag?.toLowerCase().split('-')[0]) ?? LATIN;

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu;

/** A Chinese character carries about half a word: "帮我做一个 logo" is Chinese. */
export function languageOf(text: string, fallback: Language): Language {
  const han = count(text, HAN);
  const words = count(text, LATIN_WORD);
  if (han === 0 && words === 0) return fallback;
  return han >= words ? HAN_LANGUAGE : LATIN;
}

/** How long reading a text aloud takes, in milliseconds. */
export function speakingMs(text: string): number {
  return count(text, LATIN_WORD) * 400 + count(text, HAN) * 220 + count(text, /\d/g) * 150;
}

/** Cuts at a character, never through one, and says so with an ellipsis. */
export function shorten(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** Words of a Latin text; a Chinese character counts as one. */
export function wordCount(text: string): number {
  return count(text, LATIN_WORD) + count(text, HAN);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
