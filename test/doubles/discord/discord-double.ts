// Over 250 lines: one part of a whole service; its parts share one state.
/**
 * A Discord on loopback: REST, gateway and file host on one port, no time of its own. The real
 * discord.js talks to it; tests play the people.
 *
 *     const discord = await startDiscordDouble();
 *     const message = discord.write(discord.general, discord.alice, `<@${discord.bot.id}> a film`);
 *     await discord.until(() => discord.said(message.id).some((m) => /Done/.test(m.content)));
 *     discord.failNext('POST /channels/\\d+/messages', { status: 500, apply: true });   // a lost answer
 *     discord.gateway.drop({ forget: true });                                           // events get lost
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Gate, openGate } from '../gate.ts';
import { createGateway, Intent } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { createPosting } from './posting.ts';
import { type Bucket, type Call, createRest, type Fault, type RestParts } from './rest.ts';
import {
  channelPayload,
  guildPayload,
  LINK_MS,
  messagePayload,
  rolePayload,
  threadPayload,
  userPayload,
  type View,
} from './wire.ts';
import {
  addChannel,
  addUser,
  type Body,
  createWorld,
  type DoubleChannel,
  type DoubleFile,
  type DoubleMessage,
  type DoubleRole,
  type DoubleUser,
  isThread,
  newMessage,
  type Snapshot,
} from './world.ts';

export const DISCORD_TOKEN = 'MTIz.double.token';

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly type?: string;
  /** What the person's file is called; `name` is what Discord leaves of it. */
  readonly title?: string;
  readonly seconds?: number;
  readonly hiccups?: readonly (number | 'reset')[];
  readonly cutAt?: readonly number[];
}

interface Extras extends Body {
  readonly forwarded?: Omit<Snapshot, 'files'> & { readonly files?: readonly SentFile[] };
  readonly webhook?: string;
  /** A forum post begins with a message that has the post's own id. */
  readonly id?: string;
  readonly files?: readonly SentFile[];
  readonly replyTo?: DoubleMessage;
  readonly nonce?: string;
}

export type DiscordDouble = Awaited<ReturnType<typeof startDiscordDouble>>;

