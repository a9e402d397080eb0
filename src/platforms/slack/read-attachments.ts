/**
 * What hangs on a message: messages that were forwarded or linked, and what apps hang on their own. Previews of ordinary
 * links are left out: they are the words of that site, and the link stands in the text. Pure.
 */
import { shownName } from '../../conversation/language/shown-name.ts';
import type { UnreadPart } from '../chat.ts';
import {
  type Fields,
  fieldsOf,
  listOf,
  type Reading,
  takePart,
  takeText,
  textOf,
} from './lenient-json.ts';
import { blockWords } from './read-blocks.ts';
import { link, markup } from './read-rich-text.ts';
import { type WrittenTwice, written } from './written-twice.ts';

export interface HungOn {
  /** A message of somebody else; or a part of the message that it hangs on. */
  readonly forwarded: boolean;
  /** Slack's own markup. */
  readonly words: string;
  /** As Slack lists them. */
  readonly files: readonly unknown[];
  readonly unread?: UnreadPart | undefined;
}

/** A forwarded message may have forwarded one itself. */
const DEEPEST_FORWARD = 3;

export function hungOn(
  attachments: unknown,
  reading: Reading,
  { bot, depth = 0 }: { readonly bot: string; readonly depth?: number },
): HungOn[] {
  return listOf(attachments).flatMap((it) => {
    const one = fieldsOf(it);
    if (!takePart(reading)) return [];
    if (isMessage(one)) return message(one, reading, { bot, depth });
    return isPreview(one) ? [] : [ownPart(one, reading)];
  });
}

const isMessage = (one: Fields): boolean =>
  one['is_share'] === true ||
  one['is_msg_unfurl'] === true ||
  one['is_reply_unfurl'] === true ||
  one['message_blocks'] !== undefined;

/** Slack names the address that it has looked at; what an app hangs on a message has none. */
const isPreview = (one: Fields): boolean =>
  one['is_app_unfurl'] === true ||
  [one['from_url'], one['original_url'], one['app_unfurl_url']].some((url) => textOf(url) !== '');

function message(
  one: Fields,
  reading: Reading,
  { bot, depth }: { readonly bot: string; readonly depth: number },
): HungOn[] {
  // A link to our own message shows what we said; whoever forwards it means it as material.
  if (one['is_share'] !== true && textOf(one['author_id']) === bot) return [];
  if (depth >= DEEPEST_FORWARD) {
    reading.cutOff = true;
    return [];
  }
  const inside = listOf(one['message_blocks']).map((it) => fieldsOf(fieldsOf(it)['message']));
  const blocks = inside.flatMap((it) => listOf(it['blocks']));
  const said: WrittenTwice = {
    text: takeText(one['text'], reading),
    blocks: blocks.length > 0 ? blocks : one['blocks'],
  };
  const more = inside.flatMap((it) =>
    hungOn(it['attachments'], reading, { bot, depth: depth + 1 }),
  );
  const words = joined([written(said, reading), ...more.map((it) => it.words)]);
  const files = [
    ...listOf(one['files']),
    ...inside.flatMap((it) => listOf(it['files'])),
    ...more.flatMap((it) => it.files),
  ];
  const from = origin(one);
  return [
    {
      forwarded: true,
      words: words !== '' && from !== '' ? `${markup(from)}:\n${words}` : words,
      files,
      unread: more.find((it) => it.unread)?.unread,
    },
  ];
}

/** "Bob (#scripts)". Names of direct messages are none. */
function origin(one: Fields): string {
  const author = shownName(textOf(one['author_name']) || textOf(one['author_subname']));
  const channel = textOf(one['channel_name']);
  const isChannel = /^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u.test(channel) && !channel.startsWith('mpdm-');
  if (!isChannel) return author;
  return author === '' ? `#${channel}` : `${author} (#${channel})`;
}

function ownPart(one: Fields, reading: Reading): HungOn {
  const { title, title_link, fields } = one;
  const name = title_link === undefined ? markup(takeText(title, reading)) : titled(one, reading);
  const words = joined([
    takeText(one['pretext'], reading),
    name,
    takeText(one['text'], reading),
    blockWords(one['blocks'], reading),
    ...listOf(fields).map((it) => field(fieldsOf(it), reading)),
  ]);
  const files = listOf(one['files']);
  if (words !== '') return { forwarded: false, words, files, unread: listIn(one) };
  const fallback = takeText(one['fallback'], reading);
  if (fallback !== '' && !/^\[[^\]]{0,80}\]$/.test(fallback)) {
    return { forwarded: false, words: fallback, files, unread: listIn(one) };
  }
  return { forwarded: false, words: '', files, unread: listIn(one) ?? cardIn(one, files) };
}

const titled = ({ title, title_link }: Fields, reading: Reading): string =>
  link({ url: title_link, text: title }, reading);

function field({ title, value }: Fields, reading: Reading): string {
  const [name, words] = [takeText(title, reading), takeText(value, reading)];
  return name === '' || words === '' ? name + words : `${name}: ${words}`;
}

function listIn(one: Fields): UnreadPart | undefined {
  const isList = ['list', 'list_record', 'list_records'].some((name) => one[name] !== undefined);
  const name = shownName(textOf(fieldsOf(one['list'])['title']) || textOf(one['title']));
  return isList ? { kind: 'list', ...(name ? { name } : {}) } : undefined;
}

/** An app's picture, or buttons alone. */
function cardIn(one: Fields, files: readonly unknown[]): UnreadPart | undefined {
  const isEmpty = one['image_url'] === undefined && one['actions'] === undefined;
  if (files.length > 0 || isEmpty) return undefined;
  const name = shownName(textOf(one['author_name']) || textOf(one['service_name']));
  return { kind: 'app-card', ...(name ? { name } : {}) };
}

const joined = (parts: readonly string[]): string =>
  parts.filter((words) => words.trim() !== '').join('\n');
