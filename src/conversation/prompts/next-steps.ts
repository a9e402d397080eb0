/** What the agent suggests to do next, at the end of its words: taken out of them, as words that a button sends. Pure. */
import { LOCALES } from '../../locales/locales.ts';
import { intentOf } from '../language/intent.ts';

export interface NextSteps {
  /** Without the suggestions. */
  readonly text: string;
  readonly prompts: readonly string[];
}

export const MOST_PROMPTS = 3;
/** Suggestions stand at the end, in few lines. */
const MOST_LINES = 12;
/** In characters: what is longer is prose. */
const LONGEST_LINE = 600;
const LONGEST_PROMPT = 200;

const HEADS = new RegExp(
  `^(?:${LOCALES.map(({ talk }) => talk.nextSteps).join('|')})[ *_]{0,4}[:：]`,
  'iu',
);
const ITEM = /^(?:[-*•·]|\d{1,2}[.)、])\s+/u;

export function takeNextSteps(text: string): NextSteps {
  const lines = text.trimEnd().split('\n');
  const first = Math.max(0, lines.length - MOST_LINES);
  for (let at = lines.length - 1; at >= first; at -= 1) {
    const found = suggestedFrom(lines.slice(at));
    if (!found) continue;
    const prompts = [...new Set(found.map(asPrompt))].filter(isForTheAgent);
    const before = lines.slice(0, at).join('\n').trimEnd();
    // What has no button stays; so do words that are nothing but suggestions: a message has to say something.
    const stays = before === '' || prompts.length > MOST_PROMPTS;
    return { text: stays ? text : before, prompts: prompts.slice(0, MOST_PROMPTS) };
  }
  return { text, prompts: [] };
}

/** Undefined: these lines are not a head with what it announces, and nothing behind. */
function suggestedFrom([head = '', ...rest]: readonly string[]): readonly string[] | undefined {
  const plain = plainLine(head);
  const [matched] = HEADS.exec(plain) ?? [];
  if (matched === undefined || plain.length > LONGEST_LINE) return undefined;
  const behind = plain.slice(matched.length).replace(/^[ *_]+/, '');
  const listed = rest.map((line) => line.trim()).filter((line) => line !== '');
  if (behind !== '') {
    const items = behind.split(/[|｜;；]/u);
    return listed.length === 0 && items.length > 1 ? items : undefined;
  }
  const isList = listed.length > 0 && listed.every((line) => ITEM.test(line));
  return isList ? listed.map((line) => line.replace(ITEM, '')) : undefined;
}

/** Without what makes a line a heading or bold. */
const plainLine = (line: string): string => line.trim().replace(/^[#>*_\s]{1,8}/u, '');

function asPrompt(item: string): string {
  const plain = item
    .slice(0, LONGEST_PROMPT + 1)
    .replace(/[*_`]/gu, '')
    .trim();
  const words = plain.replace(/[.,。，!！]$/u, '').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the bot does itself has a button of its own. */
const isForTheAgent = (prompt: string): boolean =>
  prompt.length > 1 && prompt.length <= LONGEST_PROMPT && intentOf(prompt).type === 'request';
