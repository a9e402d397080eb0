/** What people say about plans: that one is wanted first, that it shall be made, or not. Pure. */
import { LOCALES } from '../../locales/locales.ts';
import { simplified } from '../language/han-fold.ts';
import { cleanText, normalised } from '../language/intent.ts';

/** In UTF-16 units: so much of either end is looked at. Script lies between. */
const LOOKED_AT = 160;

const FIRST = LOCALES.map(({ plan }) => plan.first).join('|');
const OPENING = new RegExp(
  `^\\s*(?:${FIRST})\\s*(?:[:：,，、.。!！;；\\n–—-][\\s:：,，.。!！;；–—-]*|$)`,
  'iu',
);
const CLOSING = new RegExp(
  `(?<=^|[\\n.。,，、;；:：!！?？()（–—])\\s*(?:${LOCALES.map(({ plan }) => plan.but).join('|')})?\\s*(?:${FIRST})[\\s.。!！)）]*$|\\s(?:${LOCALES.map(({ plan }) => plan.butThen).join('|')})\\s+(?:${FIRST})[\\s.。!！)）]*$`,
  'iu',
);

/** Is a plan asked for at the beginning or the end of the words? `rest` is what they say besides, for the agent. */
export function planWish(text: string): { readonly wanted: boolean; readonly rest: string } {
  const clean = cleanText(text);
  const opening = OPENING.exec(simplified(clean.slice(0, LOOKED_AT)));
  const opened = opening ? clean.slice(opening[0].length) : clean;
  const from = Math.max(0, opened.length - LOOKED_AT);
  const closing = CLOSING.exec(endOf(simplified(opened.slice(from)), from));
  if (!opening && !closing) return { wanted: false, rest: text };
  const rest = closing ? opened.slice(0, from + closing.index) : opened;
  return { wanted: true, rest: rest.replace(/[\s,，、;；:：(（–—]+$/u, '').trim() };
}

/** Where the beginning is cut off, no line begins. */
const endOf = (tail: string, from: number): string => (from > 0 ? `\ue000${tail.slice(1)}` : tail);

/** In UTF-16 units; more is no mere answer. */
const LONGEST_ANSWER = 60;

const answers = (of: 'make' | 'cancel'): RegExp =>
  new RegExp(`^(?:${LOCALES.map(({ plan }) => plan[of]).join('|')})$`, 'u');
const MAKE = answers('make');
const CANCEL = answers('cancel');

/** As a whole message, to somebody who has been shown a plan. */
export function answerToPlan(text: string): 'make' | 'cancel' | undefined {
  const clean = cleanText(text);
  if (clean.length > LONGEST_ANSWER) return undefined;
  const words = normalised(clean);
  if (MAKE.test(words)) return 'make';
  return CANCEL.test(words) ? 'cancel' : undefined;
}
