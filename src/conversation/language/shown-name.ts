/**
 * The one way in which a name goes into what is shown: of a file, a person, a thread, a scene, a profile. Names are
 * chosen by strangers, and must not turn a line round, hide letters, call anybody or fill the screen. Pure.
 */

import { escapeMarkup } from '../../markdown/escape.ts';

/** In visible characters. */
const LONGEST = 60;
/** In UTF-16 units: so much of either end is looked at, however long the name is. */
const LOOKED_AT = 1_000;

/** Blank to the eye, whatever their category says: a Braille cell without dots, the fillers of Korean. */
const BLANK = /[\s\u0085\u115f\u1160\u2800\u3164\uffa0]+/gu;
/** Controls, and signs without width: they turn what follows, or make two names look the same. */
const UNSEEN =
  /\p{Cc}|(?!\u200c|\u200d)\p{Cf}|(?!\ufe0e|\ufe0f)\p{Variation_Selector}|\u034f|\u17b4|\u17b5/gu;
/** The joiner makes one emoji of several; it and its opposite belong to the spelling of these scripts. Elsewhere they only hide. */
const JOINED =
  '\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gujarati}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}';
const EMOJI = '\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f';
const STRAY_JOINER = new RegExp(
  `(?<![${JOINED}${EMOJI}])\\u200d|\\u200d(?![${JOINED}${EMOJI}])|(?<![${JOINED}])\\u200c|\\u200c(?![${JOINED}])`,
  'gu',
);
/** More marks than any language puts on one letter reach into the lines above and below. */
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Plain text on one line; empty where nothing of the name can be seen. `units` is what a platform takes in
 * UTF-16 units: some characters that look like one have dozens.
 */
export function shownName(name: string, longest = LONGEST, units = LOOKED_AT): string {
  const clean = name
    .slice(0, LOOKED_AT)
    .concat(name.slice(Math.max(LOOKED_AT, name.length - LOOKED_AT)))
    .toWellFormed()
    .replace(BLANK, ' ')
    .replace(UNSEEN, '')
    .replace(STRAY_JOINER, '')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(/ +/g, ' ')
    .trim();
  return bounded(clean, longest, units);
}

/** The ending of a file's name stays: it is what tells how the file is treated. */
function bounded(name: string, longest: number, units: number): string {
  // No character has less than one unit, so that a short name need not be taken apart.
  if (name.length <= Math.min(longest, units)) return name;
  const characters = firstCharacters(name, longest + 1);
  if (characters.length <= longest && name.length <= units) return name;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  const room = Math.min(characters[longest]?.index ?? name.length, units - 1) - ending.length;
  const start = name.slice(0, characters.findLast(({ index }) => index <= room)?.index ?? 0);
  return `${start.trimEnd()}…${ending}`;
}

const SEGMENTER = new Intl.Segmenter();

function firstCharacters(text: string, most: number): Intl.SegmentData[] {
  const characters: Intl.SegmentData[] = [];
  for (const character of SEGMENTER.segment(text)) {
    characters.push(character);
    if (characters.length === most) break;
  }
  return characters;
}

/** For a message's text, whose Markdown every platform renders in its own way. */
export const nameInText = (name: string): string => escapeMarkup(shownName(name) || NAMELESS);

/** In place of a name that has nothing to show. */
export const NAMELESS = '…';
