/**
 * Messages that came while nobody listened. Threads of ours are looked through whenever something was
 * written in them since; channels where the bot is used get one look for mentions of the last minutes.
 * What had been received already is recognised by its key.
 */
import type { Api } from './api.ts';
import { isPassing } from './errors.ts';
import { idOfTime, timeOfId } from './ids.ts';
import type { Places } from './places.ts';
import type { Receive } from './receive.ts';
import type { Used } from './used-places.ts';
import { type GuildArrival, type Message, messagesShape } from './wire.ts';

export interface BackfillDeps {
  readonly api: Api;
  readonly places: Places;
  readonly used: Used;
  readonly receive: Receive;
}

export interface Backfill {
  /** A server came (back) into view; `since` is when it was last heard, epoch milliseconds. */
  guild(guild: GuildArrival, since: number): Promise<void>;
  /** Direct messages, once per connection. */
  direct(since: number): Promise<void>;
}

/** The mark of the last hearing is written now and then, so what came before it counts as unheard. */
const MARGIN_MS = 90_000;
/** Older messages are no longer waited for. */
const THREADS_MS = 7 * 86_400_000;
const CHANNELS_MS = 15 * 60_000;
const PAGE = 100;
const MOST_PAGES = 5;

export function createBackfill({ api, places, used, receive }: BackfillDeps): Backfill {
  return {
    async guild({ id, threads }, since) {
      const from = startOf(since, THREADS_MS);
      for (const thread of threads) {
        const last = thread.last_message_id;
        if (!last || timeOfId(last) < from) continue;
        if ((await places.known(thread.id))?.own)
          await lookThrough(thread.id, from, MOST_PAGES, id);
      }
      for (const channel of await used.channels(id)) {
        await lookThrough(channel, startOf(since, CHANNELS_MS), 1, id);
      }
    },
    async direct(since) {
      for (const channel of await used.channels('dm')) {
        await lookThrough(channel, startOf(since, THREADS_MS), MOST_PAGES, undefined);
      }
    },
  };

  /** Oldest first, as they would have come. */
  async function lookThrough(
    channel: string,
    from: number,
    pages: number,
    guild: string | undefined,
  ): Promise<void> {
    let after = idOfTime(from);
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
      return messagesShape.parse(answer).sort((a, b) => timeOfId(a.id) - timeOfId(b.id));
    } catch (error) {
      if (isPassing(error)) throw error;
      return []; // The place is closed to us by now.
    }
  }
}

const startOf = (since: number, most: number): number =>
  Math.max(since - MARGIN_MS, Date.now() - most);
