/** What the gateway tells, given to whoever handles it; what it could not tell is looked up afterwards. */
import type { Clock } from '../../runtime/clock.ts';
import type { Log } from '../../runtime/log.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { Inbox, ThreadRef } from '../chat.ts';
import type { Api } from './api-calls.ts';
import { createBackfill } from './backfill.ts';
import type { Values } from './button-values.ts';
import type { Direct } from './direct-messages.ts';
import type { FileLimits } from './file-size-limit.ts';
import type { EventName, Gateway } from './gateway.ts';
import { createIntake, type IntakeBounds } from './intake.ts';
import { createInteractions } from './interactions.ts';
import type { OtherCopy } from './other-copy.ts';
import {
  deletedShape,
  deletedTogetherShape,
  editShape,
  type GuildArrival,
  guildCreateShape,
  guildDeleteShape,
  interactionShape,
  type Message,
  messageShape,
  reactionShape,
  readyShape,
  type SentThread,
  threadListShape,
  threadShape,
} from './payloads.ts';
import type { Send } from './posting.ts';
import { createReactions } from './reactions.ts';
import { createReceiving } from './receive.ts';
import type { Used } from './recent-channels.ts';
import { createStartVideo } from './start-video.ts';
import type { Places } from './thread-places.ts';

export interface EventsDeps {
  readonly api: Api;
  readonly gateway: Gateway;
  /** Names the shards of this process among others. */
  readonly shards: string;
  readonly places: Places;
  readonly values: Values;
  readonly used: Used;
  readonly limits: FileLimits;
  readonly send: Send;
  readonly direct: Direct;
  readonly inbox: Inbox;
  readonly otherCopy: OtherCopy;
  /** Greets a server that has just taken us in. */
  readonly joined: (guild: GuildArrival) => Promise<void>;
  /** Emoji that ask for a video. */
  readonly reactions: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** How much is kept in memory while it cannot be put on record. */
  readonly most?: IntakeBounds | undefined;
}

export interface Events {
  /** Reads when we last listened; before the connection. */
  begin(): Promise<void>;
  /** The connection stands: from now on it is noted now and then that we listen. */
  connected(): Promise<void>;
  take(name: EventName, data: unknown): void;
  /** Nothing is taken any more; resolves when what was taken is on record. */
  end(): Promise<void>;
}

/** Real milliseconds between marks of when we last listened. */
const MARK_MS = 30_000;
/** Stands for direct messages among the servers. */
const DIRECT = 'dm';

