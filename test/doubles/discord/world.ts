/** What the double's Discord consists of. Tests may look at all of it, and change most. */
import { EventEmitter } from 'node:events';

export interface DoubleUser {
  readonly id: string;
  readonly username: string;
  readonly global_name: string;
  readonly bot: boolean;
}

export interface DoubleFile {
  readonly id: string;
  readonly filename: string;
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
  /** Its alternative text. */
  readonly alt?: string;
  /** The name as it was, where the file's had to lose letters of it. */
  readonly title?: string | undefined;
  /** Of a voice message. */
  readonly seconds?: number | undefined;
  /** The next downloads are answered with these, or reset. */
  readonly hiccups: (number | 'reset')[];
  /** The next downloads end after so many bytes. */
  readonly cutAt: number[];
}

/** What a message, and the snapshot of a forwarded one, holds beside its text. In Discord's own form, field by field. */
export interface Body {
  readonly embeds?: readonly object[];
  readonly poll?: object;
  readonly stickers?: readonly object[];
  readonly flags?: number;
  /** Of a message made of components, by another app. */
  readonly displays?: readonly object[];
}

export interface Snapshot extends Body {
  readonly content: string;
  readonly files?: readonly DoubleFile[];
}

export interface DoubleRole {
  readonly id: string;
  name: string;
  /** Discord made it for the bot. */
  readonly ofBot: boolean;
}

export interface DoubleMessage {
  readonly id: string;
  readonly channel: string;
  readonly author: DoubleUser;
  content: string;
  /** Every text it has had, oldest first. */
  readonly versions: string[];
  components: readonly Row[];
  files: readonly DoubleFile[];
  /** Clients add the previews of links later on. */
  body: Body;
  readonly forwarded?: Snapshot;
  /** ISO 8601. */
  editedAt: string | undefined;
  readonly webhook?: string;
  readonly replyTo: string | undefined;
  /** People who were notified. */
  readonly notified: readonly string[];
  /** Discord forgets it after some minutes. */
  nonce: string | undefined;
  /** Only this person sees it. */
  readonly privateTo?: string;
  deleted: boolean;
  readonly reactions: Set<string>;
}

export interface Row {
  readonly components: readonly {
    label: string;
    custom_id?: string;
    url?: string;
    style: number;
  }[];
}

export interface DoubleChannel {
  readonly id: string;
  readonly guild: string | undefined;
  /** As Discord numbers them: 0 text, 1 direct, 2 voice, 11 thread, 15 forum. */
  readonly type: number;
  name: string;
  readonly parent: string | undefined;
  readonly owner: string | undefined;
  archived: boolean;
  locked: boolean;
  /** Permission bits that the bot lacks here; a thread has its parent's. */
  denied: bigint;
  /** For direct messages: the person; and whether they are closed to us. */
  readonly recipient?: string;
  closed?: boolean;
  /** People of the server who may not view it. */
  readonly hiddenFrom: Set<string>;
  /** People who see what comes, and not what came before they looked. */
  readonly withoutHistory: Set<string>;
  /** Of a private thread: who was added. */
  readonly added: Set<string>;
  readonly names: string[];
}

export interface DoubleApp {
  /** By the kind of installation, "0" and "1"; what is not here is switched off. */
  installs: Readonly<Record<string, { oauth2_install_params?: object | undefined }>>;
  description: string;
  tags: readonly string[];
  interactionsUrl: string | null;
  codeGrant: boolean;
}

/** What an invitation by the bot's link grants. */
export const GRANTED = 309_237_763_136n;

