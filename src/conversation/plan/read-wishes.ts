/** Length, shape, music and title in a request, and in words about a plan. Pure. */
import type { PlanPhrases } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { blankQuotes } from '../language/quotes.ts';
import { shownName } from '../language/shown-name.ts';
import { SHAPES } from '../video-shape.ts';
import { type Plan, type PlanWishes, WISHES } from './plan.ts';

/** In UTF-16 units: wishes stand near the beginning. */
const LONGEST_WISH = 6_000;
/** Of one clause: a longer one is no wish of a few words. */
const LONGEST_CLAUSE = 120;
/** Seconds: what nobody means by the length of a video. */
const LONGEST_VIDEO = 3 * 3600;
/** In characters. */
const SHOWN = 60;

/** What a request says by itself. */
export function wishesIn(whole: string): PlanWishes {
  const text = whole.slice(0, LONGEST_WISH);
  const clauses = clausesOf(text).map(wishOf);
  const said: PlanWishes = Object.assign({}, ...clauses.flatMap((it) => it?.wish ?? []));
  return { ...found(text), ...said };
}

function found(text: string): PlanWishes {
  const blank = blankQuotes(text);
  const wishes: PlanWishes = {};
  for (const { wishes: words, plan } of LOCALES) {
    const [length] = words.lengths.flatMap((it) => [...blank.matchAll(it)]);
    wishes.seconds ??=
      secondsOf(length?.groups, words) ?? secondsOf(plan.formLength.exec(blank)?.groups, words);
    wishes.shape ??= SHAPES.find((shape) => plan.shapeIn[shape].test(blank));
    if (wishes.music === undefined && plan.noMusicIn.test(blank)) wishes.music = false;
    wishes.music ??= shown(plan.musicIn.exec(blank)?.groups?.['words']);
    wishes.title ??= shown(plan.titleIn.exec(text)?.groups?.['words']);
  }
  const ratio = RATIO.exec(blank);
  if (ratio) wishes.shape = ratioOf(ratio);
  return defined(wishes);
}

const RATIO =
  /(?<![\d:])(\d{1,2})\s?[:：x×]\s?(\d{1,2})(?![\d:])(?<=(?:16|9|4|3|1|5|21)\s?[:：x×]\s?(?:16|9|4|3|1|5))/u;
const ratioOf = ([, width, height]: RegExpExecArray): string => {
  const ratio = `${width}:${height}`;
  return NAMED[ratio] ?? ratio;
};
const NAMED: Readonly<Record<string, string>> = {
  '9:16': 'portrait',
  '16:9': 'landscape',
  '1:1': 'square',
};

type Lengths = Pick<(typeof LOCALES)[number]['wishes'], 'numbers' | 'secondsIn'>;

function secondsOf(
  groups: Record<string, string> | undefined,
  { numbers, secondsIn }: Lengths,
): number | undefined {
  const { n = '', unit = '' } = groups ?? {};
  const seconds = (numbers[n.toLowerCase()] ?? Number(n.replace(',', '.'))) * secondsIn(unit);
  return n !== '' && seconds > 0 && seconds <= LONGEST_VIDEO ? seconds : undefined;
}

