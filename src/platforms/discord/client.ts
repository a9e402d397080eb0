/** discord.js as we need it: a gateway that keeps almost nothing. */
import { Client, Events, GatewayIntentBits, Options, type ThreadChannel } from 'discord.js';
import { restOptions } from './api-calls.ts';
import type { DiscordSettings } from './settings.ts';
import type { Transport } from './transport.ts';

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];
const INTENTS_OF_REACTIONS = [
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
];

const NOTHING = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
};

/** As it came by the gateway: its type, and what it tells. */
interface Packet {
  t: string;
  readonly d: unknown;
}

/**
 * What is given to those who listen to `client.ws`, and to them alone: of each message the client would make objects of
 * its own, which nobody asks for, and which cost as much as reading it does.
 */
const READ_AS_IT_COMES: ReadonlySet<string> = new Set([
  'MESSAGE_CREATE',
  'MESSAGE_UPDATE',
  'MESSAGE_DELETE',
  'MESSAGE_DELETE_BULK',
  'MESSAGE_REACTION_ADD',
  'MESSAGE_REACTION_REMOVE',
  'INTERACTION_CREATE',
]);
/** In the place of a type: the client knows none like it, and passes over it. */
const TAKEN = 'TAKEN';

/** Real milliseconds for calls of the client itself (the gateway's address). */
const CALL_MS = 20_000;
/** A server that is out must not hold up the start for long. */
const GUILDS_MS = 5_000;

export function createClient(
  settings: DiscordSettings,
  transport: Transport,
  messageContent: boolean,
): Client {
  const { shards, apiUrl } = settings;
  const client: Client = new Client({
    intents: [
      ...INTENTS,
      ...(settings.reactions.length > 0 ? INTENTS_OF_REACTIONS : []),
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    allowedMentions: { parse: [], repliedUser: false },
    ...(shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count }),
    waitGuildTimeout: GUILDS_MS,
    rest: restOptions(apiUrl, CALL_MS, transport),
    makeCache: Options.cacheWithLimits({
      ...NOTHING,
      // Our own membership tells what we may do where.
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === client.user?.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === client.user?.id },
    }),
  });
  client.on(Events.Raw, (packet: Packet) => {
    if (!READ_AS_IT_COMES.has(packet.t)) return;
    client.ws.emit(packet.t, packet.d);
    packet.t = TAKEN;
  });
  // Channels are kept, or permissions could not be told; the threads among them are 4 KB each, for ever.
  client.on(Events.ThreadCreate, forgetThread);
  client.on(Events.ThreadUpdate, (_, thread) => forgetThread(thread));
  client.on(Events.ThreadListSync, (threads) => threads.forEach(forgetThread));
  return client;
}

function forgetThread(thread: ThreadChannel): void {
  thread.client.channels.cache.delete(thread.id);
  thread.guild.channels.cache.delete(thread.id);
}

/** Threads that came with a server. */
export function forgetThreadsOf(client: Client, ids: readonly string[]): void {
  for (const id of ids) {
    const channel = client.channels.cache.get(id);
    if (channel?.isThread()) forgetThread(channel);
  }
}
