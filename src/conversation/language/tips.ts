/** When a tip fits: a long script, or a wish too vague to act on. Pure. */
import { LOCALES } from '../../locales/locales.ts';

export type Tip = 'shorter-script' | 'be-specific';

/** Scripts under this many words generate faster and stay focused, says the skill's own advice. */
const LONG_SCRIPT = 100;

/** `documents`: how many words were read from files. */
export function tipFor(text: string, documents = 0): Tip | undefined {
  if (wordsIn(text) + documents > LONG_SCRIPT) return 'shorter-script';
  return wordsIn(text) <= 8 && LOCALES.some(({ wishes }) => wishes.vague.test(text))
    ? 'be-specific'
    : undefined;
}

/** Every Chinese character counts as a word. */
function wordsIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.replace(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0;
  return han + latin;
}
