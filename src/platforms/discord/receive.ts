/** Messages from the gateway (or found later) as the inbox takes them. */

import { ChannelType, MessageReferenceType, MessageType } from 'discord.js';
import type { MessageId } from '../../runtime/ids.ts';
import type { Inbox, IncomingMessage, Revision, ThreadRef } from '../chat.ts';
import { callsOf } from './calls.ts';
import { createContentHint } from './content-hint.ts';
import { messageIdOf, timeOfId } from './custom-ids.ts';
import { messageKey } from './event-keys.ts';
import type { Gateway } from './gateway.ts';
import { materialOf } from './message-text.ts';
import { type EditedMessage, isThreadType, type Message } from './payloads.ts';
import type { Send } from './posting.ts';
import type { Used } from './recent-channels.ts';
import type { Places, ThreadPlace } from './thread-places.ts';

export interface ReceiveDeps {
  readonly gateway: Gateway;
  readonly places: Places;
  readonly used: Used;
  readonly inbox: Inbox;
  readonly send: Send;
}

export interface Receiving {
  /** False for what is certainly none of ours: most of what is said in a busy channel. */
  mayConcern(message: Message): boolean;
  /** True for an edit of a person's, made just now. */
  editMayConcern(message: EditedMessage): boolean;
  /** True for what, if it is for us, is the first message of its thread. */
  beginsThread(message: Message): boolean;
  readonly receive: Receive;
  /** What was on record is changed there; one that calls us from now on is received. */
  readonly revise: (message: EditedMessage) => Promise<void>;
  readonly withdraw: (id: string) => Promise<void>;
}

/** Resolves when the message is on record, or is none of ours. The same message twice does nothing. */
export type Receive = (message: Message) => Promise<void>;

/** Where a message belongs, and whether it follows up there without needing a mention. */
interface Where {
  readonly ref: ThreadRef;
  readonly followUp: boolean;
  /** Made now, by this very message. */
  readonly fresh?: boolean;
  readonly place?: ThreadPlace | undefined;
  /** Our own record says that it answers a message of ours. */
  readonly answersUs?: boolean;
  /** The message under which it was written, where that is somebody else's. */
  readonly under?: MessageId | undefined;
}

