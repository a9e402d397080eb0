/** When a tip fits: a long script, or a wish too vague to act on. Pure. */

export type Tip = 'shorter-script' | 'be-specific';

/** Scripts under this many words generate faster and stay focused, says the skill's own advice. */
const LONG_SCRIPT = 100;

/** `documents`: how many words were read from files. */
export function tipFor(text: string, documents = 0): Tip | undefined {
  if (wordsIn(text) + documents > LONG_SCRIPT) return 'shorter-script';
  return wordsIn(text) <= 8 && VAGUE.test(text) ? 'be-specific' : undefined;
}

const VAGUE =
  /\b(?:make|do|get) (?:it|this|that|the video) (?:look |sound |feel )?(?:a bit |much |more |way )?(?:better|nicer|good|great|cool(?:er)?|awesome|professional|pop|prettier|perfect)\b|\b(?:improve|enhance|polish|fix) (?:it|this|that|the video)\b|(?:弄|做|改|变)(?:得|的)?(?:更)?(?:好看|好|漂亮|高级|专业|酷)(?:一?点|一?些)?|优化一下|改进一下|美化一下/i;

/** Every Chinese character counts as a word. */
function wordsIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.replace(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0;
  return han + latin;
}
