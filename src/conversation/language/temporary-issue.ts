/**
 * The agent often ends good work with "I encountered a temporary issue. Please try again later."
 * That is noise behind an answer; where it is all there is, the session's state has to tell.
 */
import { LOCALES } from '../../locales/locales.ts';

export interface WithoutTemporaryIssue {
  readonly texts: string[];
  /** The temporary issue was all that was said. */
  readonly only: boolean;
}

const isIssueIn = (words: string): boolean =>
  LOCALES.some(({ temporaryIssue }) => temporaryIssue.issue.test(words));
const isAround = (words: string): boolean =>
  LOCALES.some(({ temporaryIssue }) => temporaryIssue.around.test(words));

const SENTENCE = /[^.!?。！？\n]+(?:[.!?。！？\n]+\s*|$)/gu;

/** Longer sentences have something to say. */
const LONGEST_NOISE = 200;

/** Takes the remark off the end of what was said; remarks in the middle were followed by an answer and stay. */
export function dropTemporaryIssue(texts: string[]): WithoutTemporaryIssue {
  const kept = [...texts];
  let dropped = false;
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const rest = withoutTrailingIssue(last);
    dropped ||= rest !== last;
    if (rest.trim() === '' && rest !== last) continue;
    kept.push(rest);
    break;
  }
  return { texts: kept, only: dropped && kept.length === 0 };
}

function withoutTrailingIssue(text: string): string {
  // Only the end matters; the rest of a long answer is not taken apart.
  const tail = text.slice(-5 * LONGEST_NOISE);
  const sentences = Array.from(tail.matchAll(SENTENCE));
  let cut: number | undefined;
  for (const sentence of sentences.toReversed()) {
    const words = sentence[0].trim();
    const isIssue = words.length <= LONGEST_NOISE && isIssueIn(words);
    if (!isIssue && !isAround(words)) break;
    if (isIssue || cut !== undefined) cut = sentence.index;
  }
  return cut === undefined ? text : text.slice(0, text.length - tail.length + cut).trimEnd();
}
