/** Messages of the bot: posting, editing, reading, with Discord's rules about them. */
import { PermissionFlagsBits as Bit } from 'discord.js';
import { type Call, Refusal, type RestParts } from './rest.ts';
import { messagePayload } from './wire.ts';
import {
  type DoubleChannel,
  type DoubleMessage,
  type DoubleUser,
  isThread,
  may,
  type Row,
  timeOfId,
} from './world.ts';

export interface Posting {
  post(channel: DoubleChannel, call: Call): object;
  read(channel: DoubleChannel, id: string): object;
  list(channel: DoubleChannel, query: URLSearchParams): object[];
  edit(channel: DoubleChannel, id: string, body: Record<string, unknown>): object;
  remove(channel: DoubleChannel, id: string): undefined;
  react(channel: DoubleChannel, id: string, emoji: string, on: boolean): undefined;
}

type Parts = Pick<RestParts, 'world' | 'url' | 'linksEnd' | 'elsewhere' | 'blindTo'> & {
  readonly fileLimit: () => number;
  readonly nonceMs: () => number;
  readonly onMessage: (message: DoubleMessage) => void;
  readonly onReaction: (message: DoubleMessage, by: DoubleUser, emoji: string) => void;
};

export function createPosting(parts: Parts): Posting {
  const { world } = parts;
  const payload = (message: DoubleMessage) =>
    messagePayload(parts, message, parts.blindTo(message));

  function needs(channel: DoubleChannel, bit: bigint): void {
    if (!may(world, channel, bit)) throw new Refusal(403, 50_013, 'Missing Permissions');
  }

  function find(channel: DoubleChannel, id: string): DoubleMessage {
    const message = world.messages.get(id);
    if (!message || message.channel !== channel.id || message.deleted)
      throw new Refusal(404, 10_008, 'Unknown Message');
    return message;
  }

  /** Discord knows the nonces of the last minutes; nothing but a post that asks for it (`enforce_nonce`) is held to them. */
  function remembered(channel: DoubleChannel, nonce: string | undefined) {
    const now = Date.now();
    return [...world.messages.values()].find(
      (m) =>
        nonce !== undefined &&
        m.nonce === nonce &&
        m.author.id === world.bot.id &&
        m.channel === channel.id &&
        now - timeOfId(m.id) < parts.nonceMs(),
    );
  }

  return {
    post(channel, { body, files }) {
      if (channel.type === 15)
        throw new Refusal(400, 50_008, 'Cannot send messages in a non-text channel');
      if (channel.closed) throw new Refusal(403, 50_007, 'Cannot send messages to this user');
      if (channel.locked && channel.archived) throw new Refusal(400, 50_083, 'Thread is archived');
      needs(channel, isThread(channel) ? Bit.SendMessagesInThreads : Bit.SendMessages);
      if (files.length > 0) needs(channel, Bit.AttachFiles);
      if (files.some(({ bytes }) => bytes.length > parts.fileLimit()))
        throw new Refusal(413, 40_005, 'Request entity too large');
      const content = String(body['content'] ?? '');
      checkForm(content, body, files.length);
      const nonce = typeof body['nonce'] === 'string' ? body['nonce'] : undefined;
      const earlier = body['enforce_nonce'] === true ? remembered(channel, nonce) : undefined;
      if (earlier) return payload(earlier);
      channel.archived = false;
      const reference = body['message_reference'] as { message_id?: string } | undefined;
      const message: DoubleMessage = {
        id: world.nextId(),
        channel: channel.id,
        author: world.bot,
        content: content.trim(),
        versions: [content.trim()],
        components: (body['components'] ?? []) as Row[],
        files: files.map(({ name, type, bytes, alt }) => ({
          id: world.nextId(),
          filename: name,
          bytes,
          alt,
          contentType: type,
          hiccups: [],
          cutAt: [],
        })),
        body: {},
        editedAt: undefined,
        replyTo: reference?.message_id,
        notified: notified(content, body),
        nonce,
        deleted: false,
        reactions: new Set(),
      };
      parts.onMessage(message);
      return payload(message);
    },
    read: (channel, id) => payload(find(channel, id)),
    list(channel, query) {
      const after = BigInt(query.get('after') ?? '0');
      const all = [...world.messages.values()].filter(
        (m) => m.channel === channel.id && !m.deleted && !m.privateTo,
      );
      const later = all.filter((m) => BigInt(m.id) > after);
      const limit = Number(query.get('limit') ?? 50);
      const picked = query.has('after') ? later.slice(0, limit) : later.slice(-limit);
      // Newest first, and without the server's id, as Discord gives them.
      return picked.toReversed().map((m) => ({ ...payload(m), guild_id: undefined }));
    },
    edit(channel, id, body) {
      const message = find(channel, id);
      if (channel.archived) throw new Refusal(400, 50_083, 'Thread is archived');
      if (message.author.id !== world.bot.id)
        throw new Refusal(403, 50_005, 'Cannot edit a message authored by another user');
      const content = String(body['content'] ?? message.content);
      checkForm(content, body, message.files.length);
      message.content = content.trim();
      message.versions.push(message.content);
      message.editedAt = new Date().toISOString();
      message.components = (body['components'] ?? message.components) as Row[];
      return payload(message);
    },
    remove(channel, id) {
      find(channel, id).deleted = true;
      return undefined;
    },
    react(channel, id, emoji, on) {
      needs(channel, Bit.AddReactions);
      const message = find(channel, id);
      if (on) message.reactions.add(emoji);
      else message.reactions.delete(emoji);
      if (on) parts.onReaction(message, world.bot, emoji);
      return undefined;
    },
  };
}

/** The rules of a message's form; what breaks them is refused, as by Discord. */
export function checkForm(content: string, body: Record<string, unknown>, files: number): void {
  const invalid = (what: string) => new Refusal(400, 50_035, `Invalid Form Body: ${what}`);
  if (content.length > 2000) throw invalid('content is over 2000 characters');
  if (content.trim() === '' && files === 0)
    throw new Refusal(400, 50_006, 'Cannot send an empty message');
  const nonce = body['nonce'];
  if (typeof nonce === 'string' && nonce.length > 25) throw invalid('nonce is over 25 characters');
  const rows = (body['components'] ?? []) as Row[];
  if (rows.length > 5) throw invalid('more than five rows');
  const ids = rows.flatMap((row) => row.components.flatMap(({ custom_id: id }) => id ?? []));
  if (new Set(ids).size < ids.length) throw invalid('a custom id occurs twice');
  if (ids.some((id) => id.length > 100)) throw invalid('a custom id is over 100 characters');
  for (const row of rows) {
    if (row.components.length < 1 || row.components.length > 5)
      throw invalid('a row has one to five buttons');
    if (row.components.some(({ label }) => label.length < 1 || label.length > 80))
      throw invalid('a label is too long');
  }
}

/** Whom a message of ours really notifies: those who are mentioned and allowed. */
export function notified(content: string, body: Record<string, unknown>): string[] {
  const allowed = body['allowed_mentions'] as { parse?: string[]; users?: string[] } | undefined;
  const mentioned = [...content.matchAll(/<@!?(\d+)>/g)].flatMap(([, id]) => id ?? []);
  if (!allowed || allowed.parse?.includes('users')) return mentioned;
  return mentioned.filter((id) => allowed.users?.includes(id));
}
