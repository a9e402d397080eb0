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
  // A script may have megabytes, and says nothing of this in its middle.
  if (!OPENING.test(startOf(text)) && !CLOSING.test(endOf(text)))
    return { wanted: false, rest: text };
  const clean = cleanText(text);
  const opened = clean.slice(OPENING.exec(startOf(clean))?.[0].length ?? 0);
  const end = endOf(opened);
  const closing = CLOSING.exec(end);
  const rest = closing ? opened.slice(0, opened.length - end.length + closing.index) : opened;
  return { wanted: true, rest: rest.replace(/[\s,，、;；:：(（–—]+$/u, '').trim() };
}

const startOf = (text: string): string =>
  simplified(cleanText(text.slice(0, 2 * LOOKED_AT)).slice(0, LOOKED_AT));

/** Where the beginning is cut off, no line begins. */
function endOf(text: string): string {
  const clean = cleanText(text.slice(-2 * LOOKED_AT));
  const end = simplified(clean.slice(-LOOKED_AT));
  return end.length < text.length ? `\ue000${end.slice(1)}` : end;
}

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
