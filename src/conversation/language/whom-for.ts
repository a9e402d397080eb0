/**
 * Whom a message in one of our threads is for. Commands are for the bot wherever they stand; courtesies get a sign
 * and no answer; an order, or something said about the video, is a request; what may as well be people's talk is
 * `unclear`, and asked about where people talk. In doubt it is unclear: a question costs less than a run. Pure.
 */
import { LOCALES } from '../../locales/locales.ts';
import type { IncomingMessage } from '../../platforms/chat.ts';
import { planWish } from '../plan/plan-words.ts';
import { afterCourtesy, courtesyOf, phrasesOf, startingWithOneOf } from './courtesy.ts';
import { cleanText, intentOf, normalised } from './intent.ts';

export type Reading =
  | 'request'
  | 'thanks'
  /** Laughter, too. */
  | 'praise'
  | 'emoji'
  | 'answer'
  | 'greeting'
  /** Marked as meant for the others. */
  | 'aside'
  /** Neither a letter nor a sign that says anything. */
  | 'nothing'
  | 'unclear';

/** What is known of a message besides its words, and what is on record of its thread. */
export interface Spoken {
  /** Files came with it, or the words of another message. */
  readonly brings: boolean;
  readonly calls: IncomingMessage['calls'];
  /** Nobody else has spoken in the thread, as far as we know. */
  readonly alone: boolean;
  /** The last words of ours asked something, and nobody has answered. */
  readonly asked: boolean;
}

/** `ask`: its author says whom it was for. `nobody`: no word about it, no sign. */
export type Meant = 'us' | 'thanks' | 'noted' | 'seen' | 'ask' | 'nobody';

export function whomFor(text: string, spoken: Spoken): Meant {
  const { calls, alone } = spoken;
  if (calls === 'others') return 'nobody';
  const isForUs = calls === 'us' || alone;
  switch (readingOf(text, spoken)) {
    case 'aside':
      return 'nobody';
    case 'request':
      return 'us';
    case 'thanks':
    case 'praise':
      return 'thanks';
    case 'emoji':
      return UNHAPPY.test(text) ? 'seen' : 'thanks';
    case 'answer':
      return spoken.asked ? 'us' : 'noted';
    case 'greeting':
    case 'nothing':
      return isForUs ? 'us' : 'nobody';
    case 'unclear':
      return isForUs ? 'us' : 'ask';
  }
}

/** A heart would be out of place. */
const UNHAPPY =
  /[👎😡😠🤬😞😢😭🙁☹😟😕😩😫💩🤮🤢😒🙄💔]|:(?:-1|thumbsdown|rage|angry|cry|sob|disappointed|frowning)/u;

/** What the words alone tell. */
export function readingOf(
  text: string,
  { brings, asked }: Pick<Spoken, 'brings' | 'asked'>,
): Reading {
  const { type } = intentOf(text);
  if (type === 'aside') return 'aside';
  if (type !== 'request' && type !== 'empty') return 'request';
  if (planWish(text).wanted) return 'request';
  const courtesy = brings ? undefined : courtesyOf(text);
  if (courtesy === 'laughter') return 'praise';
  if (courtesy) return courtesy;
  if (type === 'empty') return brings ? 'request' : 'nothing';
  return readWords(cleanText(text), brings, asked);
}

/** In characters. A script is longer than what people say to each other, and its words tell nothing about that. */
const LONGEST_TALK = 500;
const MOST_LINES = 6;

function readWords(clean: string, brings: boolean, asked: boolean): Reading {
  const head = clean.slice(0, LONGEST_TALK);
  const { rest, greeted } = afterCourtesy(head);
  const isScript =
    clean.length > LONGEST_TALK || clean.split('\n', MOST_LINES + 1).length > MOST_LINES;
  if (isCalling(rest, greeted) || NAMED_AT_END.test(head)) return 'unclear';
  if (isScript) return 'request';
  const isQuestion = ASKING.test(normalised(head)) || ASKING.test(rest);
  if (!isQuestion && ORDER.test(withoutPoliteness(rest))) return 'request';
  if (isQuestion || /[?？]\s*$/.test(head)) return 'unclear';
  if (PEOPLE.test(rest) || ADDRESSED.test(head)) return 'unclear';
  if (brings || asked || TOPIC.test(rest) || LINK.test(head)) return 'request';
  return 'unclear';
}

