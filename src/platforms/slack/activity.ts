/**
 * Signs of life in a thread: the agent session with its native Stop where the workspace has it, else
 * the status line, which fades after two minutes and with every post, and so is set again in time.
 */
import { z } from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import { within } from '../../runtime/deadline.ts';
import type { Log } from '../../runtime/log.ts';
import type { State } from '../../state/state.ts';
import { ChatError, type ThreadRef, threadKey } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { isMissing } from './errors.ts';

export interface Activity {
  show(ref: ThreadRef, label: string): void;
  hide(ref: ThreadRef): void;
  /** Takes a thread out of "processing" when no turn of it shows any activity here. */
  settle(ref: ThreadRef): void;
  /** Something of ours is posted there, which wipes the status line. What it gives is called when that is done. */
  posting(ref: ThreadRef): () => void;
  /** Ends every loop; what is under way is waited for. */
  close(): Promise<void>;
}

/** Product milliseconds. The line lives for two minutes. */
const REARM_MS = 90_000;
/** The last post of a turn is followed by its end: a line set right after it would only flash. */
const AFTER_POST_MS = 3_000;
/** A turn that another worker took over is ended there; here nobody says so. */
const LONGEST_MS = 60 * 60_000;
/** What a workspace can do is asked again after a while: plans and apps change. */
const REMEMBERED_MS = 7 * 86_400_000;

/** Real milliseconds that a sign may wait for a rate limit. */
const PATIENCE_MS = 30_000;
/** Real milliseconds that the last signs may take. */
const CLOSE_MS = 1_000;

type Kind = 'session' | 'line' | 'none';
const kinds = z.enum(['session', 'line', 'none']);

interface Shown {
  readonly over: AbortController;
  poke: () => void;
  lineIsSet: boolean;
  /** Lines sent so far, and is the last of them still on its way? */
  sent: number;
  sending: boolean;
  /** The loop that shows it; never rejects. */
  done: Promise<void>;
}

export function createActivity(calls: WebCalls, clock: Clock, state: State, log: Log): Activity {
  const known = state.map('slack-activity', kinds, { ttlMs: REMEMBERED_MS });
  const shown = new Map<string, Shown>();
  const running = new Set<Promise<void>>();
  const closing = new AbortController();

  function background(work: Promise<void>): Promise<void> {
    const guarded = work
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        if (error instanceof ChatError) log.debug('a sign of life was refused', { error });
        else log.error('signs of life can no longer be shown', { error });
      })
      .finally(() => running.delete(guarded));
    running.add(guarded);
    return guarded;
  }

  async function keepShowing(ref: ThreadRef, label: string, self: Shown): Promise<void> {
    const since = clock.now();
    while (!self.over.signal.aborted && clock.elapsed(since) < LONGEST_MS) {
      const poked = new Promise<void>((resolve) => {
        self.poke = resolve;
      });
      self.sent += 1;
      self.sending = true;
      const kind = await arm(ref, label).finally(() => {
        self.sending = false;
      });
      if (kind !== 'line') return;
      self.lineIsSet = true;
      const rest = new AbortController();
      const signal = AbortSignal.any([self.over.signal, rest.signal]);
      await Promise.race([
        poked.then(() => quietly(AFTER_POST_MS, self.over.signal)),
        quietly(REARM_MS, signal),
      ]);
      rest.abort();
    }
  }

  const quietly = (ms: number, signal: AbortSignal): Promise<void> =>
    clock.sleep(ms, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });

  /** The best sign that the workspace has; found out once, then remembered. */
  async function arm(ref: ThreadRef, label: string): Promise<Kind> {
    const kind = await known.get(ref.workspace);
    for (const next of kind ? [kind] : (['session', 'line'] as const)) {
      try {
        if (next === 'session') await setSession(ref, 'processing');
        if (next === 'line') await setLine(ref, label);
        if (!kind) await known.set(ref.workspace, next);
        return next;
      } catch (error) {
        if (!isMissing(error)) throw error;
        if (kind) await known.delete(ref.workspace);
      }
    }
    if (!kind) await known.set(ref.workspace, 'none');
    return 'none';
  }

  /** After the last sign has arrived: else that one would stay for good. */
  async function disarm(ref: ThreadRef, self: Shown | undefined): Promise<void> {
    await self?.done;
    const kind = await known.get(ref.workspace);
    if (kind === 'session') await setSession(ref, 'active');
    if (kind === 'line' && self?.lineIsSet) await setLine(ref, '');
  }

  async function setSession(
    { workspace, channel, thread }: ThreadRef,
    status: string,
  ): Promise<void> {
    await calls(
      workspace,
      (client, token) =>
        client.agents.sessions.setStatus({ token, channel_id: channel, thread_ts: thread, status }),
      { attempts: 2, patienceMs: PATIENCE_MS, signal: closing.signal },
    );
  }

  async function setLine({ workspace, channel, thread }: ThreadRef, status: string): Promise<void> {
    await calls(
      workspace,
      (client, token) =>
        client.assistant.threads.setStatus({
          token,
          channel_id: channel,
          thread_ts: thread,
          status,
        }),
      { attempts: 2, patienceMs: PATIENCE_MS, signal: closing.signal },
    );
  }

  function hide(ref: ThreadRef): void {
    const key = threadKey(ref);
    const self = shown.get(key);
    self?.over.abort();
    shown.delete(key);
    void background(disarm(ref, self));
  }

  return {
    hide,
    settle(ref) {
      if (!shown.has(threadKey(ref))) hide(ref);
    },
    show(ref, label) {
      const key = threadKey(ref);
      shown.get(key)?.over.abort();
      const self: Shown = {
        over: new AbortController(),
        poke: () => {},
        lineIsSet: false,
        sent: 0,
        sending: false,
        done: Promise.resolve(),
      };
      shown.set(key, self);
      self.done = background(keepShowing(ref, label, self));
    },
    posting(ref) {
      const self = shown.get(threadKey(ref));
      // A line that is sent while this is on its way may come after it, and would stay.
      const sentBefore = self?.sending ? Number.NaN : self?.sent;
      return () => {
        const now = shown.get(threadKey(ref));
        if (!now) return;
        if (now === self && now.sent === sentBefore) now.lineIsSet = false;
        now.poke();
      };
    },
    async close() {
      for (const { over } of shown.values()) over.abort();
      shown.clear();
      await within(CLOSE_MS, undefined, () => Promise.all(running));
      closing.abort();
      await Promise.all(running);
    },
  };
}
