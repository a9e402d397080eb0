import type { MessageId } from '../../runtime/ids.ts';
import type { ChatPlatform, ThreadRef } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { messageIdOf } from './custom-ids.ts';
import { isPassing } from './errors.ts';
import { channelShape, isThreadType } from './payloads.ts';
import type { Places } from './thread-places.ts';

const CHANNELS = 'https://discord.com/channels';

/** As Discord's own "copy link" gives it; clients show such an address as the thread's name. */
export async function linkTo(places: Pick<Places, 'known'>, ref: ThreadRef): Promise<string> {
  const { workspace, channel, thread } = ref;
  if (workspace === 'dm') return `${CHANNELS}/@me/${channel}`;
  // Where no thread is, or none yet, the project is the message that it began with.
  const isThread = (await places.known(thread))?.mode === 'thread';
  return `${CHANNELS}/${workspace}/${isThread ? thread : `${channel}/${thread}`}`;
}

/** The same of a message, which stands in the thread, or where a chain of replies stands for one. */
export async function linkToMessage(
  places: Pick<Places, 'spot'>,
  ref: ThreadRef,
  message: MessageId,
): Promise<string> {
  const { target } = await places.spot(ref);
  const guild = ref.workspace === 'dm' ? '@me' : ref.workspace;
  return `${CHANNELS}/${guild}/${target}/${message}`;
}

const HOSTS: ReadonlySet<string> = new Set(
  ['discord.com', 'discordapp.com'].flatMap((host) =>
    ['', 'ptb.', 'canary.'].map((at) => at + host),
  ),
);

interface Address {
  /** A server's id, or `@me`. */
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
}

/** The message that such an address names. */
export function messageIn(url: string): Address | undefined {
  const { host, pathname } = new URL(url);
  if (!HOSTS.has(host)) return undefined;
  const [, guild, channel, message] =
    /^\/channels\/(@me|\d{1,20})\/(\d{1,20})\/(\d{1,20})\/?$/.exec(pathname) ?? [];
  return guild && channel && message ? { guild, channel, message } : undefined;
}

export interface LinkedDeps extends Pick<ChatPlatform, 'canSee' | 'readMessage'> {
  readonly api: Api;
}

/** `canSee` wants to know of a thread which channel it hangs under; an address does not tell. */
export function createLinkedMessage({
  api,
  canSee,
  readMessage,
}: LinkedDeps): NonNullable<ChatPlatform['linkedMessage']> {
  return async ({ platform }, person, url, signal) => {
    const found = messageIn(url);
    if (!found) return undefined;
    const { guild, channel, message } = found;
    const workspace = guild === '@me' ? 'dm' : guild;
    const parent = workspace === 'dm' ? channel : await parentOf(guild, channel, signal);
    if (parent === undefined) return 'hidden';
    const thread = parent === channel ? message : channel;
    const ref = { platform, workspace, channel: parent, thread };
    if (!(await canSee(ref, person, undefined, signal))) return 'hidden';
    return (await readMessage(ref, messageIdOf(channel, message), signal)) ?? 'hidden';
  };

  /** Undefined: there is none that we see in that server. */
  async function parentOf(
    guild: string,
    channel: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const answer = await api('GET', `/channels/${channel}`, { signal, kind: 'glance' });
      const { id, type, parent_id: parent, guild_id: at } = channelShape.parse(answer);
      if (at !== guild) return undefined;
      return isThreadType(type) ? (parent ?? undefined) : id;
    } catch (error) {
      if (isPassing(error)) throw error;
      return undefined;
    }
  }
}
