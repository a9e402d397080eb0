/**
 * After an outage longer than Slack's retries nobody tells us what was written meanwhile. So the
 * threads of late are kept on record, and looked through once when the connection is back.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import type { State } from '../../state/state.ts';
import { ChatError, type ThreadRef, threadKey } from '../chat.ts';
import { readThread } from './history.ts';
import type { SlackMessage } from './slack-message.ts';
import type { WebCalls } from './web-calls.ts';

export interface Missed {
  /** Notes the newest message of a thread; written down a moment later, many at once. */
  seen(ref: ThreadRef, ts: string): void;
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

export function createMissed(calls: WebCalls, state: State, log: Log): Missed {
  const map = state.map('slack-threads', record, { ttlMs: KEPT_MS });
  const threads = new LRUCache<string, { readonly ref: ThreadRef; readonly ts: string }>({
    max: MOST_THREADS,
  });
  let writing: NodeJS.Timeout | undefined;

  function note(ref: ThreadRef, ts: string): void {
    const key = threadKey(ref);
    const known = threads.get(key);
    threads.set(key, { ref, ts: known && Number(known.ts) > Number(ts) ? known.ts : ts });
  }

  async function write(): Promise<void> {
    clearTimeout(writing);
    writing = undefined;
    const oldestFirst = [...threads.values()].reverse();
    const rows = Array.from(oldestFirst, ({ ref, ts }) => ({
      workspace: ref.workspace,
      channel: ref.channel,
      thread: ref.thread,
      ts,
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

    async lookThrough(take, signal) {
      for (const { ts, ...place } of (await map.get('recent')) ?? []) {
        const ref: ThreadRef = { platform: 'slack', ...place };
        if (!threads.has(threadKey(ref))) note(ref, ts);
      }
      for (const { ref, ts } of [...threads.values()]) {
        signal.throwIfAborted();
        try {
          for await (const message of readThread(calls, ref, { oldest: ts, signal, attempts: 3 })) {
            if (Number(message.ts) > Number(ts)) await take(ref, message);
          }
        } catch (error) {
          if (!(error instanceof ChatError)) throw error;
          log.debug('a thread could not be looked through for missed messages', { error });
        }
      }
    },

    async close() {
      if (writing) await write();
    },
  };
}
