/** A Discord message as the text and files that a person sees. Pure. */
import { shownName } from '../../conversation/language/shown-name.ts';
import type { Attachment, Material } from '../chat.ts';
import type { FileLocator } from './file-locator.ts';
import type { Message, SentFile } from './payloads.ts';

/** Without the mention of the bot; other people by name, emoji by their word. */
export function readableText(
  message: Pick<Message, 'content' | 'mentions'>,
  botId: string | undefined,
): string {
  const names = new Map(
    message.mentions.map((user) => [user.id, shownName(user.global_name ?? user.username ?? '')]),
  );
  return message.content
    .replace(/<@!?(\d+)>/g, (whole, id) => {
      if (id === botId) return '';
      const name = names.get(id);
      return name ? `@${name}` : whole;
    })
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .trim();
}

/** Text and files, those of a forwarded message included. */
export function materialOf(message: Message, botId: string | undefined): Material {
  const forwarded = (message.message_snapshots ?? []).map((it) => it.message);
  const texts = [readableText(message, botId), ...forwarded.map((it) => it.content)];
  const files = [message, ...forwarded].flatMap((it) => it.attachments);
  return {
    text: texts.filter((text) => text.trim() !== '').join('\n\n'),
    attachments: files.map((file) => attachmentOf(file, message)),
  };
}

/** `message`: where a fresh link can be had when this one has run out; slash commands have none. */
export function attachmentOf(
  file: SentFile,
  message?: Pick<Message, 'id' | 'channel_id'>,
): Attachment {
  const { url } = file;
  const locator: FileLocator = message
    ? { of: 'message', url, channel: message.channel_id, message: message.id }
    : { of: 'interaction', url };
  return {
    id: file.id,
    name: file.filename,
    bytes: file.size,
    ...(file.content_type ? { mime: file.content_type } : {}),
    locator,
  };
}
