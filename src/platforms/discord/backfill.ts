/**
 * Messages that came while nobody listened. Threads of ours are looked through whenever something was
 * written in them since; channels where the bot is used, and others where something was written, get one look for
 * mentions of the last minutes. What had been received already is recognised by its key.
 */
import { ChannelType } from 'discord.js';
import { createInOrder } from '../../runtime/in-order.ts';
import type { Api } from './api-calls.ts';
import { idOfTime, timeOfId } from './custom-ids.ts';
import { isPassing } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { Intake } from './intake.ts';
import { type GuildArrival, type Message, messagesShape } from './payloads.ts';
import type { Receive } from './receive.ts';
import type { Used } from './recent-channels.ts';
import type { Places } from './thread-places.ts';

export interface BackfillDeps {
  readonly api: Api;
  readonly places: Places;
  readonly used: Used;
  readonly gateway: Pick<Gateway, 'botId' | 'missingPermissions'>;
  readonly receive: Receive;
  /** So that nothing overtakes what is found. */
  readonly hold: Intake['hold'];
}

export interface Backfill {
  /** A server came (back) into view; `since` is when it was last heard, epoch milliseconds. */
  guild(guild: GuildArrival, since: number): Promise<void>;
  /** Direct messages, once per connection. */
  direct(since: number): Promise<void>;
  /** A channel from this message on, itself included. */
  from(message: Message): Promise<void>;
}

/** The mark of the last hearing is written now and then, so what came before it counts as unheard. */
const MARGIN_MS = 90_000;
/** Older messages are no longer waited for. */
const THREADS_MS = 7 * 86_400_000;
const CHANNELS_MS = 15 * 60_000;
/** Of the channels of a server in which the bot has not been used, and of the threads of others: so many, those with the newest messages. */
const MOST_ELSEWHERE = 20;
const PAGE = 100;
const MOST_PAGES = 5;
/** What memory had no room for is all of it still waited for. */
const ALL_PAGES = 50;

/** With messages of their own; a forum has those of its posts. */
const WRITTEN_IN: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
]);

export function createBackfill(deps: BackfillDeps): Backfill {
  const { api, places, used, gateway, receive, hold } = deps;
  const inOrder = createInOrder();

  return {
    async guild({ id, channels, threads }, since) {
      const from = startOf(since, THREADS_MS);
      const shortly = startOf(since, CHANNELS_MS);
      const recent = threads.filter((thread) => lastIn(thread) >= from);
      const ours = gateway.botId();
      const others = newestOf(
        threads.filter(({ owner_id: owner }) => owner !== ours),
        shortly,
      );
      // All at once, before the next event: what is said there now comes after what was missed.
      const looks = recent.map((thread) =>
        hold(thread.id, async () => {
          const own = (await places.known(thread.id))?.own;
          if (own) return await look(thread.id, idOfTime(from), MOST_PAGES, id);
          if (others.has(thread.id)) await lookElsewhere(thread.id, shortly, id);
        }),
      );
      const listed = new Set(await used.channels(id));
      const open = channels.filter((it) => isWrittenIn(it) && !listed.has(it.id) && mayRead(it.id));
      await Promise.all([
        ...looks,
        ...usedIn([...listed], shortly, 1, id),
        ...[...newestOf(open, shortly)].map((channel) =>
          hold(channel, () => lookElsewhere(channel, shortly, id)),
        ),
      ]);
    },
    async direct(since) {
      const from = startOf(since, THREADS_MS);
      await Promise.all(usedIn(await used.channels('dm'), from, MOST_PAGES, undefined));
    },
    from: ({ channel_id: channel, guild_id: guild, id }) =>
      look(channel, (BigInt(id) - 1n).toString(), ALL_PAGES, guild),
  };

  function usedIn(
    channels: readonly string[],
    from: number,
    pages: number,
    guild: string | undefined,
  ): Promise<void>[] {
    return channels.map((channel) =>
      hold(channel, () => look(channel, idOfTime(from), pages, guild)),
    );
  }

  /** Refused calls count, and too many of them lock the bot out. */
  function mayRead(channel: string): boolean {
    return !gateway.missingPermissions(channel).some((name) => READING.has(name));
  }

  /** In a row of its own: where the bot is used nobody waits for places where it is not. */
  function lookElsewhere(channel: string, from: number, guild: string): Promise<void> {
    return inOrder('elsewhere', () => lookThrough(channel, idOfTime(from), 1, guild));
  }

  /** One channel after the other: Discord counts these calls, too. */
  function look(...place: Parameters<typeof lookThrough>): Promise<void> {
    return inOrder('look', () => lookThrough(...place));
  }

  /** Oldest first, as they would have come. */
  async function lookThrough(
    channel: string,
    start: string,
    pages: number,
    guild: string | undefined,
  ): Promise<void> {
    let after = start;
    for (let page = 0; page < pages; page += 1) {
      const found = await messagesAfter(channel, after);
      for (const message of found) {
        await receive({ ...message, ...(guild ? { guild_id: guild } : {}) });
        after = message.id;
      }
      if (found.length < PAGE) return;
    }
  }

  async function messagesAfter(channel: string, after: string): Promise<Message[]> {
    try {
      const query = { after, limit: String(PAGE) };
      const answer = await api('GET', `/channels/${channel}/messages`, { query });
      return messagesShape.parse(answer).sort((a, b) => byId(a.id, b.id));
    } catch (error) {
      if (isPassing(error)) throw error;
      return []; // The place is closed to us by now.
    }
  }
}

const startOf = (since: number, most: number): number =>
  Math.max(since - MARGIN_MS, Date.now() - most);

const byId = (one: string, other: string): number => (BigInt(one) < BigInt(other) ? -1 : 1);

const READING: ReadonlySet<string> = new Set(['View Channel', 'Read Message History']);

const isWrittenIn = ({ type }: { readonly type: number }): boolean => WRITTEN_IN.has(type);

interface WithMessages {
  readonly id: string;
  readonly last_message_id?: string | null | undefined;
}
/** Epoch milliseconds; 0 where nothing was ever written. */
const lastIn = ({ last_message_id: last }: WithMessages): number => (last ? timeOfId(last) : 0);

function newestOf(all: readonly WithMessages[], from: number): ReadonlySet<string> {
  const newest = all
    .filter((it) => lastIn(it) >= from)
    .toSorted((one, other) => byId(other.last_message_id ?? '0', one.last_message_id ?? '0'));
  return new Set(newest.slice(0, MOST_ELSEWHERE).map(({ id }) => id));
}
