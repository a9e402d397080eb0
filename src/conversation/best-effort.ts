/**
 * Calls that only accompany a conversation (reactions, "is typing", a thread's name): nobody waits for
 * them, and nothing depends on them. A chat service that limits or refuses them costs their number at
 * most: one is under way per thread, few in all, the waiting ones are bounded, and of those about the
 * same subject only the newest is left.
 */

import { ChatError } from '../platforms/chat.ts';
import { machineTimers, sleepOn, type Timers } from '../runtime/clock.ts';
import { within } from '../runtime/deadline.ts';
import type { ThreadKey } from '../runtime/ids.ts';
import type { Log } from '../runtime/log.ts';

export interface BestEffort {
  /** Makes the call some time. One that still waits under the same thread and subject is replaced. */
  run(thread: ThreadKey, subject: string, call: () => Promise<unknown>): void;
  /** Gives what is left so many real milliseconds, drops the rest, and takes nothing more. */
  close(ms: number): Promise<void>;
}

interface Attempt {
  readonly call: () => Promise<unknown>;
  /** The tries left, this one included. */
  readonly tries: number;
}

const TRIES = 2;
const AT_ONCE = 16;
const MOST_WAITING = 1_000;
/** Real milliseconds before the second try where the platform names none. */
const PAUSE_MS = 1_000;
/** A sign that comes later than this says nothing any more. */
const LONGEST_PAUSE_MS = 30_000;

export function createBestEffort(log: Log, timers: Timers = machineTimers): BestEffort {
  const { sleep } = sleepOn(timers);
  /** By thread and subject, in the order of their coming. */
  const waiting = new Map<ThreadKey, Map<string, Attempt>>();
  /** Threads with a call under way, or in the pause before its second try. */
  const busy = new Set<ThreadKey>();
  const closing = new AbortController();
  let count = 0;
  let running = 0;
  let idle = () => {};

  function put(thread: ThreadKey, subject: string, attempt: Attempt): void {
    const calls = waiting.get(thread) ?? new Map<string, Attempt>();
    if (!calls.has(subject)) count += 1;
    waiting.set(thread, calls.set(subject, attempt));
    if (count > MOST_WAITING) for (const [oldest] of waiting) return void take(oldest);
  }

  function take(thread: ThreadKey): [string, Attempt] | undefined {
    const calls = waiting.get(thread);
    for (const [subject, attempt] of calls ?? []) {
      calls?.delete(subject);
      count -= 1;
      if (calls?.size === 0) waiting.delete(thread);
      return [subject, attempt];
    }
    return undefined;
  }

  function startWaiting(): void {
    for (const thread of waiting.keys()) {
      if (running >= AT_ONCE) return;
      if (busy.has(thread)) continue;
      const next = take(thread);
      if (next) void make(thread, ...next);
    }
    if (busy.size === 0) idle();
  }

  /** Never rejects. */
  async function make(thread: ThreadKey, subject: string, { call, tries }: Attempt): Promise<void> {
    busy.add(thread);
    running += 1;
    const pause = await call().then(
      () => undefined,
      (error: unknown) => pauseAfter(subject, error, tries),
    );
    running -= 1;
    if (pause !== undefined) {
      startWaiting();
      await sleep(pause, closing.signal).catch(() => undefined);
      const replaced = waiting.get(thread)?.has(subject);
      if (!replaced && !closing.signal.aborted) put(thread, subject, { call, tries: tries - 1 });
    }
    busy.delete(thread);
    startWaiting();
  }

  /** Undefined: it is not tried again. */
  function pauseAfter(subject: string, error: unknown, tries: number): number | undefined {
    if (!(error instanceof ChatError)) {
      log.error('a call that nobody waits for failed', { subject, error });
      return undefined;
    }
    log.debug('a call that nobody waits for was refused', { subject, error });
    const pause = error.retryAfterMs ?? PAUSE_MS;
    const passing = error.reason === 'unreachable' && pause <= LONGEST_PAUSE_MS;
    return passing && tries > 1 ? pause : undefined;
  }

  return {
    run(thread, subject, call) {
      if (closing.signal.aborted) return;
      put(thread, subject, { call: async () => call(), tries: TRIES });
      startWaiting();
    },
    async close(ms) {
      const settled = new Promise<void>((resolve) => {
        idle = resolve;
      });
      startWaiting();
      await within(ms, undefined, () => settled, timers);
      closing.abort();
      waiting.clear();
      count = 0;
    },
  };
}
