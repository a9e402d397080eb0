/**
 * After an outage longer than Slack's retries nobody tells us what was written meanwhile. So the
 * threads of late are kept on record, and looked through once when the connection is back.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../runtime/log.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { State } from '../../state/state.ts';
import { ChatError, type ThreadRef, threadKey } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { fromTs, readThread, toTs } from './history.ts';
import type { SlackMessage } from './payloads.ts';

export interface Missed {
  /** Notes the newest message of a thread; written down a moment later, many at once. */
  seen(ref: ThreadRef, ts: string): void;
  /** A message that could not be put on record: the next look begins there, whatever is seen meanwhile. */
  failed(ref: ThreadRef, ts: string): void;
  /** Hands every message after the last known one to `take`, which knows those it had already. */
  lookThrough(
    take: (ref: ThreadRef, message: SlackMessage) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Writes down what is not written yet. */
  close(): Promise<void>;
}

/** Kept on record, and looked through after an outage: the newest of them, Slack allows 50 looks a minute. */
const MOST_THREADS = 50;
const KEPT_MS = 3 * 86_400_000;
/** Real milliseconds. One write for all threads of that time; a crash loses no more than this. */
const WRITE_AFTER_MS = 1_000;

const record = z.array(
  z.object({ workspace: z.string(), channel: z.string(), thread: z.string(), ts: z.string() }),
);

interface Noted {
  readonly ref: ThreadRef;
  /** Of the newest message that is on record. */
  readonly ts: string;
  /** Where the next look begins, when that is earlier. */
  readonly from?: string | undefined;
}

const begin = ({ ts, from }: Noted): string => from ?? ts;

export function createMissed(calls: WebCalls, state: State, log: Log): Missed {
  const map = state.map('slack-threads', record, { ttlMs: KEPT_MS });
  const threads = new LRUCache<string, Noted>({ max: MOST_THREADS });
  let writing: NodeJS.Timeout | undefined;

  function note(ref: ThreadRef, ts: string): void {
    const key = threadKey(ref);
    const known = threads.get(key);
    const newest = known && Number(known.ts) > Number(ts) ? known.ts : ts;
    threads.set(key, { ref, ts: newest, from: known?.from });
  }

  async function write(): Promise<void> {
    clearTimeout(writing);
    writing = undefined;
    const oldestFirst = [...threads.values()].reverse();
    const rows = Array.from(oldestFirst, (noted) => ({
      workspace: noted.ref.workspace,
      channel: noted.ref.channel,
      thread: noted.ref.thread,
      ts: begin(noted),
    }));
    await map.set('recent', rows);
  }

  return {
    seen(ref, ts) {
      note(ref, ts);
      writing ??= setTimeout(() => {
        write().catch((error: unknown) =>
          log.error('recent threads could not be noted', { error }),
        );
      }, WRITE_AFTER_MS);
    },

    failed(ref, ts) {
      const before = toTs(fromTs(ts) - 1);
      note(ref, before);
      const key = threadKey(ref);
      const noted = threads.get(key);
      const from = noted?.from ?? before;
      threads.set(key, {
        ref,
        ts: noted?.ts ?? before,
        from: Number(from) < Number(before) ? from : before,
      });
    },

    async lookThrough(take, signal) {
      for (const { ts, ...place } of (await map.get('recent')) ?? []) {
        const ref: ThreadRef = { platform: 'slack', ...place };
        if (!threads.has(threadKey(ref))) note(ref, ts);
      }
      for (const [key, noted] of [...threads.entries()]) {
        signal.throwIfAborted();
        const { ref } = noted;
        const ts = begin(noted);
        try {
          for await (const message of readThread(calls, ref, { oldest: ts, signal, attempts: 3 })) {
            if (Number(message.ts) > Number(ts)) await take(ref, message);
          }
          const now = threads.get(key);
          if (now?.from === noted.from) threads.set(key, { ref, ts: now?.ts ?? ts });
        } catch (error) {
          if (!(error instanceof ChatError)) throw error;
          log.debug('a thread could not be looked through for missed messages', { error });
        }
      }
    },

    async close() {
      // A message that failed is not written down with it: nothing could be.
      const owing = [...threads.values()].some(({ from }) => from !== undefined);
      if (!writing && !owing) return;
      try {
        await write();
      } catch (error) {
        if (!isStoreOutage(error)) throw error;
        // What was noted earlier only makes the next look begin earlier.
        log.warn('recent threads could not be noted', { error });
      }
    },
  };
}
