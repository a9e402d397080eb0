/**
 * Slack writes most messages twice: as `text` and as blocks. What people see are the blocks; `text` is the same in
 * Slack's markup, or its beginning, or what an app has its notifications say. Pure.
 */
import type { Reading } from './lenient-json.ts';
import { unescapeText } from './message-text.ts';
import { blockWords } from './read-blocks.ts';

export interface WrittenTwice {
  readonly text: string;
  readonly blocks: unknown;
}

/** The words once, as Slack's own markup. */
export function written({ text, blocks }: WrittenTwice, reading: Reading): string {
  const before = reading.cutOff;
  reading.cutOff = false;
  const words = blockWords(blocks, reading);
  const isWhole = !reading.cutOff;
  reading.cutOff ||= before;
  if (words.trim() === '' || text.trim() === '') return words.trim() === '' ? text : words;
  const [inText, inBlocks] = [lettersOf(text), lettersOf(words)];
  // As it was typed, with its marks of emphasis.
  if (inText.startsWith(inBlocks)) return text;
  // Beside a block of an unknown kind the text may be all there is of it.
  return isWhole || inBlocks.startsWith(inText) ? words : `${text}\n\n${words}`;
}

/** Without what the two ways of writing differ in: marks, spaces, the numbers of lists, the names of channels. */
const lettersOf = (raw: string): string =>
  unescapeText(raw.replace(/<[@#!][^<>]*>/g, ' '), { bot: '' })
    .replace(/^[ \t>]*(?:\d{1,4}|[a-z]{1,5})[.)][ \t]/gm, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
