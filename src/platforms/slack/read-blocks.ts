/**
 * The words of blocks, as Slack's own markup, in reading order. Blocks of unknown kinds are read by the fields that hold
 * words in the known ones. Labels of buttons and menus are nobody's words. Pure.
 */
import {
  DEEPEST,
  type Fields,
  fieldsOf,
  listOf,
  type Reading,
  takePart,
  takeText,
  textOf,
} from './lenient-json.ts';
import { markup, richText } from './read-rich-text.ts';

/** `cutOff` of the reading is set where a block holds something that is not read. */
export function blockWords(blocks: unknown, reading: Reading, depth = 0): string {
  return listOf(blocks)
    .map((block) => wordsOf(fieldsOf(block), reading, depth))
    .filter((words) => words.trim() !== '')
    .join('\n\n');
}

/** They have no words of their own, and nothing is lost with them; the files of a message are listed beside its blocks. */
const WORDLESS =
  /^(?:actions|context_actions|divider|input|file|button|checkboxes|icon_button|feedback_buttons|overflow|radio_buttons|rich_text_input|workflow_button|.*_select|.*picker|.*_input)$/;

/** In reading order. A `markdown` block and some titles are plain strings, everything else is an object. */
const FIELDS = [
  'title',
  'rich_text_title',
  'subtitle',
  'text',
  'body',
  'caption',
  'description',
  'details',
  'output',
] as const;
const LISTS = ['fields', 'elements', 'child_blocks', 'tasks'] as const;

function wordsOf(block: Fields, reading: Reading, depth: number): string {
  const type = textOf(block['type']);
  if (WORDLESS.test(type)) return '';
  if (depth > DEEPEST || !takePart(reading)) {
    reading.cutOff = true;
    return '';
  }
  switch (type) {
    case 'rich_text':
      return richText(block['elements'], reading, depth + 1);
    case 'image':
      return image(block, reading);
    case 'video':
      return lines([textIn(block['title'], reading), textIn(block['description'], reading)]);
  }
  const words = lines([
    ...FIELDS.map((name) => wordsIn(block[name], reading, depth)),
    ...LISTS.map((name) => lines(listOf(block[name]).map((it) => part(it, reading, depth)))),
    rows(block['rows'], reading, depth),
  ]);
  if (words === '' && !KNOWN.test(type)) reading.cutOff = true;
  return words;
}

/** Empty ones are just empty. */
const KNOWN =
  /^(?:header|section|context|markdown|table|data_table|container|card|carousel|alert)$/;

const lines = (parts: readonly string[]): string =>
  parts.filter((words) => words.trim() !== '').join('\n');

function image({ title, alt_text }: Fields, reading: Reading): string {
  const words = [textIn(title, reading), textIn(alt_text, reading)];
  return lines([...new Set(words)]);
}

/** A small picture beside words shows who speaks, or a mark. */
function part(value: unknown, reading: Reading, depth: number): string {
  const element = fieldsOf(value);
  return element['type'] === 'image' ? '' : wordsIn(element, reading, depth);
}

/** A text object, a plain string, or a block. */
function wordsIn(value: unknown, reading: Reading, depth: number): string {
  if (typeof value === 'string') return textIn(value, reading);
  if (value === undefined || value === null) return '';
  const { type } = fieldsOf(value);
  return type === 'mrkdwn' || type === 'plain_text' || type === 'raw_text' || type === 'raw_number'
    ? textIn(value, reading)
    : wordsOf(fieldsOf(value), reading, depth + 1);
}

function textIn(value: unknown, reading: Reading): string {
  if (!takePart(reading)) return '';
  if (typeof value === 'string') return markup(takeText(value, reading));
  const { type, text, value: number } = fieldsOf(value);
  if (type === 'mrkdwn') return takeText(text, reading);
  return markup(takeText(typeof number === 'number' ? (text ?? String(number)) : text, reading));
}

/** As the tables of documents are written. */
function rows(value: unknown, reading: Reading, depth: number): string {
  return lines(
    listOf(value).map((row) => {
      const cells = listOf(row).map((cell) =>
        wordsIn(cell, reading, depth).replace(/\s+/g, ' ').trim(),
      );
      return cells.some((cell) => cell !== '') ? cells.join(' | ') : '';
    }),
  );
}
