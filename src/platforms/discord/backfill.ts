/**
 * Messages that came while nobody listened. Threads of ours are looked through whenever something was
 * written in them since; channels where the bot is used get one look for mentions of the last minutes.
 * What had been received already is recognised by its key.
 */
import { createInOrder } from '../../runtime/in-order.ts';
import type { Api } from './api-calls.ts';
import { idOfTime, timeOfId } from './custom-ids.ts';
import { isPassing } from './errors.ts';
import type { Intake } from './intake.ts';
import { type GuildArrival, type Message, messagesShape } from './payloads.ts';
import type { Receive } from './receive.ts';
import type { Used } from './recent-channels.ts';
import type { Places } from './thread-places.ts';

export interface BackfillDeps {
  readonly api: Api;
  readonly places: Places;
  readonly used: Used;
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
const PAGE = 100;
const MOST_PAGES = 5;
/** What memory had no room for is all of it still waited for. */
const ALL_PAGES = 50;

export function createBackfill({ api, places, used, receive, hold }: BackfillDeps): Backfill {
  const inOrder = createInOrder();

  return {
    async guild({ id, threads }, since) {
      const from = startOf(since, THREADS_MS);
      const recent = threads.filter(({ last_message_id: last }) => last && timeOfId(last) >= from);
      // All at once, before the next event: what is said there now comes after what was missed.
      const looks = recent.map((thread) =>
        hold(thread.id, async () => {
          if (!(await places.known(thread.id))?.own) return;
          await look(thread.id, idOfTime(from), MOST_PAGES, id);
        }),
      );
      await Promise.all([...looks, ...(await usedIn(id, startOf(since, CHANNELS_MS), 1, id))]);
    },
    async direct(since) {
      const from = startOf(since, THREADS_MS);
      await Promise.all(await usedIn('dm', from, MOST_PAGES, undefined));
    },
    from: ({ channel_id: channel, guild_id: guild, id }) =>
      look(channel, (BigInt(id) - 1n).toString(), ALL_PAGES, guild),
  };

  async function usedIn(
    workspace: string,
    from: number,
    pages: number,
    guild: string | undefined,
  ): Promise<Promise<void>[]> {
    const channels = await used.channels(workspace);
    return channels.map((channel) =>
      hold(channel, () => look(channel, idOfTime(from), pages, guild)),
    );
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
      return messagesShape.parse(answer).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    } catch (error) {
      if (isPassing(error)) throw error;
      return []; // The place is closed to us by now.
    }
  }
}

const startOf = (since: number, most: number): number =>
  Math.max(since - MARGIN_MS, Date.now() - most);
