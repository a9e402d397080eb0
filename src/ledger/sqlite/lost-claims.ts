/** Claims that nobody works on any more, freed before their leases end. Each counts as a crash: its owner stays. */
import type { Timers } from '../../runtime/clock.ts';
import { type GroupCommit, reading } from '../../runtime/sqlite/group-commit.ts';
import type { Turn } from '../ledger.ts';
import type { turnTable } from './turns.ts';
import type { WorkerLocks } from './worker-lock.ts';

/**
 * What a process has sent when it dies may still be on its way to the chat: whoever goes on looks for it when it has arrived,
 * and finds it then, instead of posting it a second time.
 */
const UNDER_WAY_MS = 500;

export interface LostClaims {
  /** Frees what workers that are gone still hold, from the epoch milliseconds on that it resolves to. */
  releaseDead(): Promise<number | undefined>;
  /** Frees what this owner holds in the ledger and is not heard of in its process. */
  releaseUnheard(owner: string, isHeard: (turn: Turn) => boolean): Promise<void>;
}

export interface LostClaimsOptions {
  readonly turns: ReturnType<typeof turnTable>;
  readonly locks: Pick<WorkerLocks, 'isDead' | 'forget'>;
  readonly write: GroupCommit['write'];
  readonly timers: Pick<Timers, 'now'>;
}

export function createLostClaims({ turns, locks, write, timers }: LostClaimsOptions): LostClaims {
  return {
    async releaseDead() {
      const owners = reading(() => turns.leaseholders({ now: timers.now() }));
      const dead = owners.filter(locks.isDead);
      if (dead.length === 0) return undefined;
      const from = timers.now() + UNDER_WAY_MS;
      await write(() => {
        for (const owner of dead) turns.release({ owner, from });
      });
      locks.forget(dead);
      return from;
    },
    async releaseUnheard(owner, isHeard) {
      await write(() => {
        for (const turn of turns.heldBy({ owner }))
          if (!isHeard(turn)) turns.releaseOne({ id: turn.id, owner });
      });
    },
  };
}
