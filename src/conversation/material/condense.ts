/**
 * A long text in few characters: its most telling sentences, word for word and in their order. How often
 * its words come back tells what a text is about (Luhn, "The Automatic Creation of Literature Abstracts",
 * 1958); taking from every stretch of it keeps the whole story. Pure.
 */

/** The text is looked at in so many stretches; each gives its share. */
const STRETCHES = 12;

/** At most `room` UTF-16 units. A text that fits is given back as it is. */
export function condense(text: string, room: number): string {
  if (text.length <= room) return text;
  const sentences = sentencesOf(text);
  const all = sentences.map(({ words }) => words).join('\n');
  if (all.length <= room) return all;
  const weigh = weighing(text);
  const perStretch = Math.ceil(text.length / STRETCHES);
  const chosen = Array.from({ length: STRETCHES }, (_, n) => {
    const inside = sentences.filter(({ at }) => Math.floor(at / perStretch) === n);
    return best(inside, weigh, Math.floor(room / STRETCHES));
  });
  return chosen.flat().join('\n');
}

interface Sentence {
  readonly at: number;
  readonly words: string;
}

/** Lines end sentences too: headings, points of lists, cues of subtitles. What comes back word for word counts once. */
function sentencesOf(text: string): Sentence[] {
  const seen = new Set<string>();
  return [...text.matchAll(SENTENCE)].flatMap((found) =>
    piecesOf(found[0]).flatMap(({ at, words }) => {
      if (words === '' || seen.has(words)) return [];
      seen.add(words);
      return [{ at: found.index + at, words }];
    }),
  );
}

const SENTENCE = /[^\n.!?。！？…]+(?:[.!?…]+["'”’)\]]*(?=\s|$)|[。！？]+[”’」』）]*|[.!?…]+)?/gu;

/** A text without stops is cut between words where it has any, so that all of it can be chosen from. */
function piecesOf(sentence: string): Sentence[] {
  if (sentence.length <= LONGEST_SENTENCE) return [{ at: 0, words: sentence.trim() }];
  return [...sentence.matchAll(PIECE)].map((found) => ({
    at: found.index,
    words: found[0].trim(),
  }));
}

const LONGEST_SENTENCE = 400;
const PIECE = /.{1,300}(?=\s|$)|.{1,300}/gu;

/** The heaviest that fit, in their order; one that alone is too long is cut. */
function best(
  sentences: readonly Sentence[],
  weigh: (words: string) => number,
  room: number,
): string[] {
  const byWeight = [...sentences].sort((one, other) => weigh(other.words) - weigh(one.words));
  const [first] = byWeight;
  const taken: Sentence[] = [];
  let left = room;
  for (const sentence of byWeight) {
    // Room that is left is no reason to take what says little.
    if (weigh(sentence.words) < weigh(first?.words ?? '') / 2) break;
    // The line end between two counts as well.
    if (sentence.words.length + 1 > left) continue;
    taken.push(sentence);
    left -= sentence.words.length + 1;
  }
  if (taken.length === 0 && first && room > 1)
    return [first.words.slice(0, room - 1).toWellFormed()];
  return taken.sort((one, other) => one.at - other.at).map(({ words }) => words);
}

/** Words of four letters and more, and pairs of Chinese or Japanese characters: the others say little. */
const TERM = /(?=([\p{Script=Han}\p{Script=Katakana}]{2}))|[\p{L}\p{N}]{4,}/gu;

const termsOf = (text: string): string[] =>
  [...text.toLowerCase().matchAll(TERM)].map((found) => found[1] ?? found[0]).filter(Boolean);

/** The mean of what its words weigh, so that long sentences have no advantage but that of substance. */
function weighing(text: string): (words: string) => number {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const known = new Map<string, number>();
  return (words) => {
    const before = known.get(words);
    if (before !== undefined) return before;
    const terms = termsOf(words);
    const sum = terms.reduce((total, term) => total + Math.log2(counts.get(term) ?? 1), 0);
    const weight = terms.length === 0 ? 0 : sum / Math.sqrt(terms.length);
    known.set(words, weight);
    return weight;
  };
}
