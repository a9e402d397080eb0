/**
 * What a message asks of the bot itself. Everything that is not exactly a command belongs to the
 * agent: "make a video about bank credits" must reach it, while "credits" must not.
 */
import { LRUCache } from 'lru-cache';
import { COMMAND_TYPES, type CommandType, type Locale } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import type { VersionWish } from '../job.ts';
import { SHAPES } from '../video-shape.ts';
import { simplified } from './han-fold.ts';

export type Intent =
  /** `resolution` like "1080p", where the person named one. */
  | {
      readonly type: 'export';
      readonly resolution?: string | undefined;
      readonly wish?: VersionWish | undefined;
    }
  | { readonly type: 'compare'; readonly pair?: readonly [number, number] | undefined }
  | { readonly type: 'versions' }
  | { readonly type: 'credits' | 'status' | 'captions' | 'help' | 'stop' | 'new' | 'retry' }
  /** Meant for the people in the thread. */
  | { readonly type: 'aside' }
  /** Nothing to work with: no letter and no digit, not even when emoji are there. */
  | { readonly type: 'empty' }
  | { readonly type: 'request' };

/** Longer than any command with all its courtesies; what is longer is not even looked at. */
const LONGEST_COMMAND = 100;

interface Parsed {
  readonly intent: Intent;
  /** Of a command: the language whose phrase it is. */
  readonly locale?: Locale;
}

/** Several ask about each message, and many messages are the same few words: "help", "export". */
const parsed = new LRUCache<string, Parsed>({ max: 500 });

function parsedOf(text: string): Parsed {
  const known = parsed.get(text);
  if (known) return known;
  const fresh = parse(cleanText(text));
  if (text.length <= LONGEST_COMMAND) parsed.set(text, fresh);
  return fresh;
}

function parse(clean: string): Parsed {
  if (isAside(clean)) return { intent: { type: 'aside' } };
  if (isEmpty(clean)) return { intent: { type: 'empty' } };
  const found = clean.length > LONGEST_COMMAND ? undefined : commandIn(normalised(clean));
  return found
    ? { intent: intentFor(found), locale: found.locale }
    : { intent: { type: 'request' } };
}

export const intentOf = (text: string): Intent => parsedOf(text).intent;

/** The language whose phrase a command is; the first where several have it. Undefined: it is no command. */
export const localeOfCommand = (text: string): Locale | undefined => parsedOf(text).locale;

const CONTROLS = /(?![\n\t])\p{Cc}/gu;
/** Embeddings, overrides and isolates reorder what follows; plain marks (LRM, RLM) are part of words. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What is sent to the agent: the person's text word for word, without invisible control characters. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '')
    .toWellFormed()
    .trim();
}

const isAside = (clean: string): boolean =>
  /^(?:\/\/|!aside(?![\p{L}\p{N}]))/iu.test(clean.normalize('NFKC'));

/** Keycap emoji are built on digits and say no more than other emoji. */
const isEmpty = (clean: string): boolean =>
  !/[\p{L}\p{N}]/u.test(clean.replace(/[0-9]\ufe0f?\u20e3/g, ''));

/** People leave them out in a hurry: "creditos". */
const ACCENTS = /(?<=\p{Script=Latin})\p{M}+/gu;

/** Lower case, Latin letters without accents, no punctuation, one space between words, none around Han; simplified. */
export function normalised(clean: string): string {
  const words = clean
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    .replace(/h\.(26[45])/g, 'h$1')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\p{M}×]+/gu, ' ')
    .trim();
  return simplified(words).replace(/ ?(\p{Script=Han}) ?/gu, '$1');
}

interface Command {
  readonly type: CommandType;
  readonly locale: Locale;
  /** Without courtesy. */
  readonly phrase: string;
}

/** First match wins. */
const COMMANDS = COMMAND_TYPES.flatMap((type) =>
  LOCALES.map((locale) => ({
    type,
    locale,
    whole: new RegExp(`^(?:${locale.commands[type].join('|')})$`, 'u'),
  })),
);
const COURTESY = LOCALES.flatMap(({ commands }) => [commands.before, commands.after]);

function commandIn(words: string): Command | undefined {
  const tried = new Set<string>();
  const waiting = [words];
  for (let phrase = waiting.pop(); phrase !== undefined; phrase = waiting.pop()) {
    if (tried.has(phrase)) continue;
    tried.add(phrase);
    const next = phrase;
    const found = COMMANDS.find(({ whole }) => whole.test(next));
    if (found) return { type: found.type, locale: found.locale, phrase };
    waiting.push(...COURTESY.map((courtesy) => next.replace(courtesy, '')));
  }
  return undefined;
}

function intentFor({ type, phrase, locale }: Command): Intent {
  switch (type) {
    case 'export': {
      const resolution = resolutionIn(phrase);
      return resolution ? { type, resolution } : { type };
    }
    case 'version':
      return versionIn(phrase, locale);
    case 'compare': {
      const [one, other] = numbersIn(phrase);
      return one !== undefined && other !== undefined ? { type, pair: [one, other] } : { type };
    }
    default:
      return { type };
  }
}

/** A version's number comes first of all numbers. */
function versionIn(phrase: string, { commands }: Locale): Intent {
  const [version = 0] = numbersIn(phrase);
  const wishes = phrase.replace(NUMBER, '');
  const shape = SHAPES.find((each) => new RegExp(commands.shapes[each], 'u').test(wishes));
  const resolution = resolutionIn(wishes);
  return {
    type: 'export',
    ...(resolution ? { resolution } : {}),
    wish: { version, ...(shape ? { shape } : {}) },
  };
}

const HAN_NUMERALS = '一二三四五六七八九十';
const NUMBER = /\d{1,3}|(?<=第 ?)[一二三四五六七八九十]/u;

const numbersIn = (phrase: string): number[] =>
  Array.from(phrase.matchAll(new RegExp(NUMBER, 'gu')), ([found]) =>
    /\d/.test(found) ? Number(found) : HAN_NUMERALS.indexOf(found) + 1,
  );

/** Trade names in the wire's own form, the shorter side in lines. */
const NAMED_HEIGHTS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:4 ?k|uhd)\b|4k/, '2160p'],
  [/\b(?:2 ?k|qhd)\b|2k/, '1440p'],
  [/\b(?:full hd|fhd)\b/, '1080p'],
];

function resolutionIn(phrase: string): string | undefined {
  const size = /(\d{3,4}) ?[x×] ?(\d{3,4})/.exec(phrase);
  if (size) return `${Math.min(Number(size[1]), Number(size[2]))}p`;
  const height = /(?<!\d)(\d{3,4}) ?p?(?![\d])/.exec(phrase.replace(/h26[45]/g, ''));
  if (height) return `${height[1]}p`;
  return NAMED_HEIGHTS.find(([name]) => name.test(phrase))?.[1];
}
