/**
 * Rich text as Slack's own markup, the one of a message's `text`: mentions, links and dates become the tokens that
 * stand there for them, so that both are read by one function. Pure.
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

/** `elements` of a `rich_text` block: sections, lists, quotes, code. */
export function richText(elements: unknown, reading: Reading, depth: number): string {
  return listOf(elements)
    .map((element) => paragraph(fieldsOf(element), reading, depth))
    .filter((words) => words.trim() !== '')
    .join('\n');
}

function paragraph(element: Fields, reading: Reading, depth: number): string {
  if (!takePart(reading)) return '';
  const { type, elements } = element;
  const inside = () => line(elements, reading, depth);
  switch (type) {
    case 'rich_text_section':
      return inside();
    case 'rich_text_list':
      return items(element, reading, depth);
    case 'rich_text_quote':
      return inside().replaceAll(/^/gm, '&gt; ');
    case 'rich_text_preformatted':
      return `\`\`\`\n${inside()}\n\`\`\``;
    default:
      return elements === undefined ? word(element, reading) : inside();
  }
}

/** A list within a list is a list of its own, which says how far it is indented. */
function items({ elements, style, indent, offset }: Fields, reading: Reading, depth: number) {
  if (depth > DEEPEST) {
    reading.cutOff = true;
    return '';
  }
  const blanks = '  '.repeat(bounded(indent, 8));
  const first = bounded(offset, 1_000_000) + 1;
  return listOf(elements)
    .map((element, at) => {
      const words = paragraph(fieldsOf(element), reading, depth + 1);
      return `${blanks}${style === 'ordered' ? `${first + at}.` : '-'} ${words}`;
    })
    .join('\n');
}

const bounded = (value: unknown, most: number): number =>
  typeof value === 'number' && value > 0 ? Math.min(Math.floor(value), most) : 0;

const line = (elements: unknown, reading: Reading, depth: number): string =>
  listOf(elements)
    .map((it) => {
      const element = fieldsOf(it);
      if (element['elements'] === undefined || depth > DEEPEST) return word(element, reading);
      return paragraph(element, reading, depth + 1);
    })
    .join('');

function word(element: Fields, reading: Reading): string {
  if (!takePart(reading)) return '';
  const id = (name: string) => textOf(element[name]).replace(/[^A-Za-z0-9]/g, '');
  switch (element['type']) {
    case 'text':
      return markup(takeText(element['text'], reading));
    case 'link':
      return link(element, reading);
    case 'user':
      return `<@${id('user_id')}>`;
    case 'usergroup':
      return `<!subteam^${id('usergroup_id')}>`;
    case 'channel':
      return `<#${id('channel_id')}>`;
    case 'broadcast':
      return `<!${id('range')}>`;
    case 'emoji':
      return `:${takeText(element['name'], reading).replace(/[<>&]/g, '')}:`;
    case 'date':
      return date(element, reading);
    case 'color':
      return markup(takeText(element['value'], reading));
    default:
      return markup(takeText(element['text'] ?? element['fallback'], reading));
  }
}

export function link({ url, text }: Fields, reading: Reading): string {
  const address = takeText(url, reading).replace(/[<>|\s]/g, encodeURIComponent);
  const label = markup(takeText(text, reading));
  if (address === '') return label;
  return label === '' ? `<${address}>` : `<${address}|${label}>`;
}

/** As the sender's client showed it; else in words of no language. */
function date({ timestamp, fallback }: Fields, reading: Reading): string {
  const at = new Date((typeof timestamp === 'number' ? timestamp : Number.NaN) * 1000);
  const plain = Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 16).replace('T', ' ');
  const shown = markup(takeText(fallback, reading)) || (plain && `${plain} UTC`);
  return shown && `<!date^|${shown}>`;
}

/**
 * Words without tokens, escaped as `text` is. Some places of a message hold them escaped, others as they were typed: a
 * bracket, or an ampersand that begins no entity, shows which.
 */
export function markup(words: string): string {
  if (!/[<>]|&(?!(?:lt|gt|amp);)/.test(words)) return words;
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
