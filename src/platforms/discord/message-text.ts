/** The one reader of Discord's messages: what a person sees of one, as words and files. Pure. */
import { extname } from 'node:path';
import type { Attachment, Material, ReadMessage, UnreadPart } from '../chat.ts';
import type { FileLocator } from './file-locator.ts';
import { partsOf } from './message-parts.ts';
import { type KnownNames, wordsOfTokens } from './message-tokens.ts';
import { type Message, type MessageBody, MessageFlag, type SentFile } from './payloads.ts';

/**
 * Of one message, and as much again of all its forwards together. Discord's own limits (4,000 of text, 6,000 of embeds, 4,000 of components, a
 * poll) stay far below; this holds for whoever stands between.
 */
const MOST_CHARACTERS = 60_000;

/** Discord allows one and three. */
const MOST_FORWARDS = 10;
const MOST_STICKERS = 10;

/** What was typed, without the mention of the bot; other people by name, and so on. */
export const readableText = (
  { content, mentions }: Pick<Message, 'content' | 'mentions'>,
  names: KnownNames,
): string => wordsOfTokens(content.slice(0, MOST_CHARACTERS), mentions, names).trim();

/** Words, files and what cannot be read of a message; apart from them those of what was forwarded with it, which nobody says here. */
export function materialOf(message: Message, names: KnownNames): ReadMessage {
  const byApp = message.author.bot === true || message.webhook_id != null;
  const forwarded = (message.message_snapshots ?? [])
    .slice(0, MOST_FORWARDS)
    .map((it) => it.message);
  const own = materialIn([message], wordsOf(message, names, byApp), message);
  if (forwarded.length === 0) return own;
  const texts = forwarded.flatMap((body) => wordsOf(body, names, undefined));
  return { ...own, quoted: materialIn(forwarded, texts, message) };
}

function materialIn(
  bodies: readonly MessageBody[],
  texts: readonly string[],
  message: Message,
): Material {
  const unread = bodies.flatMap(({ sticker_items: stickers }) =>
    stickers.slice(0, MOST_STICKERS).map(({ name }): UnreadPart => ({ kind: 'other', name })),
  );
  return {
    text: texts.join('\n\n').slice(0, MOST_CHARACTERS).toWellFormed(),
    attachments: bodies.flatMap((body) =>
      body.attachments.map((file) => attachmentOf(file, message, isVoice(body))),
    ),
    ...(unread.length > 0 ? { unread } : {}),
  };
}

function wordsOf(body: MessageBody, names: KnownNames, byApp: boolean | undefined): string[] {
  const parts = partsOf(body, byApp).map((part) =>
    wordsOfTokens(part.slice(0, MOST_CHARACTERS), body.mentions, names).trim(),
  );
  return [readableText(body, names), ...parts].filter((text) => text !== '');
}

const isVoice = ({ flags }: MessageBody): boolean => (flags & MessageFlag.voice) !== 0;

/** `message`: where a fresh link can be had when this one has run out; slash commands have none. */
export function attachmentOf(
  file: SentFile,
  message?: Pick<Message, 'id' | 'channel_id'>,
  voice = false,
): Attachment {
  const { url } = file;
  const locator: FileLocator = message
    ? { of: 'message', url, channel: message.channel_id, message: message.id }
    : { of: 'interaction', url };
  return {
    id: file.id,
    name: nameOf(file),
    bytes: file.size,
    ...(file.content_type ? { mime: file.content_type } : {}),
    ...(voice ? { voice: {} } : {}),
    locator,
  };
}

/** A name in other scripts is kept as the title, mostly without its ending; the file's is what ASCII leaves of it. */
function nameOf({ filename, title }: SentFile): string {
  if (!title?.trim()) return filename;
  const ending = extname(filename);
  return title.toLowerCase().endsWith(ending.toLowerCase()) ? title : title + ending;
}
