/** The double's things as Discord's payloads. */
import {
  type Body,
  type DoubleChannel,
  type DoubleFile,
  type DoubleMessage,
  type DoubleRole,
  type DoubleUser,
  isThread,
  type Snapshot,
  type World,
} from './world.ts';

/** Signed links to files end after this many milliseconds. */
export const LINK_MS = 86_400_000;

export interface View {
  readonly world: World;
  /** Where the double serves its files. */
  readonly url: string;
  /** Links given out now end at this moment, epoch milliseconds. */
  readonly linksEnd: () => number;
  /** What attachments claim to lie at, in place of the double's own address. */
  readonly elsewhere: () => string | undefined;
}

export const userPayload = ({ id, username, global_name, bot }: DoubleUser): object => ({
  id,
  username,
  global_name,
  bot,
  discriminator: '0',
  avatar: null,
});

export function filePayload(view: View, channel: string, file: DoubleFile): object {
  const ex = Math.floor(view.linksEnd() / 1000).toString(16);
  const name = encodeURIComponent(file.filename);
  const own = `${view.url}/attachments/${channel}/${file.id}/${name}?ex=${ex}&is=0&hm=0`;
  const url = view.elsewhere() ?? own;
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url,
    proxy_url: url,
    ...(file.contentType ? { content_type: file.contentType } : {}),
    ...(file.title === undefined ? {} : { title: file.title }),
    ...(file.seconds === undefined
      ? {}
      : { duration_secs: file.seconds, waveform: 'AAAQIDBAUGBwgJCgsMDQ4PA=' }),
  };
}

const stickersOf = ({ stickers }: Body) => (stickers ? { sticker_items: stickers } : {});
const mentionsIn = ({ users }: World, content: string): object[] =>
  [...content.matchAll(/<@!?(\d+)>/g)].flatMap(([, id]) => {
    const user = users.get(id ?? '');
    return user ? [userPayload(user)] : [];
  });
const rolesIn = ({ roles }: World, content: string): string[] =>
  [...content.matchAll(/<@&(\d+)>/g)].flatMap(([, id]) =>
    roles.some((role) => role.id === id) ? [id ?? ''] : [],
  );

/** A forward carries what its message held, and nobody's name: the fields that the documentation lists, no others. */
function snapshotPayload(view: View, message: DoubleMessage, blind: boolean): object {
  const { content, files = [], ...body }: Snapshot = message.forwarded ?? { content: '' };
  const at = new Date(0).toISOString();
  return {
    message: {
      type: 0,
      content: blind ? '' : content,
      embeds: blind ? [] : (body.embeds ?? []),
      attachments: blind ? [] : files.map((file) => filePayload(view, message.channel, file)),
      timestamp: at,
      edited_timestamp: null,
      flags: body.flags ?? 0,
      mentions: mentionsIn(view.world, content),
      mention_roles: rolesIn(view.world, content),
      components: blind ? [] : (body.displays ?? []),
      ...stickersOf(body),
    },
  };
}

const HAS_SNAPSHOT = 1 << 14;

/** `blind`: without what the Message Content intent is needed for. */
export function messagePayload(view: View, message: DoubleMessage, blind: boolean): object {
  const { world } = view;
  const channel = world.channels.get(message.channel);
  const mentions = mentionsIn(world, message.content);
  const { body } = message;
  const answered = message.replyTo ? world.messages.get(message.replyTo) : undefined;
  // A reply notifies the one who is answered, and that makes them one of the mentioned.
  const pinged = answered && !message.author.bot ? [userPayload(answered.author)] : [];
  return {
    id: message.id,
    channel_id: message.channel,
    ...(channel?.guild ? { guild_id: channel.guild } : {}),
    author: userPayload(message.author),
    content: blind ? '' : message.content,
    attachments: blind ? [] : message.files.map((file) => filePayload(view, message.channel, file)),
    embeds: blind ? [] : (body.embeds ?? []),
    components: blind ? [] : [...(body.displays ?? []), ...message.components],
    ...(body.poll && !blind ? { poll: body.poll } : {}),
    ...stickersOf(body),
    flags: (body.flags ?? 0) | (message.forwarded ? HAS_SNAPSHOT : 0),
    ...(message.webhook ? { webhook_id: message.webhook } : {}),
    mentions: [...mentions, ...pinged],
    mention_roles: rolesIn(world, message.content),
    mention_everyone: /@everyone/.test(message.content),
    pinned: false,
    tts: false,
    type: message.replyTo ? 19 : 0,
    timestamp: new Date().toISOString(),
    edited_timestamp: message.editedAt ?? null,
    ...(message.forwarded
      ? {
          message_reference: { type: 1, message_id: '1', channel_id: '1' },
          message_snapshots: [snapshotPayload(view, message, blind)],
        }
      : {}),
    ...(message.replyTo
      ? {
          message_reference: { type: 0, message_id: message.replyTo, channel_id: message.channel },
          referenced_message:
            answered && !answered.deleted
              ? messagePayload(view, { ...answered, replyTo: undefined }, false)
              : null,
        }
      : {}),
  };
}