export async function startDiscordDouble(
  options: { heartbeatMs?: number; shards?: number; gate?: Gate } = {},
) {
  const { gate = openGate } = options;
  const world = createWorld();
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const commands = new Map<string, unknown>();
  const downloads: string[] = [];
  const errors: unknown[] = [];
  const settings = {
    fileLimit: 10 * 1024 * 1024,
    linkMs: LINK_MS,
    /** How long a nonce is remembered; "a few minutes" is all that Discord promises. 0: long forgotten. */
    nonceMs: 120_000,
    personal: false,
    /** Where attachments claim to lie, as only a hostile proxy of Discord's would say. */
    attachmentUrl: undefined as string | undefined,
    reactions: undefined as Bucket | undefined,
  };
  const alice = addUser(world, 'alice', 'Alice');
  const bob = addUser(world, 'bob', 'Bob');
  // As in most servers, channels stand under a category.
  const category = addChannel(world, { name: 'Text channels', type: 4 });
  const general = addChannel(world, { name: 'general', parent: category.id });

  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> =
    async () => {};
  const server = createServer((request, response) => {
    gate(request, response, () => handle(request, response)).catch((error) => {
      errors.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const gateway = createGateway(world, {
    token: DISCORD_TOKEN,
    url: gatewayUrl,
    heartbeatMs: options.heartbeatMs ?? 41_250,
  });
  server.on('upgrade', (request, socket) => gateway.accept(request, socket));

  const view: View = {
    world,
    url,
    linksEnd: () => Date.now() + settings.linkMs,
    elsewhere: () => settings.attachmentUrl,
  };
  const blindTo = (message: DoubleMessage) => !gateway.contentAllowed && needsIntent(message);
  const posting = createPosting({
    ...view,
    blindTo,
    fileLimit: () => settings.fileLimit,
    nonceMs: () => settings.nonceMs,
    onMessage: publish,
    onReaction: reacted,
  });
  const interactions = createInteractions({
    ...view,
    dispatch: (payload) => gateway.dispatch('INTERACTION_CREATE', () => payload),
    onEcho: (channel, text, notified) =>
      publish(newMessage(world, channel, world.bot, text, { notified })),
    personal: () => settings.personal,
  });
  const parts: RestParts = {
    ...view,
    token: DISCORD_TOKEN,
    calls,
    faults,
    posting,
    interactions,
    commands,
    gatewayUrl,
    shards: options.shards ?? 1,
    reactionLimit: () => settings.reactions,
    blindTo,
    contentAllowed: () => gateway.contentAllowed,
    onFault: (error) => errors.push(error),
    onThread: (thread) =>
      gateway.dispatch('THREAD_CREATE', () => ({
        ...threadPayload(world, thread),
        newly_created: true,
      })),
  };
  const rest = createRest(parts);
  handle = (request, response) =>
    request.url?.startsWith('/attachments/')
      ? download(request, response)
      : rest(request, response);

  /** Not ours, no mention of us, no direct message: the Message Content intent is about these. */
  function needsIntent(message: DoubleMessage): boolean {
    const answered = message.replyTo ? world.messages.get(message.replyTo) : undefined;
    return (
      message.author.id !== world.bot.id &&
      world.channels.get(message.channel)?.guild !== undefined &&
      !message.content.includes(`<@${world.bot.id}>`) &&
      answered?.author.id !== world.bot.id
    );
  }

  function publish(message: DoubleMessage): void {
    world.messages.set(message.id, message);
    // The nonce is shown here, and never again where the message is read.
    const nonce = message.nonce === undefined ? {} : { nonce: message.nonce };
    gateway.dispatch('MESSAGE_CREATE', (intents) => ({
      ...messagePayload(view, message, !(intents & Intent.messageContent) && needsIntent(message)),
      ...nonce,
    }));
    world.changes.emit('change');
  }

  /** Told to those who asked for it; a server's own emoji is `name:id`. */
  function reacted(message: DoubleMessage, by: DoubleUser, emoji: string): void {
    const guild = world.channels.get(message.channel)?.guild;
    const [name, id = null] = emoji.split(':');
    gateway.dispatch('MESSAGE_REACTION_ADD', (intents) =>
      intents & (guild ? Intent.guildReactions : Intent.directReactions)
        ? {
            user_id: by.id,
            channel_id: message.channel,
            message_id: message.id,
            message_author_id: message.author.id,
            ...(guild ? { guild_id: guild, member: { user: userPayload(by), roles: [] } } : {}),
            emoji: { id, name },
            burst: false,
            type: 0,
          }
        : undefined,
    );
    world.changes.emit('change');
  }

  function updated(message: DoubleMessage): void {
    gateway.dispatch('MESSAGE_UPDATE', (intents) =>
      messagePayload(view, message, !(intents & Intent.messageContent) && needsIntent(message)),
    );
    world.changes.emit('change');
  }

  async function download(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? '/', url);
    const [, , , id] = at.pathname.split('/');
    downloads.push(at.pathname);
    const ended = Number.parseInt(at.searchParams.get('ex') ?? '0', 16) * 1000 < Date.now();
    const file =
      [...world.messages.values()]
        .flatMap(({ files, forwarded }) => [...files, ...(forwarded?.files ?? [])])
        .find((it) => it.id === id) ?? loose.get(id ?? '');
    if (!file || ended)
      return void response.writeHead(404).end('This content is no longer available.');
    const hiccup = file.hiccups.shift();
    if (hiccup === 'reset') return void response.socket?.destroy();
    if (hiccup !== undefined) return void response.writeHead(hiccup, { 'retry-after': '1' }).end();
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const bytes = file.bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length });
    const cut = file.cutAt.shift();
    if (cut === undefined) return void response.end(bytes);
    response.write(bytes.subarray(0, Math.max(0, cut - from)), () => response.socket?.destroy());
  }

  /** Files given to commands and forms. */
  const loose = new Map<string, DoubleFile>();
  const fileOf = ({ name, bytes, type, title, seconds, ...host }: SentFile): DoubleFile => ({
    id: world.nextId(),
    title,
    seconds,
    filename: name,
    bytes,
    contentType: type,
    hiccups: [...(host.hiccups ?? [])],
    cutAt: [...(host.cutAt ?? [])],
  });

  function write(
    channel: DoubleChannel,
    author: DoubleUser,
    content: string,
    more: Extras = {},
  ): DoubleMessage {
    const { forwarded, webhook, files, replyTo, id, nonce, ...body } = more;
    const message = newMessage(world, channel, author, content, {
      body,
      ...(webhook ? { webhook } : {}),
      ...(forwarded
        ? { forwarded: { ...forwarded, files: (forwarded.files ?? []).map(fileOf) } }
        : {}),
      files: (files ?? []).map(fileOf),
      replyTo: replyTo?.id,
      nonce,
      ...(id ? { id } : {}),
    });
    publish(message);
    return message;
  }

  const double = {
    world,
    url,
    /** As discord.js takes it. */
    api: `${url}/api`,
    bot: world.bot,
    alice,
    bob,
    general,
    gateway,
    interactions,
    calls,
    commands,
    downloads,
    settings,
    /** Faults of the double itself; must stay empty. */
    errors,
    channel(name: string, more: Partial<DoubleChannel> = {}) {
      const channel = addChannel(world, { name, ...more });
      gateway.dispatch('CHANNEL_CREATE', () => channelPayload(channel));
      return channel;
    },
    /** Another server that the bot is in, with a channel, and these people. */
    server(name: string, people: readonly DoubleUser[]): DoubleChannel {
      const guild = { ...world.guild, id: world.nextId(), name };
      world.servers.set(guild.id, new Set(people.map(({ id }) => id)));
      world.others.set(guild.id, guild);
      const channel = addChannel(world, { name: 'lobby', guild: guild.id });
      gateway.dispatch('GUILD_CREATE', () => guildPayload(world, guild));
      return channel;
    },
    /** A server takes the bot in, or (`joinedAt`) comes into view again; `tell` is its event once more. */
    takeIn(name: string, more: { joinedAt?: number; locale?: string; denied?: bigint } = {}) {
      const { denied = 0n, joinedAt = Date.now(), locale } = more;
      const id = world.nextId();
      const channel = addChannel(world, { name: 'lobby', guild: id, denied });
      const guild = {
        ...world.guild,
        id,
        name,
        joinedAt,
        systemChannel: channel.id,
        ...(locale ? { locale } : {}),
      };
      world.servers.set(id, new Set([alice.id]));
      const tell = () => gateway.dispatch('GUILD_CREATE', () => guildPayload(world, guild));
      tell();
      return { id, channel, tell };
    },
    /** From now on the person does not see the channel. */
    withholdHistory(channel: DoubleChannel, person: DoubleUser) {
      channel.withoutHistory.add(person.id);
      gateway.dispatch('CHANNEL_UPDATE', () => channelPayload(channel));
    },
    hide(channel: DoubleChannel, person: DoubleUser) {
      channel.hiddenFrom.add(person.id);
      gateway.dispatch('CHANNEL_UPDATE', () => channelPayload(channel));
    },
    person: (username: string, name: string) => addUser(world, username, name),
    /** The channel of direct messages with a person. */
    dm: (user: DoubleUser) =>
      [...world.channels.values()].find((channel) => channel.recipient === user.id) ??
      addChannel(world, { name: 'dm', type: 1, guild: undefined, recipient: user.id }),
    write,
    /** Mentions the bot. */
    mention: (channel: DoubleChannel, author: DoubleUser, content: string, more: Extras = {}) =>
      write(channel, author, `<@${world.bot.id}> ${content}`, more),
    /** Its author writes it anew. */
    edit(message: DoubleMessage, content: string, at = new Date()) {
      message.content = content;
      message.versions.push(content);
      message.editedAt = at.toISOString();
      updated(message);
    },
    /** Its author, or somebody who may, takes it away; a thread that hangs on it stays. */
    erase(...messages: readonly DoubleMessage[]) {
      for (const message of messages) message.deleted = true;
      const [{ id, channel, guild }] = [
        { ...messages[0], guild: world.channels.get(messages[0]?.channel ?? '')?.guild },
      ];
      const where = { channel_id: channel, ...(guild ? { guild_id: guild } : {}) };
      if (messages.length === 1) gateway.dispatch('MESSAGE_DELETE', () => ({ id, ...where }));
      else
        gateway.dispatch('MESSAGE_DELETE_BULK', () => ({
          ids: messages.map((message) => message.id),
          ...where,
        }));
      world.changes.emit('change');
    },
    /** A person gives a thread another name. */
    rename(thread: DoubleChannel, name: string) {
      thread.name = name;
      thread.names.push(name);
      gateway.dispatch('THREAD_UPDATE', () => threadPayload(world, thread));
    },
    react: reacted,
    /** Discord has looked at a link of the message. */
    unfurl(message: DoubleMessage, embeds: readonly object[]) {
      message.body = { ...message.body, embeds };
      updated(message);
    },
    /** A group of people of the first server; the bot hears of it. */
    role(name: string): DoubleRole {
      const role = { id: world.nextId(), name, ofBot: false };
      world.roles.push(role);
      gateway.dispatch('GUILD_ROLE_CREATE', () => ({
        guild_id: world.guild.id,
        role: rolePayload(world, role),
      }));
      return role;
    },
    renameRole(role: DoubleRole, name: string) {
      role.name = name;
      gateway.dispatch('GUILD_ROLE_UPDATE', () => ({
        guild_id: world.guild.id,
        role: rolePayload(world, role),
      }));
    },
    redeliver: (message: DoubleMessage) =>
      gateway.dispatch('MESSAGE_CREATE', () => messagePayload(view, message, false)),
    attach(file: SentFile): DoubleFile {
      const made = fileOf(file);
      loose.set(made.id, made);
      return made;
    },
    thread(message: DoubleMessage): DoubleChannel {
      const thread = world.channels.get(message.id);
      if (!thread) throw new Error('there is no thread at that message');
      return thread;
    },
    /** What the bot said in a place, as it stands. */
    said: (channel: string) =>
      [...world.messages.values()].filter(
        (m) => m.channel === channel && m.author.id === world.bot.id && !m.deleted,
      ),
    failNext(pattern: string, fault: Partial<Omit<Fault, 'pattern'>> & { status: number }) {
      faults.push({ pattern: new RegExp(`^${pattern}$`), times: 1, ...fault });
    },
    /** What was to fail no longer does. */
    mend() {
      faults.length = 0;
    },
    callsTo: (pattern: string) =>
      calls.filter(({ method, path }) => new RegExp(`^${pattern}$`).test(`${method} ${path}`)),
    removeChannel(channel: DoubleChannel) {
      world.channels.delete(channel.id);
      const event = isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
      gateway.dispatch(event, () => ({
        id: channel.id,
        guild_id: channel.guild,
        parent_id: channel.parent,
        type: channel.type,
      }));
    },
    /** Resolves when it holds; looked at after everything that happens here. */
    until(holds: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          world.changes.off('change', look);
          resolve();
        };
        world.changes.on('change', look);
        look();
      });
    },
    async close() {
      gateway.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  return double;
}