export interface World {
  readonly bot: DoubleUser;
  readonly guild: {
    readonly id: string;
    readonly name: string;
    premiumTier: number;
    available: boolean;
    /** Epoch milliseconds at which the bot was taken in; long ago where absent. */
    joinedAt?: number;
    systemChannel?: string;
    locale?: string;
  };
  readonly users: Map<string, DoubleUser>;
  /** Of the first server. */
  readonly roles: DoubleRole[];
  /** Ids of those who administer the server. */
  readonly admins: Set<string>;
  /** Of the first server everybody is a member who has not left it; of others, who is named here. */
  readonly left: Set<string>;
  /** Servers that the bot is no member of any more. */
  readonly removedFrom: Set<string>;
  readonly servers: Map<string, Set<string>>;
  /** The others, as they are. */
  readonly others: Map<string, World['guild']>;
  /** What everybody may do in the first server, where no channel says otherwise. */
  granted: bigint;
  /** The application, as its pages in the portal have it. */
  readonly app: DoubleApp;
  readonly channels: Map<string, DoubleChannel>;
  readonly messages: Map<string, DoubleMessage>;
  /** Something happened; whoever waits looks again. */
  readonly changes: EventEmitter;
  nextId(): string;
}

const EPOCH = 1_420_070_400_000n;

/** Epoch milliseconds of the moment in which the id was given out. */
export const timeOfId = (id: string): number => Number((BigInt(id) >> 22n) + EPOCH);

export function createWorld(): World {
  let last = 0n;
  const nextId = () => {
    const now = (BigInt(Date.now()) - EPOCH) << 22n;
    last = now > last ? now : last + 1n;
    return last.toString();
  };
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  const bot = { id: nextId(), username: 'nemo', global_name: 'Nemo', bot: true };
  const guild = { id: nextId(), name: 'Studio', premiumTier: 0, available: true };
  return {
    bot,
    guild,
    users: new Map([[bot.id, bot]]),
    roles: [{ id: nextId(), name: 'Nemo', ofBot: true }],
    admins: new Set(),
    left: new Set(),
    removedFrom: new Set(),
    servers: new Map(),
    others: new Map(),
    granted: GRANTED,
    app: {
      description: '',
      tags: [],
      installs: {
        '0': {
          oauth2_install_params: {
            scopes: ['applications.commands', 'bot'],
            permissions: GRANTED.toString(),
          },
        },
        '1': {
          oauth2_install_params: { scopes: ['applications.commands'], permissions: '0' },
        },
      },
      interactionsUrl: null,
      codeGrant: false,
    },
    channels: new Map(),
    messages: new Map(),
    changes,
    nextId,
  };
}

export function addChannel(
  world: World,
  wish: Partial<DoubleChannel> & { name: string },
): DoubleChannel {
  const channel: DoubleChannel = {
    id: world.nextId(),
    guild: world.guild.id,
    type: 0,
    parent: undefined,
    owner: undefined,
    archived: false,
    locked: false,
    denied: 0n,
    hiddenFrom: new Set(),
    withoutHistory: new Set(),
    added: new Set(),
    names: [wish.name],
    ...wish,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export function addUser(world: World, username: string, name: string): DoubleUser {
  const user = { id: world.nextId(), username, global_name: name, bot: false };
  world.users.set(user.id, user);
  return user;
}

export const isThread = (channel: DoubleChannel): boolean => [10, 11, 12].includes(channel.type);

/** May the bot do this here? */
export function may(world: World, channel: DoubleChannel, bit: bigint): boolean {
  const parent = channel.parent ? world.channels.get(channel.parent) : undefined;
  return ((channel.denied | (parent?.denied ?? 0n)) & bit) === 0n;
}

export function newMessage(
  world: World,
  channel: DoubleChannel,
  author: DoubleUser,
  content: string,
  more: Partial<DoubleMessage> = {},
): DoubleMessage {
  return {
    id: world.nextId(),
    channel: channel.id,
    author,
    content,
    versions: [content],
    components: [],
    files: [],
    body: {},
    editedAt: undefined,
    replyTo: undefined,
    notified: [],
    nonce: undefined,
    deleted: false,
    reactions: new Set(),
    ...more,
  };
}
