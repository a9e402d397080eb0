/** Whoever writes another language than English reads not one English sentence: for every locale, by its own script. */
import { expect } from 'vitest';
import { en } from '../../../src/locales/en/locale.ts';
import type { Locale } from '../../../src/locales/locale.ts';
import type { House } from '../../doubles/house.ts';
import { strings } from '../../locales/entries.ts';

/** Addresses, and names of files. */
const NAMES = /https?:\/\/\S+|\b[\w-]+\.(?:exe|png|mp4|txt)\b/gi;
/** Names of products, people, formats and units that have no other name where letters are not Latin. */
const LATIN_NAMES =
  /\b(?:AI|Colab|MP4|NemoVideo|YouTube|Spotify|Bob|Alice|[KMG]B|1080p|txt|md|vtt|odt|rtf|pptx|epub|fountain|csv|xlsx|html|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|mp4|wav|m4a|aac|srt|docx|pdf)\b/gi;
/** Frequent English words that are none of the other languages in Latin letters. */
const ENGLISH =
  /\b(?:the|and|you|your|is|are|was|of|to|with|for|not|it|its|this|that|here|there|please|again|try|from|has|have|been|can|will|my|new|done|working|ready|files?|press|stop|export|credits|status|help|timeline)\b/i;
const LATIN_WORD = /[A-Za-z]{2,}/;
const SENTENCES = strings(en.words).flatMap(([, text]) => (/ \w+ /.test(text) ? [text] : []));

export function expectNoEnglish(house: House, locale: Locale, more: readonly string[] = []): void {
  const isLatin = LATIN_WORD.test(locale.words.temporaryProblem);
  const labels = house.room.said.flatMap((s) => s.message.buttons?.map((b) => b.label) ?? []);
  for (const text of [...house.room.everSeen(), ...more, ...labels]) {
    const bare = text.replace(NAMES, '');
    if (isLatin) expect(bare, text).not.toMatch(ENGLISH);
    else expect(bare.replace(LATIN_NAMES, ''), text).not.toMatch(LATIN_WORD);
    expect(SENTENCES.filter((sentence) => text.includes(sentence))).toEqual([]);
  }
}
