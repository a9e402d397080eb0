/** What the gateway tells, given to whoever handles it; what it could not tell is looked up afterwards. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Inbox, ThreadRef } from '../chat.ts';
import type { Api } from './api.ts';
import { createBackfill } from './backfill.ts';
import type { Direct } from './direct.ts';
import type { EventName, Gateway } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import type { FileLimits } from './limits.ts';
import type { Places } from './places.ts';
import { createReceive } from './receive.ts';
import type { Send } from './send.ts';
import { createStartVideo } from './start-video.ts';
import type { Used } from './used-places.ts';
import type { Values } from './values.ts';
import {
  guildCreateShape,
  guildDeleteShape,
  interactionShape,
  messageShape,
  readyShape,
  type SentThread,
  threadListShape,
  threadShape,
} from './wire.ts';

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
  readonly clock: Clock;
  readonly log: Log;
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
/** Product milliseconds before further tries to put an event on record. */
const PAUSES = [500, 2_000, 10_000];

export function createEvents(deps: EventsDeps): Events {
  const { gateway, places, used, clock, log } = deps;
  const receive = createReceive(deps);
  const backfill = createBackfill({ ...deps, receive });
  const startVideo = createStartVideo({ ...deps, adopt });
  const interact = createInteractions({ ...deps, startVideo, botId: gateway.botId, adopt });
  const underWay = new Set<Promise<void>>();
  let open = true;
  /** Epoch milliseconds at which all of our shards were last known to hear. */
  let heardAt: number | undefined;
  /** Servers that are to be looked through when they come into view, and from when on. */
  const unheard = new Map<string, number>();
  let marking: NodeJS.Timeout | undefined;

  /** Where somebody else's thread is used by a command it becomes a place of ours, too. */
  async function adopt({ channel, thread, workspace }: ThreadRef): Promise<void> {
    if (workspace === 'dm' || (await places.known(thread))) return;
    const own = (await places.look(thread))?.owner === gateway.botId();
    if (!own) await places.note(thread, { channel, mode: 'thread', own });
  }

  async function handle(name: EventName, data: unknown): Promise<void> {
    switch (name) {
      case 'MESSAGE_CREATE':
        return persistently(() => receive(messageShape.parse(data)));
      case 'INTERACTION_CREATE':
        return interact(interactionShape.parse(data));
      case 'READY':
        return newSession(readyShape.parse(data).guilds.map(({ id }) => id));
      case 'GUILD_DELETE': {
        const { id, unavailable } = guildDeleteShape.parse(data);
        if (unavailable) unheard.set(id, Date.now());
        return;
      }
      case 'GUILD_CREATE':
        return lookThrough(data);
      case 'THREAD_CREATE':
      case 'THREAD_UPDATE':
        return saw(threadShape.parse(data));
      case 'THREAD_LIST_SYNC':
        return threadListShape.parse(data).threads.forEach(saw);
    }
  }

  function saw({ id, parent_id: parent, owner_id: owner }: SentThread): void {
    if (parent) places.saw(id, { parent, owner: owner ?? undefined });
  }

  /** A session that could not be resumed has lost what came in between; its servers follow one by one. */
  async function newSession(guilds: readonly string[]): Promise<void> {
    if (heardAt === undefined) return;
    const from = heardAt;
    for (const id of guilds) unheard.set(id, from);
    await persistently(() => backfill.direct(from));
  }

  async function lookThrough(data: unknown): Promise<void> {
    const guild = guildCreateShape.parse(data);
    guild.threads.forEach(saw);
    const from = unheard.get(guild.id);
    if (from === undefined || guild.unavailable) return;
    unheard.delete(guild.id);
    await persistently(() => backfill.guild(guild, from));
  }

  async function persistently(work: () => Promise<void>): Promise<void> {
    for (const pause of PAUSES) {
      try {
        return await work();
      } catch (error) {
        log.warn('an event could not be taken yet', { error });
        await clock.sleep(pause);
      }
    }
    await work();
  }

  async function mark(): Promise<void> {
    if (gateway.trouble() !== undefined) return;
    heardAt = Date.now();
    await used.hear(deps.shards, heardAt);
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
