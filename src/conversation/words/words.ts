/** All that the bot says, one catalogue per language; a text missing in one of them does not compile. */
import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

export type WordsLanguage = 'en' | 'zh';

export const wordsFor = (language: WordsLanguage): Words => (language === 'zh' ? zh : en);
