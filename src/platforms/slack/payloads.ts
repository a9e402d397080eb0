/** What is read of Slack's events and messages; everything else in them is left alone. */
import { z } from 'zod';
import type { Attachment } from '../chat.ts';
import { voiceOf, wordsLater } from './clip-words.ts';
import {
  addressOf,
  bytesOf,
  isAudioClip,
  mimeOf,
  nameOf,
  serviceOf,
  standingOf,
} from './file-kind.ts';
import type { FileLocator } from './file-locator.ts';

/** What Slack adds to it in another form than expected is not there; only its id has to be. */
const told = <T extends z.ZodType>(type: T) => type.nullish().catch(undefined);

export const slackFile = z.object({
  id: z.string(),
  name: told(z.string()),
  title: told(z.string()),
  mimetype: told(z.string()),
  size: told(z.number()),
  mode: told(z.string()),
  filetype: told(z.string()),
  subtype: told(z.string()),
  is_external: told(z.boolean()),
  external_type: told(z.string()),
  external_url: told(z.string()),
  file_access: told(z.string()),
  url_private: told(z.string()),
  url_private_download: told(z.string()),
  /** Of an email. */
  subject: told(z.string()),
  from: told(z.array(z.object({ original: told(z.string()), address: told(z.string()) }))),
  plain_text: told(z.string()),
  preview_plain_text: told(z.string()),
  /** Of a list. */
  list_csv_download_url: told(z.string()),
  /** Of a recorded clip: what Slack has understood of it, and the address of the whole. */
  transcription: told(
    z.object({
      status: told(z.string()),
      preview: told(z.object({ content: told(z.string()), has_more: told(z.boolean()) })),
    }),
  ),
  vtt: told(z.string()),
  /** The same as MP4, of a clip of sound. */
  aac: told(z.string()),
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
  files: told(z.array(z.unknown())),
  blocks: told(z.array(z.unknown())),
  attachments: told(z.array(z.unknown())),
});
export type SlackMessage = z.infer<typeof slackMessage>;

const event = slackMessage.extend({
  type: z.enum(['message', 'app_mention']),
  channel: z.string(),
  channel_type: z.string().optional(),
  /** Of a mention that came with an edit. */
  edited: z.unknown().optional(),
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

/** What Slack tells of a message afterwards; `ts` of the event itself is that of the notice. */
const change = z.discriminatedUnion('subtype', [
  z.object({
    type: z.literal('message'),
    subtype: z.literal('message_changed'),
    channel: z.string(),
    channel_type: z.string().optional(),
    message: slackMessage,
    previous_message: told(slackMessage),
  }),
  z.object({
    type: z.literal('message'),
    subtype: z.literal('message_deleted'),
    channel: z.string(),
    deleted_ts: z.string(),
  }),
]);
export type ChangeEvent = z.infer<typeof change>;

const changeEnvelope = envelope.extend({ event: change });
export type ChangeEnvelope = z.infer<typeof changeEnvelope>;

/** Undefined for anything but an edit or a deletion. */
export function readChangeEnvelope(body: unknown): ChangeEnvelope | undefined {
  const result = changeEnvelope.safeParse(body);
  return result.success ? result.data : undefined;
}

/** What stands in the place of a message that was deleted and has answers. */
export const isTombstone = ({ subtype }: SlackMessage): boolean => subtype === 'tombstone';

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

/** The locator says how a file can be had, or why it cannot be, where its event says so already. */
export function attachmentOf(file: SlackFile): Attachment {
  const mime = mimeOf(file);
  const bytes = bytesOf(file);
  return {
    id: file.id,
    name: nameOf(file),
    ...(typeof bytes === 'number' ? { bytes } : {}),
    ...(mime ? { mime } : {}),
    locator: locatorOf(file),
    ...(isAudioClip(file) ? { voice: voiceOf(file) } : {}),
  };
}

function locatorOf(sent: SlackFile): FileLocator {
  const { id: file } = sent;
  const standing = standingOf(sent);
  const told = wordsLater(sent);
  const words = told ? { words: told } : {};
  switch (standing) {
    case 'here':
    case 'page':
    case 'email': {
      const url = addressOf(sent);
      return url ? { standing, file, url, ...words } : { standing: 'stub', file, ...words };
    }
    case 'stub':
      return { standing, file, ...words };
    case 'external': {
      const service = serviceOf(sent);
      return { standing, file, ...(service ? { service } : {}) };
    }
    case 'deleted':
    case 'hidden':
      return { standing, file };
  }
}