export function createReceiving(deps: ReceiveDeps): Receiving {
  const { gateway, places, used, inbox } = deps;

  const hint = createContentHint({ places, send: deps.send, botId: gateway.botId });

  return { mayConcern, editMayConcern, beginsThread, receive, revise, withdraw };

  function mayConcern(message: Message): boolean {
    return isPersons(message) && (!beginsThread(message) || callsUs(message));
  }

  /**
   * Discord tells of an edit with every change to the message, also of a link's preview or a pin. An old one may have
   * left the record, and would begin a second time.
   */
  function editMayConcern(message: EditedMessage): boolean {
    const now = Date.now();
    return (
      isPersons(message) &&
      now - Date.parse(message.edited_timestamp) < FRESH_EDIT_MS &&
      now - timeOfId(message.id) < EDITED_WITHIN_MS
    );
  }

  async function revise(message: EditedMessage): Promise<void> {
    const isOnRecord = await inbox.revise(messageKey(message.id), () => revisionOf(message));
    if (!isOnRecord && mentionsUs(message)) await receive(message);
  }

  function revisionOf(message: EditedMessage): Revision | undefined {
    if (isUnreadable(message)) return undefined;
    const called = callsUs(message) || message.guild_id === undefined;
    return {
      ...materialOf(message, gateway.names(message.guild_id)),
      calls: callsOf(message, called),
    };
  }

  function withdraw(id: string): Promise<void> {
    return inbox.withdraw(messageKey(id));
  }

  function beginsThread({ guild_id: guild, channel_id: channel, ...message }: Message): boolean {
    if (guild === undefined || message.message_reference?.message_id) return false;
    const type = gateway.channelType(channel);
    return type !== undefined && !isThreadType(type);
  }

  async function receive(message: Message): Promise<void> {
    if (!isPersons(message)) return;
    const called = callsUs(message);
    const where = message.guild_id
      ? await inServer(message, message.guild_id, called)
      : inDirect(message);
    if (!where || !(called || where.followUp)) return;
    if (!called && message.guild_id && isAmongPeople(message)) return;
    const incoming = asIncoming(message, where, called);
    if (incoming.calls !== 'others' && isUnreadable(message)) return hint(message.id, where);
    if (where.fresh)
      places.expect(where.ref.thread, incoming.text || (incoming.attachments[0]?.name ?? ''));
    await inbox.receive(incoming, true);
    await used.note(where.ref);
  }

  /** By a mention or by a reply to it; `@everyone` calls nobody in particular. */
  function callsUs(message: Message): boolean {
    return mentionsUs(message) || message.referenced_message?.author.id === gateway.botId();
  }

  /** By its account or by the role that goes with it; other roles that it has been given are groups of people. */
  function mentionsUs({ mentions, mention_roles: roles, guild_id: guild }: Message): boolean {
    const { us, ourRole } = gateway.names(guild);
    return mentions.some(({ id }) => id === us) || roles.some((id) => id === ourRole);
  }

  function inDirect({ channel_id: channel, ...message }: Message): Where {
    const ref: ThreadRef = { platform: 'discord', workspace: 'dm', channel, thread: channel };
    return { ref, followUp: true, under: otherMessage({ channel_id: channel, ...message }) };
  }

  async function inServer(
    message: Message,
    guild: string,
    called: boolean,
  ): Promise<Where | undefined> {
    const { channel_id: channel } = message;
    const type = gateway.channelType(channel);
    if (type !== undefined && !isThreadType(type)) return inChannel(message, guild);
    const place = await places.known(channel);
    if (place) {
      const ref = refOf(guild, place.channel, channel);
      return { ref, followUp: place.own, place, under: otherMessage(message) };
    }
    return called ? inUnknownThread(message, guild) : undefined;
  }

  /** A channel proper: every mention begins a project, but an answer to one of our messages goes on with its own. */
  async function inChannel(message: Message, guild: string): Promise<Where> {
    const { id, channel_id: channel, message_reference: reference } = message;
    const root = reference?.message_id ? await places.repliedIn(reference.message_id) : undefined;
    if (root) return { ref: refOf(guild, channel, root), followUp: true, answersUs: true };
    const ref = refOf(guild, channel, id);
    return { ref, followUp: false, fresh: true, under: otherMessage(message) };
  }

  /** Somebody's thread in which we are called for the first time: its first message is the material. */
  async function inUnknownThread(message: Message, guild: string): Promise<Where> {
    const { channel_id: thread } = message;
    const found = await places.look(thread);
    if (!found) return inChannel(message, guild);
    const inForum = FORUMS.has(gateway.channelType(found.parent) ?? -1);
    // A forum post that begins with calling us is made for us, as is a thread that we opened.
    const own = found.owner === gateway.botId() || (inForum && message.id === thread);
    const place: ThreadPlace = { channel: found.parent, mode: 'thread', own };
    await places.note(thread, place);
    const first = messageIdOf(inForum ? thread : found.parent, thread);
    const under = otherMessage(message) ?? (own ? undefined : first);
    return { ref: refOf(guild, found.parent, thread), followUp: own, place, under };
  }

  function asIncoming(
    message: Message,
    { ref, under, answersUs, fresh }: Where,
    called: boolean,
  ): IncomingMessage {
    const { author, id, channel_id: channel } = message;
    return {
      ...materialOf(message, gateway.names(message.guild_id)),
      key: messageKey(id),
      messageId: messageIdOf(channel, id),
      thread: ref,
      author: { id: author.id, name: author.global_name ?? author.username },
      calls: callsOf(message, called || answersUs === true || ref.workspace === 'dm'),
      ...(under ? { under } : {}),
      // By an edit we may be called into what has become a thread of ours long ago.
      ...(fresh && !('edited_timestamp' in message) ? { first: true } : {}),
      sentAt: timeOfId(id),
    };
  }

  /** The message that this one answers, unless that is one of ours. */
  function otherMessage({
    message_reference: reference,
    referenced_message: answered,
    channel_id,
  }: Message): MessageId | undefined {
    if (!reference?.message_id || reference.type === MessageReferenceType.Forward) return undefined;
    if (answered?.author.id === gateway.botId()) return undefined;
    return messageIdOf(reference.channel_id ?? channel_id, reference.message_id);
  }

  /** What mentions our account, or answers us, comes whole without the intent; a mention of our role does not. */
  function isUnreadable({ guild_id: guild, content, attachments, ...message }: Message): boolean {
    const us = gateway.botId();
    return (
      !gateway.hasContent() &&
      guild !== undefined &&
      content === '' &&
      attachments.length === 0 &&
      !message.mentions.some(({ id }) => id === us) &&
      message.referenced_message?.author.id !== us
    );
  }
}

const refOf = (workspace: string, channel: string, thread: string): ThreadRef => ({
  platform: 'discord',
  workspace,
  channel,
  thread,
});

const isPersons = ({ author, webhook_id: webhook, type }: Message): boolean =>
  !author.bot && !webhook && (type === MessageType.Default || type === MessageType.Reply);

/** A sticker is a gesture, a poll is a question to everybody: in a server they need a mention to be for us. */
const isAmongPeople = ({ content, attachments, ...message }: Message): boolean =>
  content === '' &&
  attachments.length === 0 &&
  !message.message_snapshots?.length &&
  (message.poll != null || message.sticker_items.length > 0);

/** Product and Discord’s clocks may differ by a little; nobody waits longer for the event. */
const FRESH_EDIT_MS = 10 * 60_000;
/** Turns stay on record for longer. */
const EDITED_WITHIN_MS = 86_400_000;

const FORUMS: ReadonlySet<number> = new Set([ChannelType.GuildForum, ChannelType.GuildMedia]);
