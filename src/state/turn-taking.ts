/**
 * Work that one process does for all that share the store: whoever sets the mark first. The mark has an end, which is put
 * off while the work goes on, so that one that was killed keeps nobody. What is done here may be done twice where a
 * process stands still for longer than that: it has to be work of which that is only a waste.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { machineTimers, sleepOn, type Timers } from '../runtime/clock.ts';
import { type State, StateUnavailable } from './state.ts';

/**
 * Does the work while no other process does; one that is at it is waited for. Says whether it was done here: not where
 * another has come to its end that began at `unlessSince` or later, epoch milliseconds. Rejects with what the
 * work rejected with, and the next one may begin at once; also with `StateUnavailable`, and with the signal's reason.
 */
export type TakeTurns = (
  name: string,
  work: () => Promise<void>,
  options?: TurnOptions,
) => Promise<boolean>;

export interface TurnOptions {
  readonly unlessSince?: number;
  /** For who no longer wants to wait; it does not end the work. */
  readonly signal?: AbortSignal | undefined;
}

const mark = z.object({
  by: z.string(),
  /** Epoch milliseconds. */
  begun: z.number(),
  /** While it is under way: others wait until then. */
  until: z.number().optional(),
});
type Mark = z.infer<typeof mark>;

/** Longer than anything that is done once in so many hours. */
const KEPT_MS = 7 * 86_400_000;
/** Real milliseconds. */
const LEASE_MS = 30_000;
const RENEW_MS = 8_000;
const LOOK_MS = 250;

export function openTurns(state: State, timers: Timers = machineTimers): TakeTurns {
  const map = state.map('turn-taking', mark, { ttlMs: KEPT_MS });
  const { sleep } = sleepOn(timers);

  /** A time that is farther off than any of ours is from a clock that was wrong. */
  function isAtIt({ until }: Mark): boolean {
    const now = timers.now();
    return until !== undefined && until > now && until <= now + 2 * LEASE_MS;
  }

  /** Undefined: it has been done. */
  async function begin(
    name: string,
    { unlessSince = Number.POSITIVE_INFINITY, signal }: TurnOptions,
  ): Promise<Mark | undefined> {
    for (;;) {
      signal?.throwIfAborted();
      const before = await map.get(name);
      const now = timers.now();
      if (before && isAtIt(before)) {
        await sleep(LOOK_MS, signal);
        continue;
      }
      const isDone = before && before.until === undefined;
      if (isDone && before.begun >= unlessSince && before.begun <= now + LEASE_MS) return undefined;
      const mine = { by: randomUUID(), begun: now, until: now + LEASE_MS };
      if (await map.swap(name, before, mine)) return mine;
    }
  }

  /** Puts the end off until it is called off, which gives the mark as it stands. */
  function keep(name: string, mine: Mark): () => Promise<Mark> {
    let held = mine;
    let last: Promise<void> = Promise.resolve();
    let callOff = timers.after(RENEW_MS, renew);
    function renew(): void {
      last = putOff().then(() => {
        callOff = timers.after(RENEW_MS, renew);
      });
    }
    async function putOff(): Promise<void> {
      const next = { ...held, until: timers.now() + LEASE_MS };
      try {
        if (await map.swap(name, held, next)) held = next;
      } catch (error) {
        // The work goes on; the mark may end meanwhile.
        if (!(error instanceof StateUnavailable)) throw error;
      }
    }
    return async () => {
      callOff();
      await last;
      callOff();
      return held;
    };
  }

  return async (name, work, options = {}) => {
    const mine = await begin(name, options);
    if (!mine) return false;
    const stop = keep(name, mine);
    try {
      await work();
    } catch (error) {
      // As if it had never been begun; where this fails too, the mark ends by itself.
      await map.swap(name, await stop(), { by: mine.by, begun: 0 }).catch(() => false);
      throw error;
    }
    await map.swap(name, await stop(), { by: mine.by, begun: mine.begun });
    return true;
  };
}
