/**
 * Which of the languages in Latin letters a short text is in: by its share of frequent words, and by how usual its
 * letters are together, as counted in those same words (Cavnar and Trenkle, "N-Gram-Based Text Categorization", 1994).
 */
import { LOCALES } from '../../locales/locales.ts';
import { OTHER_LANGUAGES } from './common-words.ts';

/** Undefined: a name or a lone unknown word tells nothing. */
export function latinLanguage(words: string): string | undefined {
  const tokens = words.slice(0, LONGEST).toLowerCase().normalize('NFC').match(TOKEN) ?? [];
  const pieces = tokens.flatMap(piecesOf);
  const models = modelsOnce();
  const likely = models.map((model) => likelihood(pieces, model));
  const most = Math.max(...likely);
  const scores = models.map(({ tag, known, signs }, at) => {
    const share = tokens.filter((token) => known.has(token)).length / tokens.length;
    const signed = signs?.test(words) ? 1 : 0;
    const likeness = Math.exp(STEEPNESS * ((likely[at] ?? most) - most));
    return { tag, told: share + signed, score: share + signed + LETTERS_WEIGHT * likeness };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.told > 0 || tokens.length >= 3 ? best.tag : undefined;
}

/** In UTF-16 units. */
const LONGEST = 800;
const TOKEN = /[\p{L}\p{M}]+/gu;

/** How much the letters of a text say beside its frequent words; tried out on short prompts. */
const LETTERS_WEIGHT = 0.35;
const STEEPNESS = 3;

/** Letters and signs that one of the languages has alone. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  es: /[ñ¿¡]/iu,
  de: /ß/iu,
  pt: /[ãõ]/iu,
  tr: /[ığş]/u,
  pl: /[łżźśćąę]/iu,
  vi: /[ơưđạảấầậẩặắềếệểọốồộổờớợởịỉụủứừựử]/iu,
  sv: /å/iu,
};

interface Model {
  readonly tag: string;
  readonly known: ReadonlySet<string>;
  readonly signs: RegExp | undefined;
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Two and three letters in a row, the ends of the word included. */
function piecesOf(word: string): string[] {
  const whole = `^${word}$`;
  const pieces: string[] = [];
  for (let at = 0; at + 2 <= whole.length; at += 1) {
    pieces.push(whole.slice(at, at + 2));
    if (at + 3 <= whole.length) pieces.push(whole.slice(at, at + 3));
  }
  return pieces;
}

/** Each possible piece counts as seen a little, so that an unknown one rules nothing out. */
const SEEN = 0.3;
const POSSIBLE = 6_000;

/** The mean logarithm, so that long texts are no surer than short ones. */
function likelihood(pieces: readonly string[], { counts, total }: Model): number {
  const sum = pieces.reduce(
    (all, piece) => all + Math.log(((counts.get(piece) ?? 0) + SEEN) / (total + SEEN * POSSIBLE)),
    0,
  );
  return sum / Math.max(1, pieces.length);
}

/** Made when the first text comes, and not at the start of the process. */
let models: readonly Model[] | undefined;
function modelsOnce(): readonly Model[] {
  models ??= [
    ...LOCALES.flatMap(({ code, commonWords }) =>
      commonWords ? [modelOf(code, commonWords)] : [],
    ),
    ...Object.entries(OTHER_LANGUAGES).map(([tag, words]) => modelOf(tag, words)),
  ];
  return models;
}

function modelOf(tag: string, words: string): Model {
  const known = new Set(words.split(/\s+/));
  const counts = new Map<string, number>();
  let total = 0;
  for (const piece of [...known].flatMap(piecesOf)) {
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
    total += 1;
  }
  return { tag, known, signs: SIGNS[tag], counts, total };
}
