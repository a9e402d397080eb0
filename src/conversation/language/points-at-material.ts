/**
 * Do the words of a message only point at what was sent with it ("film this", "用这个做"), so that without it there is
 * nothing to make a video of? What is left without words that point, make or describe a form is content of its own. In
 * doubt they point: a question costs less than a run about nothing. Pure.
 */
import type { TalkWords } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { phrasesOf } from './courtesy.ts';
import { cleanText, normalised } from './intent.ts';

/** In characters; what is longer tells something. */
const LONGEST_POINTING = 200;

/** `hasVideo`: there is one in the thread that "make it shorter" can be about. */
export function pointsAtMaterial(text: string, { hasVideo }: { hasVideo: boolean }): boolean {
  const clean = cleanText(text);
  if (clean.length > LONGEST_POINTING) return false;
  // Told by no word: a colon or a new line separates the order from what it is about.
  const parts = clean.split(/[:：\n—]/).map((part) => normalised(part));
  const points = parts.some((part) => POINTER.test(part));
  if (hasVideo && !points && parts.some((part) => EDIT.test(part))) return false;
  return parts.every((part) => !saysMore(part));
}

function saysMore(part: string): boolean {
  const left = part
    .replace(NOUN_POINTED_AT, ' $1 ')
    .replace(ABOUT_THE_VIDEO, ' ')
    .replace(HAN_WORDS, ' ')
    .split(' ')
    .filter((word) => word !== '' && !WORDS.has(word) && !/^\d+\p{L}{0,3}$/u.test(word));
  // A single sign of Chinese is a particle more often than a word.
  return left.some((word) => !/^\p{Script=Han}$/u.test(word));
}

const lists = (of: (talk: TalkWords) => string): string[] =>
  LOCALES.flatMap(({ talk }) => phrasesOf(of(talk)));
const isHan = (phrase: string): boolean => /\p{Script=Han}/u.test(phrase);
const longestFirst = (phrases: readonly string[]): string =>
  [...new Set(phrases)].sort((a, b) => b.length - a.length).join('|');

const POINTERS = lists((talk) => talk.pointers);
const CHANGES = lists((talk) => talk.changing);
const ALL = [
  ...POINTERS,
  ...CHANGES,
  ...lists(({ making, polite, thanks, greetings, answers }) =>
    [making, polite, thanks, greetings, answers].join(','),
  ),
];

const WORDS: ReadonlySet<string> = new Set(
  ALL.filter((phrase) => !isHan(phrase)).flatMap((phrase) => phrase.split(' ')),
);
const HAN_WORDS = new RegExp(longestFirst(ALL.filter(isHan)), 'gu');

const whole = (source: string): string => `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`;
const eachWay = (sources: readonly string[]): string =>
  [...sources.filter(isHan), whole(sources.filter((it) => !isHan(it)).join('|'))].join('|');

const POINTER = new RegExp(eachWay(POINTERS), 'u');
/** Orders to change a video, and what videos are made of. */
const EDITS = eachWay([...CHANGES, ...LOCALES.map(({ talk }) => talk.topics)]);
const EDIT = new RegExp(EDITS, 'u');
const ABOUT_THE_VIDEO = new RegExp(EDITS, 'gu');
/** "Film this recipe": whatever it is, it was to be in the file. */
const NOUN_POINTED_AT = new RegExp(
  `${whole(`(${POINTERS.filter((it) => /^(?:th|es)/.test(it)).join('|')})`)} \\p{L}{2,20}(?![\\p{L}\\p{N}])`,
  'gu',
);
