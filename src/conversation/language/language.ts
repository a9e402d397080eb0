/** Which language a message is written in. The script decides first, then frequent words and letters. */
import { FALLBACK } from '../../locales/locales.ts';
import { simplified } from './han-fold.ts';
import { localeOfCommand } from './intent.ts';
import { latinLanguage } from './latin-language.ts';

/**
 * BCP 47. `fallback` (the thread's language) where the text does not tell: a command, a file name, a
 * link, a number.
 */
export function languageOf(text: string, fallback = FALLBACK.code): string {
  const words = telling(text);
  const script = scriptOf(words);
  if (script !== 'Latin') return script === undefined ? fallback : byScript(script, words);
  const command = localeOfCommand(text);
  // "export" is said in every language; "exporta" in one.
  if (command) return command === FALLBACK ? fallback : command.code;
  return latinLanguage(words) ?? fallback;
}

const NOT_LANGUAGE: readonly RegExp[] = [
  /```[\s\S]*?```|`[^`\n]*`/g,
  /\b(?:https?:\/\/|www\.)\S+/gi,
  /<[@#!:][^>\n]*>|(?<!\S)[@#][\w.-]+/g,
  /(?<!\S)\S{1,100}@\S{1,100}\.\w+/g,
  /(?<![\p{L}\p{N}_()-])[\p{L}\p{N}_()-]{1,100}\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac|txt|md|docx?|pdf|srt|vtt)\b/giu,
  /(?<![\p{L}\p{N}])(?:mp4|h264|bgm|4k|hd|\d+p|\d+s)(?![\p{L}])/giu,
];

/** Enough to tell a language by, and bounded for scripts of any length. */
const LONGEST_SAMPLE = 2000;

const telling = (text: string): string =>
  NOT_LANGUAGE.reduce((rest, thing) => rest.replace(thing, ' '), text.slice(0, 4 * LONGEST_SAMPLE))
    .slice(0, LONGEST_SAMPLE)
    .trim();

const SCRIPTS = {
  Han: /\p{Script=Han}/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Hangul: /\p{Script=Hangul}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Greek: /\p{Script=Greek}/gu,
  Thai: /\p{Script=Thai}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Bengali: /\p{Script=Bengali}/gu,
  Tamil: /\p{Script=Tamil}/gu,
  Latin: /\p{Script=Latin}/gu,
} as const;
type Script = keyof typeof SCRIPTS;

/** One sign of these says about as much as four letters. */
const DENSE: ReadonlySet<Script> = new Set(['Han', 'Kana', 'Hangul']);

function scriptOf(words: string): Script | undefined {
  let best: Script | undefined;
  let most = 0;
  const weights = new Map<Script, number>();
  for (const [name, letters] of Object.entries(SCRIPTS) as [Script, RegExp][]) {
    const weight = (words.match(letters)?.length ?? 0) * (DENSE.has(name) ? 4 : 1);
    weights.set(name, weight);
    if (weight > most) [best, most] = [name, weight];
  }
  // Japanese is written in both: its own syllables decide.
  const kana = weights.get('Kana') ?? 0;
  return best === 'Han' && kana * 5 >= most ? 'Kana' : best;
}

function byScript(script: Exclude<Script, 'Latin'>, words: string): string {
  switch (script) {
    case 'Han':
      return isTraditional(words) ? 'zh-TW' : 'zh-CN';
    case 'Cyrillic':
      return /[іїєґ]/i.test(words) ? 'uk' : 'ru';
    case 'Arabic':
      if (/[ٹڈڑںے]/.test(words)) return 'ur';
      return /[پچژگی]/.test(words) ? 'fa' : 'ar';
    default:
      return ONE_LANGUAGE[script];
  }
}

const ONE_LANGUAGE = {
  Kana: 'ja',
  Hangul: 'ko',
  Hebrew: 'he',
  Greek: 'el',
  Thai: 'th',
  Devanagari: 'hi',
  Bengali: 'bn',
  Tamil: 'ta',
} as const;

const isTraditional = (words: string): boolean =>
  (simplified(words) !== words || TRADITIONAL.test(words)) && !SIMPLIFIED.test(words);

/** Frequent characters that exist in one of the two ways of writing only. */
const TRADITIONAL =
  /[個們這來時會說對為開關點還見長問題樂動畫網學習圖體與過現發電視頻製種話讓請幫將後標應樣給張寫調換歡產廣氣東車馬風陽樹讀書愛爾國門間實際關於總結談]/u;
const SIMPLIFIED =
  /[个们这来时会说对为开关点还见长问题乐动画网学习图体与过现发电视频种话让请帮将后标应样给张写调换欢产广气东车马风阳树读书爱尔国门间实际总结谈]/u;
