/** What of Discord's payloads is used, checked on the way in. Everything else is left alone. */
import { ChannelType } from 'discord.js';
import { z } from 'zod';

const id = z.string().regex(/^\d{1,20}$/);

const userShape = z.object({
  id,
  username: z.string().optional(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
export type User = z.infer<typeof userShape>;

const attachmentShape = z.object({
  id,
  filename: z.string(),
  size: z.number(),
  url: z.string(),
  content_type: z.string().nullish(),
  /** The name as it was, where `filename` had to lose letters of it. */
  title: z.string().nullish(),
});
export type SentFile = z.infer<typeof attachmentShape>;

const text = z.string().nullish();

const embedShape = z.object({
  /** Absent in old ones: `rich`. */
  type: text,
  title: text,
  description: text,
  url: text,
  author: z.object({ name: text }).nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
export type Embed = z.infer<typeof embedShape>;

const pollMediaShape = z.object({
  text,
  emoji: z.object({ id: id.nullish(), name: text }).nullish(),
});
export type PollMedia = z.infer<typeof pollMediaShape>;

const pollShape = z.object({
  question: pollMediaShape,
  answers: z.array(z.object({ poll_media: pollMediaShape })),
});
export type Poll = z.infer<typeof pollShape>;

/** Of `flags`. */
export const MessageFlag = { voice: 1 << 13 } as const;

/** What a forward has of its message, too. An ornament in a form that nobody knows must not cost the words. */
const bodyShape = z.object({
  content: z.string().default(''),
  attachments: z.array(attachmentShape).default([]),
  mentions: z.array(userShape).default([]),
  flags: z.number().default(0),
  embeds: z.array(embedShape).catch([]),
  components: z.array(z.unknown()).nullish(),
  sticker_items: z.array(z.object({ name: z.string() })).catch([]),
  poll: pollShape.nullish().catch(undefined),
});
export type MessageBody = z.infer<typeof bodyShape>;

export const messageShape = bodyShape.extend({
  id,
  channel_id: id,
  guild_id: id.optional(),
  type: z.number().default(0),
  author: userShape,
  webhook_id: id.nullish(),
  mention_roles: z.array(id).default([]),
  /** `type` 1 is a forward: what was forwarded is in the snapshots. */
  message_reference: z
    .object({ message_id: id.nullish(), channel_id: id.nullish(), type: z.number().nullish() })
    .nullish(),
  message_snapshots: z.array(z.object({ message: bodyShape })).nullish(),
  referenced_message: z.object({ id, author: userShape }).nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
});
export type Message = z.infer<typeof messageShape>;

/** An update that says who wrote the message, and when it was edited; some tell of a link's preview alone. */
export const editShape = messageShape.extend({
  edited_timestamp: z.iso.datetime({ offset: true }),
});
export type EditedMessage = z.infer<typeof editShape>;

/** All that is said of messages that are gone. */
export const deletedShape = z.object({ id, channel_id: id });
export const deletedTogetherShape = z.object({ ids: z.array(id), channel_id: id });

/** Seen by those alone who were added to it. */
export const PRIVATE_THREAD = ChannelType.PrivateThread;

/** The part of a channel by which its kind of place is known. */
export const channelShape = z.object({
  id,
  type: z.number(),
  guild_id: id.nullish(),
  parent_id: id.nullish(),
  owner_id: id.nullish(),
});
export type Channel = z.infer<typeof channelShape>;

const THREADS: ReadonlySet<number> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);
export const isThreadType = (type: number): boolean => THREADS.has(type);

export const threadShape = z.object({
  id,
  name: z.string().nullish(),
  parent_id: id.nullish(),
  owner_id: id.nullish(),
  last_message_id: id.nullish(),
});
export type SentThread = z.infer<typeof threadShape>;
export const threadListShape = z.object({ threads: z.array(threadShape) });

/** A channel proper of a server. */
const guildChannelShape = z.object({
  id,
  type: z.number(),
  /** In a forum: its newest post. */
  last_message_id: id.nullish(),
});

export const guildCreateShape = z.object({
  id,
  unavailable: z.boolean().optional(),
  channels: z.array(guildChannelShape).default([]),
  threads: z.array(threadShape).default([]),
  /** When it has taken us in. */
  joined_at: z.string().nullish().catch(undefined),
  /** Where it wants to read of such things. */
  system_channel_id: id.nullish().catch(undefined),
  preferred_locale: z.string().nullish().catch(undefined),
});
export type GuildArrival = z.infer<typeof guildCreateShape>;

export const reactionShape = z.object({
  user_id: id,
  channel_id: id,
  message_id: id,
  guild_id: id.optional(),
  /** In servers. */
  member: z.object({ user: userShape }).optional(),
  message_author_id: id.optional(),
  /** One of a server's own has an id, and a name that somebody gave it. */
  emoji: z.object({ id: id.nullish(), name: z.string().nullish() }),
});
export type SentReaction = z.infer<typeof reactionShape>;

export const guildDeleteShape = z.object({ id, unavailable: z.boolean().optional() });
export const readyShape = z.object({ guilds: z.array(z.object({ id })) });

const optionShape = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});

/** A modal's fields come inside labels. */
const fieldShape = z.object({
  component: z
    .object({
      custom_id: z.string(),
      value: z.union([z.string(), z.boolean()]).optional(),
      values: z.array(z.string()).optional(),
    })
    .optional(),
});

export const interactionShape = z.object({
  id,
  application_id: id,
  type: z.number(),
  token: z.string(),
  guild_id: id.nullish(),
  /** 0 in a server, 1 in our direct messages, 2 in those of others. */
  context: z.number().nullish(),
  channel: channelShape.optional(),
  /** The message that a pressed button is under. */
  message: z.object({ id }).optional(),
  member: z.object({ user: userShape, permissions: z.string().default('0') }).optional(),
  user: userShape.optional(),
  locale: z.string().optional(),
  /** What the bot may do in the channel; absent where it is not a member of the server. */
  app_permissions: z.string().optional(),
  attachment_size_limit: z.number().optional(),
  authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
  data: z
    .object({
      name: z.string().optional(),
      type: z.number().optional(),
      options: z.array(optionShape).optional(),
      target_id: id.optional(),
      custom_id: z.string().optional(),
      components: z.array(fieldShape).optional(),
      resolved: z
        .object({
          attachments: z.record(z.string(), attachmentShape).optional(),
          messages: z.record(z.string(), messageShape).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type InteractionPayload = z.infer<typeof interactionShape>;

export const idShape = z.object({ id });
export const messagesShape = z.array(messageShape);
