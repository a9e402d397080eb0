/**
 * The agent often ends good work with "I encountered a temporary issue. Please try again later."
 * That is noise behind an answer; where it is all there is, the session's state has to tell.
 */

export interface WithoutTemporaryIssue {
  readonly texts: string[];
  /** The temporary issue was all that was said. */
  readonly only: boolean;
}

const ISSUE =
  /\b(?:encountered|ran into|hit|had|experienc\w+) (?:a|some) temporary (?:issue|problem|error|glitch)|temporary (?:issue|problem|error) (?:occurred|has occurred)|(?:遇到|出现|发生|遇上)了?(?:一个|一些|点)?(?:临时|暂时)(?:性)?的?(?:小)?(?:问题|错误|故障)/iu;

/** What is said around it and means nothing by itself. */
const AROUND =
  /^(?:(?:so |i'?m |i am |we'?re )?(?:very |really )?(?:sorry|apolog\w+)|oops|unfortunately|please|try again|could you try|you can try|let'?s try|my apologies|抱歉|很抱歉|对不起|不好意思|请|您可以|你可以)(?=[\s,.!，。！]|稍后|再|重|$)[^\n]{0,80}$/iu;

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
    const isIssue = words.length <= LONGEST_NOISE && ISSUE.test(words);
    if (!isIssue && !AROUND.test(words)) break;
    if (isIssue || cut !== undefined) cut = sentence.index;
  }
  return cut === undefined ? text : text.slice(0, text.length - tail.length + cut).trimEnd();
}
