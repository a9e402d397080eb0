import type { BatchWords } from '../locale.ts';
import { anyOf } from '../patterns.ts';

const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const SOURCE = '(?:one|file|image|photo|picture|clip|script|document|page|product)';

export const batch: BatchWords = {
  many: anyOf(
    `\\b(?:one|a|an|own|separate) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:videos?|films?) (?:(?:for )?(?:each|every)|(?:from|of) (?:each|every)(?! of)|apiece|per ${SOURCE})\\b`,
    '\\b(?:separate|individual|different) (?:videos|films|shorts|reels)\\b',
    `\\bone (?:each|per ${SOURCE})\\b|\\beach ${SOURCE} separately\\b`,
    `\\b(?:one|a|an|own|separate) (?:clips?|shorts?|reels?) (?:for each|per) ${SOURCE}\\b|\\bone (?:clip|short|reel) (?:each|apiece)\\b`,
    `\\b(?:each|every)(?: ${SOURCE}| of (?:them|these|the files))? (?:should |must |can |to )?(?:be |is |become |becomes |gets? |as |into |in )(?:a|an|its|one) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:video|film|clip|short|reel)\\b`,
    '\\bvideos? (?:for|from|per) each\\b|\\b(?:videos?|films?) (?:each|apiece)\\b',
  ),
  counted: (count) =>
    anyOf(
      `\\b(?:make|create|generate|produce|want|need|into)(?: me| us)? (?:${count}|${NUMBERS[count] ?? count}) (?:[\\p{L}\\p{N}-]+ ){0,2}(?:videos|films|shorts|reels)\\b`,
    ),
  joins: anyOf(
    '\\binto (?:one|a single)\\b|\\b(?:combined?|merged?|joined?|together|montage|compilation)\\b|\\b(?:side by side|after each other|back to back|all in one)\\b',
    '\\bin (?:the|one|a single) (?:video|film)\\b|\\b(?:each|every) (?:platform|channel|audience|network|friend|client|customer|country|language)\\b',
  ),
  denies: anyOf(
    `\\b(?:don['’]?t|do not|not|never|instead of|rather than)\\b(?: (?:make|create|do|want|need))?(?: me)? (?:(?:one|a|an|single) (?:[\\p{L}-]+ )?(?:video|film|clip)s? (?:for |from |per )?(?:each|every|apiece|${SOURCE})|(?:separate|individual|several|multiple|many) (?:video|film|clip)s?)`,
    '\\b(?:cost|price|how much)\\b[^\\n]*\\?',
  ),
  one: anyOf(
    '\\b(?:video|film|clip|reel|movie|slideshow|montage|trailer|advert)\\b',
    '\\b(?:an?|one|single) (?:[\\p{L}\\p{N}-]+ ){0,3}(?:short|ad|story)\\b',
    '\\b(?:combine|merge|together|both|scenes?|storyboard|in this order)\\b',
  ),
  each: /\b(?:each|every|per|respectively)\b/iu,
  steps:
    /\b(?:requirements?|steps?|notes?|rules?|wishes|changes?|edits?|instructions|script|plan|i (?:want|need)|add|tell our story|tiktok|promo|vlog|greeting)\b/iu,
  places:
    /\b(?:before|after|at the (?:very )?(?:start|end|beginning)|in the (?:middle|intro|outro)|(?:the )?(?:intro|outro|opening|ending)\b|first scene|last scene|both|(?:insert|replace|background|logo|watermark)\b)/iu,
  shows: /\b(?:on screen|hold(?:s)? for|stays? (?:for|on))\b/iu,
  numbered:
    /^\s*(?:(?:image|picture|photo|file|clip|video|script|document)\s+)?(?<number>\d{1,2})\s*[.)、．:：]\s*(?<rest>\S.*)$/i,
  courtesy: 'please|hi|hello|hey|ok|okay|thanks|thank you|cheers',
  marker: '(?:for )?each(?: (?:one|file|image|photo|clip|script))?',
};