const VIEW_CHANNEL = 1024n;
const READ_MESSAGE_HISTORY = 1n << 16n;
const overwrite = (id: string, type: 0 | 1, deny: bigint) => ({
  id,
  type,
  allow: '0',
  deny: deny.toString(),
});

export const memberPayload = (user: DoubleUser): object => ({
  user: userPayload(user),
  roles: [],
  joined_at: new Date(0).toISOString(),
  deaf: false,
  mute: false,
  flags: 0,
});

export function channelPayload(channel: DoubleChannel): object {
  return {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    ...(channel.guild ? { guild_id: channel.guild } : {}),
    ...(channel.parent ? { parent_id: channel.parent } : {}),
    ...(channel.owner ? { owner_id: channel.owner } : {}),
    permission_overwrites: channel.guild
      ? [
          ...(channel.denied === 0n ? [] : [overwrite(channel.guild, 0, channel.denied)]),
          ...[...channel.hiddenFrom].map((person) => overwrite(person, 1, VIEW_CHANNEL)),
          ...[...channel.withoutHistory].map((person) =>
            overwrite(person, 1, READ_MESSAGE_HISTORY),
          ),
        ]
      : [],
  };
}

/** GUILD_FORUM and GUILD_MEDIA: what is last in them is a post, and not a message. */
const OF_POSTS: ReadonlySet<number> = new Set([15, 16]);

function withLast(world: World, channel: DoubleChannel): object {
  const last = OF_POSTS.has(channel.type)
    ? [...world.channels.values()].findLast(({ parent }) => parent === channel.id)
    : [...world.messages.values()].findLast((m) => m.channel === channel.id && !m.privateTo);
  return { ...channelPayload(channel), last_message_id: last?.id ?? null };
}

export function threadPayload(world: World, thread: DoubleChannel): object {
  return {
    ...withLast(world, thread),
    member_count: 1,
    message_count: 0,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: 1440,
      archive_timestamp: new Date().toISOString(),
    },
  };
}

export const rolePayload = ({ bot }: World, role: DoubleRole): object => ({
  id: role.id,
  name: role.name,
  permissions: '0',
  position: 1,
  color: 0,
  hoist: false,
  managed: role.ofBot,
  mentionable: false,
  flags: 0,
  ...(role.ofBot ? { tags: { bot_id: bot.id } } : {}),
});

export function guildPayload(world: World, guild: World['guild'] = world.guild) {
  const { bot } = world;
  const all = [...world.channels.values()].filter((channel) => channel.guild === guild.id);
  const threads = all.filter((channel) => isThread(channel) && !channel.archived);
  return {
    id: guild.id,
    name: guild.name,
    unavailable: false,
    premium_tier: guild.premiumTier,
    owner_id: '1',
    preferred_locale: guild.locale ?? 'en-US',
    joined_at: new Date(guild.joinedAt ?? 0).toISOString(),
    system_channel_id: guild.systemChannel ?? null,
    member_count: world.users.size,
    large: false,
    features: [],
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        permissions: world.granted.toString(),
        position: 0,
        color: 0,
        hoist: false,
        managed: false,
        mentionable: false,
      },
      ...(guild === world.guild ? world.roles : []).map((role) => rolePayload(world, role)),
    ],
    members: [memberPayload(bot)],
    channels: all
      .filter((channel) => !isThread(channel))
      .map((channel) => withLast(world, channel)),
    threads: threads.map((thread) => threadPayload(world, thread)),
  };
}

/** GATEWAY_MESSAGE_CONTENT_LIMITED: that of an app in fewer than a hundred servers. */
const MESSAGE_CONTENT = 1 << 19;

export const applicationPayload = ({ bot, app }: World, content: boolean): object => ({
  id: bot.id,
  name: bot.username,
  icon: null,
  bot_public: true,
  bot_require_code_grant: app.codeGrant,
  interactions_endpoint_url: app.interactionsUrl,
  integration_types_config: app.installs,
  description: app.description,
  tags: app.tags,
  flags: content ? MESSAGE_CONTENT : 0,
  bot: userPayload(bot),
});
