/**
 * Courtesies: thanks, praise, laughter, greetings, the "ok" that answers a question. Every language is understood at
 * once. A text is taken apart from its beginning, the longest phrase first, so that its length alone says how long
 * that takes. Pure.
 */
import type { TalkWords } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { cleanText, normalised } from './intent.ts';

/** `emoji`: nothing but such signs. */
export type Courtesy = 'thanks' | 'praise' | 'laughter' | 'answer' | 'greeting' | 'emoji';

/** `filler` adds nothing to any of them, `about` nothing to thanks and praise. */
type Kind = Exclude<Courtesy, 'emoji'> | 'filler' | 'about';

/** In characters: so much of a long text is looked at. */
const LOOKED_AT = 500;
/** In characters; what is longer says more than thanks. */
const LONGEST_COURTESY = 120;

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** As Slack and Discord write them. */
const NAMED_EMOJI =
  /<a?:\w{1,40}:\d{1,20}>|(?<![\p{L}\p{N}]):[\p{L}\p{N}_+-]{1,40}:(?:skin-tone-\d:)?/gu;
const EMOTICON = /(?<!\S)(?:[:;=]['’]?-?[)(DPpOo3|/\\*]{1,4}|<3|\^_?\^|T_T|x+D+|X+D+)(?!\S)/gu;

export const phrasesOf = (list: string): string[] =>
  list
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');

/** An expression that takes one of the phrases off the beginning of a text; a phrase in Latin letters ends with a word. */
export function startingWithOneOf(phrases: readonly string[]): RegExp {
  const longestFirst = [...new Set(phrases)].sort((a, b) => b.length - a.length);
  const sources = longestFirst.map((it) => (/\p{Script=Han}$/u.test(it) ? it : `${it}${WORD_END}`));
  return new RegExp(`^(?:${sources.join('|')})`, 'u');
}

const WORD_END = '(?![\\p{Script=Latin}\\p{N}\\p{M}])';

/** Of a phrase that is several things the first counts. */
const LISTS: readonly (readonly [Kind, (talk: TalkWords) => string])[] = [
  ['thanks', (talk) => talk.thanks],
  ['praise', (talk) => talk.praise],
  ['answer', (talk) => talk.answers],
  ['greeting', (talk) => talk.greetings],
  ['filler', (talk) => talk.fillers],
  ['about', (talk) => talk.about],
];

const KINDS = new Map<string, Kind>();
for (const [kind, of] of LISTS)
  for (const { talk } of LOCALES)
    for (const phrase of phrasesOf(of(talk))) if (!KINDS.has(phrase)) KINDS.set(phrase, kind);

const PHRASE = startingWithOneOf([...KINDS.keys()]);
const LAUGHTER = new RegExp(
  `^(?:${LOCALES.map(({ talk }) => talk.laughter).join('|')})${WORD_END}`,
  'u',
);

interface Taken {
  readonly kinds: ReadonlySet<Kind>;
  /** Normalised. */
  readonly rest: string;
}

function takenOff(text: string, most: ReadonlySet<Kind> = new Set(KINDS.values())): Taken {
  const kinds = new Set<Kind>();
  let rest = text;
  for (;;) {
    const [found = ''] = LAUGHTER.exec(rest) ?? PHRASE.exec(rest) ?? [];
    const kind = found === '' ? undefined : (KINDS.get(found) ?? 'laughter');
    if (kind === undefined || !(most.has(kind) || kind === 'laughter')) return { kinds, rest };
    kinds.add(kind);
    rest = rest.slice(found.length).trimStart();
  }
}

const withoutSigns = (clean: string): string =>
  clean
    .replace(NAMED_EMOJI, ' ')
    .replace(EMOTICON, ' ')
    .replace(/[0-9]\ufe0f?\u20e3|[\ufe00-\ufe0f\u200d]/gu, ' ');

/** Undefined where it says anything else besides, or asks. */
export function courtesyOf(text: string): Courtesy | undefined {
  const clean = cleanText(text);
  if (clean.length > LONGEST_COURTESY) return undefined;
  const said = normalised(withoutSigns(clean));
  if (said === '') return EMOJI.test(clean) || withoutSigns(clean) !== clean ? 'emoji' : undefined;
  if (/[?？]/.test(clean)) return undefined;
  const { kinds, rest } = takenOff(said);
  if (rest !== '') return undefined;
  const warm = kinds.has('thanks') || kinds.has('praise');
  if (kinds.has('about') && !warm) return undefined;
  if (kinds.has('answer')) return 'answer';
  if (kinds.has('thanks')) return 'thanks';
  if (kinds.has('praise')) return 'praise';
  if (kinds.has('laughter')) return 'laughter';
  return kinds.has('greeting') ? 'greeting' : undefined;
}

const BEFORE_NAMES: ReadonlySet<Kind> = new Set([
  'thanks',
  'praise',
  'answer',
  'greeting',
  'filler',
]);

/** Nothing, or nothing but what is said before somebody's name: "hey", "ok thanks", "👋". */
export function isGreeting(text: string): boolean {
  const clean = cleanText(text);
  if (clean.length > LONGEST_COURTESY) return false;
  return takenOff(normalised(withoutSigns(clean)), BEFORE_NAMES).rest === '';
}

const BEFORE_ORDERS: ReadonlySet<Kind> = new Set(['thanks', 'praise', 'answer', 'greeting']);

/** What is left, normalised, where courtesies stand in front; `greeted`: a greeting was among them. */
export function afterCourtesy(clean: string): { readonly rest: string; readonly greeted: boolean } {
  const { kinds, rest } = takenOff(
    normalised(withoutSigns(clean.slice(0, LOOKED_AT))),
    BEFORE_ORDERS,
  );
  return { rest, greeted: kinds.has('greeting') };
}