export function createEvents(deps: EventsDeps): Events {
  const { gateway, places, used, log } = deps;
  const { mayConcern, editMayConcern, beginsThread, receive, revise, withdraw } =
    createReceiving(deps);
  const lookFrom = (message: Message) => backfill.from(message);
  const intake = createIntake({ ...deps, receive, beginsThread, lookFrom });
  const backfill = createBackfill({ ...deps, receive, hold: intake.hold });
  const startVideo = createStartVideo({ ...deps, adopt });
  const { reacted, pressed } = createReactions({ ...deps, startVideo });
  const interact = createInteractions({
    ...deps,
    startVideo,
    names: gateway.names,
    adopt,
    makeAsked: pressed,
  });
  const underWay = new Set<Promise<void>>();
  let open = true;
  /** Epoch milliseconds at which all of our shards were last known to hear. */
  let heardAt: number | undefined;
  /** Servers that are to be looked through when they come into view, and from when on, until that has been done. */
  const unheard = new Map<string, { readonly from: number }>();
  let marking: NodeJS.Timeout | undefined;

  /** Where somebody else's thread is used by a command it becomes a place of ours, too. */
  async function adopt({ channel, thread, workspace }: ThreadRef): Promise<void> {
    if (workspace === 'dm' || (await places.known(thread))) return;
    const own = (await places.look(thread))?.owner === gateway.botId();
    if (!own) await places.note(thread, { channel, mode: 'thread', own });
  }

  async function handle(name: EventName, data: unknown): Promise<void> {
    switch (name) {
      case 'MESSAGE_CREATE': {
        const message = messageShape.parse(data);
        if (mayConcern(message)) intake.take(message);
        return deps.otherCopy.look(message);
      }
      case 'MESSAGE_UPDATE': {
        const { data: edited } = editShape.safeParse(data);
        if (edited && editMayConcern(edited)) intake.after(edited, () => revise(edited));
        return;
      }
      case 'MESSAGE_DELETE': {
        const gone = deletedShape.parse(data);
        intake.after(gone, () => withdraw(gone.id));
        return;
      }
      case 'MESSAGE_DELETE_BULK': {
        const { ids, channel_id } = deletedTogetherShape.parse(data);
        for (const id of ids) intake.after({ id, channel_id }, () => withdraw(id));
        return;
      }
      case 'MESSAGE_REACTION_ADD':
        return reacted(reactionShape.parse(data));
      case 'INTERACTION_CREATE':
        return interact(interactionShape.parse(data));
      case 'READY':
        return newSession(readyShape.parse(data).guilds.map(({ id }) => id));
      case 'GUILD_DELETE': {
        const { id, unavailable } = guildDeleteShape.parse(data);
        if (unavailable) missed(id, Date.now());
        else {
          unheard.delete(id);
          // Removed, and not out for a while.
          return deps.inbox.left({ platform: 'discord', workspace: id }, Date.now());
        }
        return;
      }
      case 'GUILD_CREATE':
        return lookThrough(data);
      case 'THREAD_CREATE':
        return saw(threadShape.parse(data));
      case 'THREAD_UPDATE': {
        const thread = threadShape.parse(data);
        await places.renamed(thread.id, thread.name ?? undefined);
        return saw(thread);
      }
      case 'THREAD_LIST_SYNC':
        return threadListShape.parse(data).threads.forEach(saw);
    }
  }

  function saw({ id, parent_id: parent, owner_id: owner, name }: SentThread): void {
    if (parent) places.saw(id, { parent, owner: owner ?? undefined, name: name ?? undefined });
  }

  /** A session that could not be resumed has lost what came in between; its servers follow one by one. */
  async function newSession(guilds: readonly string[]): Promise<void> {
    if (heardAt === undefined) return;
    const from = heardAt;
    for (const id of [...guilds, DIRECT]) missed(id, from);
    await lookSince(DIRECT, backfill.direct);
  }

  /** What an earlier look has not come to the end of is part of it. */
  function missed(id: string, from: number): void {
    unheard.set(id, { from: Math.min(from, unheard.get(id)?.from ?? from) });
  }

  async function lookThrough(data: unknown): Promise<void> {
    const guild = guildCreateShape.parse(data);
    guild.threads.forEach(saw);
    // The look holds back what is said from now on, so that nothing comes before it.
    const looking = guild.unavailable
      ? undefined
      : lookSince(guild.id, (from) => backfill.guild(guild, from));
    await Promise.all([looking, deps.joined(guild)]);
  }

  async function lookSince(id: string, look: (from: number) => Promise<void>): Promise<void> {
    const gap = unheard.get(id);
    if (!gap) return;
    await look(gap.from);
    // Unless the shutdown came first, or it has been away once more meanwhile.
    if (open && unheard.get(id) === gap) unheard.delete(id);
  }

  /** Up to where everything is on record: what waits in memory is found from there after a crash. */
  async function mark(): Promise<void> {
    if (gateway.trouble() !== undefined) return;
    heardAt = Math.min(Date.now(), intake.waitingSince() ?? Infinity);
    const gaps = Array.from(unheard.values(), ({ from }) => from);
    try {
      await used.hear(deps.shards, Math.min(heardAt, ...gaps));
    } catch (error) {
      if (!isStoreOutage(error)) throw error;
      log.warn('it could not be noted that Discord is heard', { error });
    }
  }

  return {
    async begin() {
      heardAt = await used.heardAt(deps.shards);
    },
    async connected() {
      await mark();
      marking = setInterval(() => track(mark()), MARK_MS);
      marking.unref();
    },
    take(name, data) {
      if (open) track(handle(name, data));
    },
    async end() {
      open = false;
      clearInterval(marking);
      await intake.end();
      await Promise.all(underWay);
      await mark();
    },
  };

  function track(work: Promise<void>): void {
    const done = work
      .catch((error) => log.error('an event from Discord could not be handled', { error }))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }
}