const LINK = /https?:\/\/\S/;
/** "@Bob", also in two words, where it is the last that is said. */
const NAMED_AT_END = /(?<!\S)@[\p{L}\p{N}_.-]{1,40}(?: [\p{L}\p{N}_.-]{1,40})?[\s?!.？！。]*$/u;
const ADDRESSED = /(?<!\S)@\p{L}/u;

/** Somebody's name before what is wanted of them: "hey Bob make it shorter", "bob can you …". */
function isCalling(rest: string, greeted: boolean): boolean {
  const name = /^(\p{Script=Latin}{2,20}) (?=\S)/u.exec(rest);
  if (!name) return false;
  const first = name[1] ?? '';
  if (isKnown(first)) return false;
  const then = rest.slice(name[0].length);
  return greeted || isWanted(then);
}

const isWanted = (then: string): boolean =>
  ORDER.test(withoutPoliteness(then)) || ASKING.test(then) || POLITE.test(then);

const isKnown = (first: string): boolean =>
  [ORDER, ASKING, POLITE, TOPIC, PEOPLE].some((it) => it.test(first)) || ARTICLES.has(first);

/** Words that stand at the beginning of anything. */
const ARTICLES: ReadonlySet<string> = new Set(
  LOCALES.flatMap(({ commonWords }) => (commonWords ? normalised(commonWords).split(' ') : [])),
);

const all = (of: (talk: (typeof LOCALES)[number]['talk']) => string): string =>
  LOCALES.map(({ talk }) => whole(of(talk))).join('|');

/** Words in Latin letters are whole ones. */
const whole = (source: string): string =>
  /\p{Script=Han}/u.test(source)
    ? `(?:${source})`
    : `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{Script=Latin}\\p{N}])`;

const POLITE = startingWithOneOf(LOCALES.flatMap(({ talk }) => phrasesOf(talk.polite)));
const ORDER = new RegExp(`^(?:${all((talk) => talk.orders)})`, 'u');
const ASKING = new RegExp(`^(?:${all((talk) => talk.asking)})`, 'u');
const PEOPLE = new RegExp(
  all((talk) => talk.people),
  'u',
);
const TOPIC = new RegExp(
  all((talk) => talk.topics),
  'u',
);

function withoutPoliteness(text: string): string {
  let rest = text;
  for (;;) {
    const [found] = POLITE.exec(rest) ?? [];
    if (found === undefined || ORDER.test(rest)) return rest;
    rest = rest.slice(found.length).trimStart();
  }
}

/** Of the agent's answer: its end, where a question stands. */
const LAST_LINES = 6;
const LONGEST_LINE = 400;
const WANTS_ANSWER = new RegExp(LOCALES.map(({ talk }) => talk.wantsAnswer).join('|'), 'iu');
const CHOICE = /^\s*(?:[-*•]|\(?[\p{N}a-dA-D][.)、:]|[①-⑩])\s*\S/u;

/** Does what was said end in a question, or in choices that were named before? */
export function wantsAnswer(said: string): boolean {
  const lines = said
    .slice(-LAST_LINES * LONGEST_LINE)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const last = lines.slice(-LAST_LINES);
  while (last.length > 1 && CHOICE.test(last.at(-1) ?? '')) last.pop();
  const line = (last.at(-1) ?? '').slice(-LONGEST_LINE);
  return /[?？][\s*_"'”’)）\p{Extended_Pictographic}]*$/u.test(line) || WANTS_ANSWER.test(line);
}
