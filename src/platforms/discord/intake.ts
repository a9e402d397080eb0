/**
 * Messages on their way to the record: those of one thread one after the other, in the order in which
 * they came. One that cannot be written yet is kept, with those behind it, and tried again until the
 * store is back. What memory has no room for is read in its channel afterwards.
 */
import type { Clock } from '../../runtime/clock.ts';
import type { Log } from '../../runtime/log.ts';
import { retry } from '../../runtime/retry.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { Message } from './payloads.ts';

export interface Intake {
  take(message: Message): void;
  /** What was heard of a message later on: done when that is on record, and tried again like it. */
  after(message: Pick<Message, 'id' | 'channel_id'>, work: () => Promise<void>): void;
  /** Reads what was missed in a channel; what comes from there meanwhile waits. Resolves when that has ended. */
  hold(channel: string, work: () => Promise<void>): Promise<void>;
  /** When the oldest message came that is not on record, epoch milliseconds. */
  waitingSince(): number | undefined;
  /** Takes nothing more, tries what is left once more, and resolves when that has come to an end. */
  end(): Promise<void>;
}

export interface IntakeDeps {
  readonly receive: (message: Message) => Promise<void>;
  /** Nothing can have been said before it in its thread: it waits for no other, and shares their flush to disk. */
  readonly beginsThread: (message: Message) => boolean;
  /** Receives every message of the channel from this one on. */
  readonly lookFrom: (message: Message) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly most?: IntakeBounds | undefined;
}

export interface IntakeBounds {
  readonly messages: number;
  /** Characters of JSON. */
  readonly size: number;
  /** Channels that have to be read afterwards. */
  readonly looks: number;
}

interface Item {
  readonly run: () => Promise<void>;
  readonly since: number;
  /** Zero for what is read in the channel. */
  readonly size: number;
  /** Reads the channel when its turn comes, and so will find whatever is said until then. */
  readonly isLook: boolean;
  begun: boolean;
}

const MOST: IntakeBounds = { messages: 1_000, size: 8 * 1024 * 1024, looks: 200 };

/** Product milliseconds before further tries, where it is not the store that fails. */
const PAUSES = [500, 2_000, 10_000];
/** The last one is repeated for as long as the store is away. */
const OUTAGE_PAUSES = [500, 1_000, 2_000, 5_000];

export function createIntake(deps: IntakeDeps): Intake {
  const { receive, beginsThread, lookFrom, clock, log, most = MOST } = deps;
  /** By channel, or by the message that begins a thread. */
  const lanes = new Map<string, Item[]>();
  const running = new Map<string, Promise<void>>();
  const ending = new AbortController();
  const held = { messages: 0, size: 0, looks: 0 };
  /** From then on messages are neither kept nor noted to be read: the next start looks for them. */
  let lostSince: number | undefined;

  function put(key: string, item: Item): void {
    const lane = lanes.get(key) ?? [];
    lane.push(item);
    lanes.set(key, lane);
    if (!running.has(key)) running.set(key, runLane(key, lane));
  }

  async function runLane(key: string, lane: Item[]): Promise<void> {
    let item = lane[0];
    while (item) {
      item.begun = true;
      // What is left after that keeps the mark of what is on record where it is.
      if (!(await runUntilTaken(item.run))) break;
      lane.shift();
      if (item.size > 0) held.messages -= 1;
      held.size -= item.size;
      if (item.isLook) held.looks -= 1;
      item = lane[0];
    }
    // In one step with the last look: what comes next begins anew.
    running.delete(key);
    if (lane.length === 0) lanes.delete(key);
  }

  /** False: the shutdown came before it was done. It does not wait for a pause, and has one last try. */
  async function runUntilTaken(run: () => Promise<void>): Promise<boolean> {
    const { signal } = ending;
    try {
      await retry({ tries: Infinity, pauses: [], clock, signal, again: pausing() }, run);
      return true;
    } catch (error) {
      if (!signal.aborted) {
        log.error('an event from Discord could not be handled', { error });
        return true;
      }
    }
    try {
      await run();
      return true;
    } catch (error) {
      log.warn('what came from Discord could not be taken before the end', { error });
      return false;
    }
  }

  /** The pause before the next try: without an end while it is the store that fails. */
  function pausing(): (error: unknown) => number | false {
    let tries = 0;
    return (error) => {
      const outage = isStoreOutage(error);
      const pause = outage ? (OUTAGE_PAUSES[tries] ?? OUTAGE_PAUSES.at(-1)) : PAUSES[tries];
      if (pause === undefined) return false;
      if (!outage || tries === 0) log.warn('an event could not be taken yet', { error });
      tries += 1;
      return pause;
    };
  }

  function overflow(channel: string, message: Message): void {
    if (held.looks >= most.looks) {
      if (lostSince === undefined)
        log.error('more came from Discord than can be kept; it is looked for at the next start');
      lostSince ??= clock.now();
      return;
    }
    held.looks += 1;
    const run = () => lookFrom(message);
    put(channel, { run, since: clock.now(), size: 0, isLook: true, begun: false });
  }

  return {
    take(message) {
      const { channel_id: channel } = message;
      if (ending.signal.aborted) return;
      const last = lanes.get(channel)?.at(-1);
      if (last?.isLook && !last.begun) return;
      const size = JSON.stringify(message).length;
      if (held.messages >= most.messages || held.size + size > most.size)
        return overflow(channel, message);
      held.messages += 1;
      held.size += size;
      const run = () => receive(message);
      const key = beginsThread(message) ? message.id : channel;
      put(key, { run, since: clock.now(), size, isLook: false, begun: false });
    },

    after({ id, channel_id: channel }, work) {
      if (ending.signal.aborted) return;
      // What concerns a message that waits here is small, and would undo what is about to be done.
      const waitsHere = lanes.has(id) || lanes.has(channel);
      if (held.messages >= most.messages && !waitsHere) {
        log.error('more came from Discord than can be kept; an edit or a deletion is lost');
        return;
      }
      held.messages += 1;
      const item = { run: work, since: clock.now(), size: 1, isLook: false, begun: false };
      held.size += item.size;
      put(lanes.has(id) ? id : channel, item);
    },

    hold(channel, work) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const run = async () => {
        await work();
        resolve();
      };
      put(channel, { run, since: clock.now(), size: 0, isLook: false, begun: false });
      return Promise.race([promise, running.get(channel)]);
    },

    waitingSince() {
      const all = [...lanes.values()].flatMap((lane) => (lane[0] ? [lane[0].since] : []));
      if (lostSince !== undefined) all.push(lostSince);
      return all.length > 0 ? Math.min(...all) : undefined;
    },

    async end() {
      ending.abort(new Error('the bot is stopping'));
      await Promise.all(running.values());
    },
  };
}