const shown = (words: string | undefined): string | undefined =>
  (words !== undefined &&
    shownName(words.replace(/^["“”'‘’「『《]|["“”'’」』》]$/gu, ''), SHOWN)) ||
  undefined;

const defined = (wishes: PlanWishes): PlanWishes =>
  Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));

/** Quoted commas end nothing. */
function clausesOf(text: string): string[] {
  const clauses: string[] = [];
  let from = 0;
  for (const { index, 0: sign } of blankQuotes(text).matchAll(ENDS_CLAUSE)) {
    clauses.push(text.slice(from, index).trim());
    from = index + sign.length;
  }
  return [...clauses, text.slice(from).trim()].filter((words) => words !== '');
}

/** "Scenes 2, 3 and 4" is one thing. */
const NO_LIST = `(?!\\s?\\d{1,3}\\s?(?:$|[,，、;；.。\\n]|(?:${LOCALES.map(({ plan }) => plan.and).join('|')})\\s))`;
const ENDS_CLAUSE = new RegExp(
  `[;；!！?？\\n。]+|[,，、]+${NO_LIST}|\\.(?=\\s|$)|\\s(?:${LOCALES.map(({ plan }) => plan.and).join('|')})\\s${NO_LIST}`,
  'giu',
);

type Read =
  | { readonly wish: PlanWishes; readonly drop?: undefined }
  | { readonly drop: readonly number[]; readonly wish?: undefined };

/** Of a clause that says one thing and nothing besides. */
function wishOf(clause: string): Read | undefined {
  if (clause.length > LONGEST_CLAUSE) return undefined;
  const ratio = RATIO.exec(clause);
  for (const { plan, wishes } of LOCALES) {
    const dropped = plan.drop.exec(clause)?.groups?.['n'];
    if (dropped !== undefined) return { drop: numbersIn(dropped, plan) };
    const seconds = secondsOf(plan.length.exec(clause)?.groups, wishes);
    if (seconds !== undefined) return { wish: { seconds } };
    const shape = SHAPES.find((name) => plan.shape[name].test(clause));
    if (shape) return { wish: { shape } };
    if (ratio && plan.ratio.test(clause.replace(ratio[0], 'R')))
      return { wish: { shape: ratioOf(ratio) } };
    if (plan.noMusic.test(clause)) return { wish: { music: false } };
    if (plan.noTitle.test(clause)) return { wish: { title: false } };
    const music = shown(plan.music.exec(clause)?.groups?.['words']);
    if (music) return { wish: { music } };
    const title = shown(plan.title.exec(clause)?.groups?.['words']);
    if (title) return { wish: { title } };
  }
  return undefined;
}

const numbersIn = (text: string, { ordinals }: PlanPhrases): number[] =>
  [...text.matchAll(/\d{1,3}|\p{L}+/gu)].flatMap(([it]) => {
    const number = /\d/.test(it) ? Number(it) : ordinals[it.toLowerCase()];
    return number === undefined ? [] : [number];
  });

/** In UTF-16 units of all that was added: the rest of longer words is cut, and seen to be. */
const LONGEST_ADDED = 2_000;

/** Every clause is a wish that is known here. */
export const saysOnlyWishes = (text: string): boolean => {
  const clauses = clausesOf(text.slice(0, LONGEST_WISH));
  return clauses.length > 0 && clauses.every((words) => wishOf(words) !== undefined);
};

export interface Change {
  readonly plan: Plan;
  /** What was said is known here, and not only kept as an instruction. */
  readonly known: boolean;
}

/** Known wishes change what the plan says; every other word is kept as it was said. */
export function changedBy(plan: Plan, text: string): Change {
  let wishes = plan.wishes;
  const parts = plan.parts.map((part) => ({ ...part }));
  const decided = new Set(plan.decided);
  const free: string[] = [];
  let known = false;
  for (const words of clausesOf(text)) {
    const read = wishOf(words);
    const named = read?.drop?.filter((n) => parts[n - 1] !== undefined);
    const left = parts.filter(({ out }) => !out).length - (named?.length ?? 0);
    if (read?.wish) {
      wishes = { ...wishes, ...read.wish };
      for (const name of WISHES) if (name in read.wish) decided.add(name);
    } else if (named && named.length > 0 && left > 0) {
      for (const n of named) Object.assign(parts[n - 1] ?? {}, { out: true });
    } else {
      free.push(words);
      continue;
    }
    known = true;
  }
  const words = (known ? free.join(', ') : text.trim()).slice(0, LONGEST_ADDED).toWellFormed();
  const added = words === '' ? plan.added : [...plan.added, words];
  return { plan: { ...plan, wishes, parts, decided: [...decided], added }, known };
}
