/**
 * What becomes of a turn whose cause was changed or taken back, inside one transaction: claims are written in such
 * ones, too, so that it either waits still or has been begun.
 */
import { tightest } from '../change-rules.ts';
import { type Cap, isEnd, type Revised, type Revision, type Withdrawal } from '../ledger.ts';
import type { createAppending } from './append.ts';
import type { turnTable } from './turns.ts';

export function createSecondThoughts(
  turns: ReturnType<typeof turnTable>,
  appending: ReturnType<typeof createAppending>,
) {
  return {
    turnOf(key: string) {
      const turn = turns.byKey({ key });
      return turn && { turn, waits: turns.waits({ key }) > 0 };
    },

    revise(key: string, revision: Revision, caps: readonly Cap[], now: number): Revised {
      const turn = turns.byKey({ key });
      if (!turn) return { outcome: 'unknown' };
      if (isEnd(turn.phase)) return { outcome: 'over' };
      if (turns.waits({ key }) === 0) return { outcome: 'begun', turn };
      const { payload, lane, counts = null, weight = 1 } = revision;
      // What it has counted for is given back first, and so is not in the way of what it will.
      turns.revise({ key, payload, lane, counts, weight: 0 });
      const { used, left } = tightest(
        appending.usedOf({ requester: turn.requester, counts }, caps),
      );
      if (weight > left) {
        turns.withdraw({ key, now });
        return { outcome: 'over-quota', used, left };
      }
      const revised = turns.revise({ key, payload, lane, counts, weight });
      return revised ? { outcome: 'revised', turn: revised } : { outcome: 'begun', turn };
    },

    withdraw(key: string, now: number): Withdrawal {
      const turn = turns.byKey({ key });
      if (!turn) return { outcome: 'unknown' };
      if (isEnd(turn.phase)) return { outcome: 'over' };
      const withdrawn = turns.withdraw({ key, now });
      if (withdrawn) return { outcome: 'withdrawn', turn: withdrawn };
      const calledOff = turns.callOff({ key });
      return calledOff ? { outcome: 'called-off', turn: calledOff } : { outcome: 'running', turn };
    },
  };
}
