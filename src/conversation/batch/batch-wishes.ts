/**
 * One video or several? What the words around a list, or a message without one, say about that, in any language.
 * A batch that was not meant costs several generations, so that doubt means one. Pure.
 */
import type { BatchWords } from '../../locales/locale.ts';
import { LOCALES } from '../../locales/locales.ts';
import { simplified } from '../language/han-fold.ts';

/** Says so in one of the languages. */
const says = (text: string, pattern: (words: BatchWords) => RegExp): boolean =>
  LOCALES.some(({ batch }) => pattern(batch).test(text));

export function wantsMany(text: string, count: number): boolean {
  const folded = simplified(text);
  if (says(folded, ({ joins }) => joins)) return false;
  return says(folded, ({ many }) => many) || says(folded, ({ counted }) => counted(count));
}

/** "Don't make one video each", or a question about it. */
export const deniesMany = (text: string): boolean => says(simplified(text), ({ denies }) => denies);

/** A list under "make a video of these:" holds the scenes of one video. */
export const wantsOne = (around: string): boolean =>
  says(simplified(around), ({ one }) => one) && !says(around, ({ each }) => each);

/** What is listed are wishes about one thing, or changes to it. */
export const listsSteps = (around: string): boolean => says(around, ({ steps }) => steps);

/** "1. before the intro, 2. at the end": the points say where things go in one video. */
export const placesThings = (points: readonly { readonly instruction: string }[]): boolean =>
  2 * points.filter(({ instruction }) => says(instruction, ({ places }) => places)).length >=
  points.length;

/** "Each photo: three seconds on screen" is about one video. */
export const showsThem = (instruction: string): boolean => says(instruction, ({ shows }) => shows);
