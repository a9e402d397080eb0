/**
 * Where a script begins its scenes: at headings of scenes and shots, at numbered points, at the rows of a shot list, at
 * headings, and else at its paragraphs. Only what is written there decides; how NemoVideo cuts it is its own affair. Pure.
 */
import { LOCALES } from '../../locales/locales.ts';
import { shownName } from '../language/shown-name.ts';
import { saysOnlyWishes, wishesIn } from './read-wishes.ts';

/** In UTF-16 units. What lies behind is counted no more: a plan is read by people. */
const LOOKED_AT = 20_000;
/** Of a scene's first words, in characters. */
const FIRST_WORDS = 60;
/** So many scenes are kept. */
const MOST_SCENES = 100;

/** First words of every scene; one scene where nothing tells several apart. */
export function scenesOf(script: string): string[] {
  const lines = script.slice(0, LOOKED_AT).split('\n');
  const scenes =
    splitAt(lines, (line) => SCENE.exec(line)) ??
    splitAt(lines, sluglineOf) ??
    splitAt(lines, inOrder()) ??
    rowsOf(lines) ??
    splitAt(lines, (line) => /^#{1,6}\s+(?=\S)/.exec(line)) ??
    paragraphsOf(lines);
  return scenes
    .map((words) => shownName(words, FIRST_WORDS))
    .filter((words) => words !== '')
    .slice(0, MOST_SCENES);
}

/** "Scene 2:", "Shot 4 -", "第二幕：", also as a heading or in bold. */
const SCENE = new RegExp(
  `^\\s*[#*_\\s]{0,8}(?:${LOCALES.map(({ plan }) => plan.sceneHead).join('|')})[*_\\s]{0,6}(?:[:：.)\\-–—]{1,3}[*_\\s]{0,6}|$)`,
  'iu',
);
const sluglineOf = (line: string): RegExpExecArray | null =>
  /^\s*(?=(?:INT|EXT|INT\.?\/EXT|I\/E)[. ]+\S)/.exec(line);

/** "1." and then "2.": a number out of its order is a part of what is said. */
function inOrder(): (line: string) => RegExpExecArray | null {
  let last = 0;
  return (line) => {
    const found = /^\s*(\d{1,3})[.)、．]\s*(?=\S)/.exec(line);
    if (!found || Number(found[1]) !== last + 1) return null;
    last += 1;
    return found;
  };
}

/** Each begins where a head is found; its first words are what follows that. Undefined: fewer than two. */
function splitAt(
  lines: readonly string[],
  headOf: (line: string) => RegExpExecArray | null,
): string[] | undefined {
  const scenes: string[][] = [];
  for (const line of lines) {
    const head = headOf(line);
    if (head) scenes.push([line.slice(head[0].length)]);
    else scenes.at(-1)?.push(line);
  }
  return scenes.length >= 2 ? scenes.map(firstOf) : undefined;
}

const firstOf = (lines: readonly string[]): string => {
  const [first = ''] = lines
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  return first;
};

/** A shot list as documents/spreadsheet/shot-list.ts writes it: names of columns, then a row for each shot. */
function rowsOf(lines: readonly string[]): string[] | undefined {
  const rows = lines.filter((line) => line.includes(' | '));
  const filled = lines.filter((line) => line.trim() !== '').length;
  if (rows.length < 3 || rows.length * 2 < filled) return undefined;
  return rows.slice(1).map((row) => row.replace(/^[\s\d.#|]{1,12}/, '').replaceAll(' | ', ' · '));
}

/** One that says what to make, or how, or what the others are, is no scene where there are others. */
function paragraphsOf(lines: readonly string[]): string[] {
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  const all = paragraphs.filter((it) => it.length > 0);
  const scenes = all.filter((it, index) => !isAbout(it, index === 0));
  return (scenes.length > 0 ? scenes : all).map(firstOf);
}

function isAbout(lines: readonly string[], isFirst: boolean): boolean {
  const text = lines.join('\n');
  if (lines.every(isWish) || /[:：]\s*$/.test(text) || saysOnlyWishes(text)) return true;
  return isFirst && lines.length === 1 && (ORDER.test(text) || hasWishes(text));
}
const hasWishes = (text: string): boolean => Object.keys(wishesIn(text)).length > 0;
const ORDER = new RegExp(`^\\s*(?:${LOCALES.map(({ plan }) => plan.order).join('|')})`, 'iu');

/** As forms and commands write what was chosen in them. */
const isWish = (line: string): boolean => WISH_LINE.test(line.trim());
const WISH_LINE = new RegExp(
  `^(?:(?:${LOCALES.map(({ plan }) => plan.wishLine).join('|')})[^.。]{0,60}[.。]\\s*)+$`,
  'iu',
);
