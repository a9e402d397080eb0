/** What is drawn apart from the line that it belongs to: the markers of lists, what fills in a form. */
import { gapBetween, LABEL, MOST_FRAGMENTS, sameBaseline } from './lines.ts';
import type { PdfWord } from './word.ts';

/** In font sizes: how far a marker may stand from its words. */
const REACH = 4;

/** Some programs draw the words of a page first and the bullets and numbers of its lists afterwards. */
export function withLabels(fragments: readonly PdfWord[]): PdfWord[] {
  if (fragments.length > MOST_FRAGMENTS) return [...fragments];
  const strays = fragments.filter((fragment, at) => {
    const next = fragments[at + 1];
    return LABEL.test(fragment.text) && !(next && isLabelOf(fragment, next));
  });
  const apart = new Set(strays);
  const placed = fragments.filter((fragment) => !apart.has(fragment));
  for (const stray of strays) {
    const words = placed.findIndex((fragment) => isLabelOf(stray, fragment));
    // A label of nobody is a word of its own, behind what it was drawn after.
    const before = fragments[fragments.indexOf(stray) - 1];
    const at = words >= 0 || !before ? words : placed.indexOf(before) + 1;
    placed.splice(Math.max(0, at), 0, stray);
  }
  return placed;
}

const isLabelOf = (label: PdfWord, words: PdfWord): boolean =>
  sameBaseline(label, words) &&
  words.x >= label.right &&
  words.x - label.right < REACH * words.size;

/** A field follows the words to the left of it, or those above, or it begins the page. */
export function withFields(fragments: readonly PdfWord[], fields: readonly PdfWord[]): PdfWord[] {
  const all = [...fragments];
  for (const field of fields) {
    const left = nearest(all, (word) =>
      sameBaseline(word, field) && word.x < field.x ? Math.abs(gapBetween(word, field)) : undefined,
    );
    const above = nearest(all, (word) => (word.y < field.y ? field.y - word.y : undefined));
    const neighbour = left ?? above;
    all.splice(neighbour ? all.indexOf(neighbour) + 1 : 0, 0, field);
  }
  return all;
}

/** The last of those that are equally near. */
function nearest(
  words: readonly PdfWord[],
  distanceOf: (word: PdfWord) => number | undefined,
): PdfWord | undefined {
  let best: { word: PdfWord; distance: number } | undefined;
  for (const word of words) {
    const distance = distanceOf(word);
    if (distance !== undefined && (!best || distance <= best.distance)) best = { word, distance };
  }
  return best?.word;
}
