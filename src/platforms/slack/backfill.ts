/**
 * After an outage longer than Slack's retries nobody tells us what was written meanwhile. So the
 * threads of late are kept on record, and looked through once when the connection is back: by one
 * process for all, each of which adds what it has heard to the one list.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../runtime/log.ts';
import { isStoreOutage } from '../../runtime/store-outage.ts';
import type { State } from '../../state/state.ts';
import type { TakeTurns } from '../../state/turn-taking.ts';
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

const row = z.object({
  workspace: z.string(),
  channel: z.string(),
  thread: z.string(),
  ts: z.string(),
  from: z.string().optional(),
});
type Row = z.infer<typeof row>;
const record = z.array(row);

interface Noted {
  readonly ref: ThreadRef;
  /** Of the newest message that is on record. */
  readonly ts: string;
  /** Where the next look begins, when that is earlier. */
  readonly from?: string | undefined;
}

const begin = ({ ts, from }: Noted): string => from ?? ts;

export function createMissed(
  calls: WebCalls,
  state: State,
  takeTurns: TakeTurns,
  log: Log,
): Missed {
  const map = state.map('slack-threads', record, { ttlMs: KEPT_MS });
  const threads = new LRUCache<string, Noted>({ max: MOST_THREADS });
  let writing: NodeJS.Timeout | undefined;

  function note(ref: ThreadRef, ts: string): void {
    const key = threadKey(ref);
    const known = threads.get(key);
    const newest = known && Number(known.ts) > Number(ts) ? known.ts : ts;
    threads.set(key, { ref, ts: newest, from: known?.from });
  }

  /** `looked`: where a look began that has come to its end, by thread. */
  async function write(looked: ReadonlyMap<string, string> = new Map()): Promise<void> {
    clearTimeout(writing);
    writing = undefined;
    const mine = Array.from(threads.values(), ({ ref, ts, from }) => ({
      workspace: ref.workspace,
      channel: ref.channel,
      thread: ref.thread,
      ts,
      ...(from ? { from } : {}),
    }));
    for (;;) {
      const before = await map.get('recent');
      if (await map.swap('recent', before, merged(before ?? [], mine, looked))) return;
    }
  }

  async function look(...[take, signal]: Parameters<Missed['lookThrough']>): Promise<void> {
    const looked = new Map<string, string>();
    for (const stored of (await map.get('recent')) ?? []) {
      const { ts, from, ...place } = stored;
      const ref: ThreadRef = { platform: 'slack', ...place };
      const known = threads.get(threadKey(ref));
      if (!known) threads.set(threadKey(ref), { ref, ts, from });
      else if (from && Number(from) < Number(begin(known)))
        threads.set(threadKey(ref), { ...known, from });
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
        if (now?.from !== noted.from) continue;
        threads.set(key, { ref, ts: now?.ts ?? ts });
        looked.set(key, ts);
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        log.debug('a thread could not be looked through for missed messages', { error });
      }
    }
    if (looked.size > 0) await write(looked);
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
      // What could not be put on record here is known here alone.
      const owing = [...threads.values()].some(({ from }) => from !== undefined);
      // Of many that are connected again together, the next one to begin finds it for all that wait; what comes later
      // is told to whoever is connected.
      const unlessSince = owing ? {} : { unlessSince: Date.now() };
      await takeTurns('slack-missed', () => look(take, signal), { ...unlessSince, signal });
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

const keyOf = ({ ts: _ts, from: _from, ...place }: Row): string =>
  threadKey({ platform: 'slack', ...place });
const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other && Number(other) < Number(one) ? other : (one ?? other);

/** The newest of both. Where a look has to begin stays until it was looked through from there. */
function merged(
  stored: readonly Row[],
  mine: readonly Row[],
  looked: ReadonlyMap<string, string>,
): Row[] {
  const all = new Map(
    stored.map(({ from, ...known }): [string, Row] => {
      const begun = looked.get(keyOf(known));
      const isOver = from === undefined || (begun !== undefined && Number(begun) <= Number(from));
      return [keyOf(known), isOver ? known : { ...known, from }];
    }),
  );
  for (const next of mine) {
    const known = all.get(keyOf(next));
    const from = earlier(next.from, known?.from);
    const newest = known && Number(known.ts) > Number(next.ts) ? known : next;
    all.set(keyOf(next), { ...newest, ...(from ? { from } : {}) });
  }
  return [...all.values()].sort((a, b) => Number(a.ts) - Number(b.ts)).slice(-MOST_THREADS);
}
