/** What is read of Slack's events and messages; everything else in them is left alone. */
import { z } from 'zod';
import type { Attachment, Material } from '../chat.ts';
import type { FileLocator } from './file-locator.ts';
import { type Names, unescapeText } from './message-text.ts';

export const slackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  filetype: z.string().nullish(),
  is_external: z.boolean().nullish(),
  file_access: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.infer<typeof slackFile>;

export const slackMessage = z.object({
  ts: z.string(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  parent_user_id: z.string().optional(),
  files: z.array(slackFile).nullish(),
});
export type SlackMessage = z.infer<typeof slackMessage>;

const event = slackMessage.extend({
  type: z.enum(['message', 'app_mention']),
  channel: z.string(),
  channel_type: z.string().optional(),
});
export type MessageEvent = z.infer<typeof event>;

const authorization = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  user_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

/** The envelope says for whom the event is; with Slack Connect that is not the author's workspace. */
const envelope = z.object({
  type: z.literal('event_callback'),
  team_id: z.string().nullish(),
  context_team_id: z.string().nullish(),
  authorizations: z.array(authorization).nullish(),
});
export type Envelope = z.infer<typeof envelope>;

const messageEnvelope = envelope.extend({ event });
export type MessageEnvelope = z.infer<typeof messageEnvelope>;

/** Undefined for anything but a message or a mention. */
export function readMessageEnvelope(body: unknown): MessageEnvelope | undefined {
  const result = messageEnvelope.safeParse(body);
  return result.success ? result.data : undefined;
}

/** Subtypes that are still somebody's own words. */
const SPOKEN: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'thread_broadcast',
]);

/** Written by a person: not by a bot, not by us, no edit, join or other notice. */
export const isSpoken = (
  message: SlackMessage,
  bot: string,
): message is SlackMessage & { user: string } =>
  SPOKEN.has(message.subtype) &&
  !message.bot_id &&
  message.user !== undefined &&
  message.user !== bot &&
  message.user !== 'USLACKBOT';

export const materialOf = (message: SlackMessage, names: Names): Material => ({
  text: unescapeText(message.text ?? '', names),
  attachments: (message.files ?? []).map(attachmentOf),
});

/**
 * The locator says why a file cannot be had, where its event says so already. Such files come
 * without a name and kind; they are passed on as text, so that they are opened, and opening them
 * gives the true reason instead of "unknown kind".
 */
export function attachmentOf(file: SlackFile): Attachment {
  const locator = locatorOf(file);
  const isHere = locator.standing === 'here';
  const mime = isHere ? file.mimetype : (file.mimetype ?? 'text/plain');
  return {
    id: file.id,
    name: nameOf(file),
    ...(typeof file.size === 'number' && (file.size > 0 || isHere) ? { bytes: file.size } : {}),
    ...(mime ? { mime } : {}),
    locator,
  };
}

function locatorOf(sent: SlackFile): FileLocator {
  const { id: file, mode, file_access: access } = sent;
  if (mode === 'tombstone' || access === 'file_not_found') return { standing: 'deleted', file };
  if (mode === 'hidden_by_limit') return { standing: 'hidden', file };
  if (sent.is_external || mode === 'external') return { standing: 'external', file };
  const url = sent.url_private_download ?? sent.url_private;
  return url && access !== 'check_file_info'
    ? { standing: 'here', file, url }
    : { standing: 'stub', file };
}

/** A snippet or a post is text, whatever its title; without an ending it would not be known as such. */
function nameOf(file: SlackFile): string {
  const name = file.name ?? file.title ?? 'file';
  const isText = file.mode === 'snippet' || file.mode === 'post' || file.mode === 'space';
  return isText && !/\.[a-z0-9]{1,8}$/i.test(name) ? `${name}.txt` : name;
}
