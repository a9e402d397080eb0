/** What a change under a claim has to keep to, and what a quota leaves: of every store, on facts that it has read. */

import type { TurnId } from '../runtime/ids.ts';
import {
  type Cap,
  OverQuota,
  type Phase,
  type Render,
  RenderTaken,
  type TurnChange,
  Withdrawn,
} from './ledger.ts';

/** The phases that a turn comes to from its preparations. */
const BEHIND_PREPARATIONS: ReadonlySet<Phase> = new Set(['sending', 'answered', 'exporting']);

/** Does the change take a turn to where a withdrawal is too late? */
export const comesToSomething = ({ phase }: TurnChange): boolean =>
  phase !== undefined && BEHIND_PREPARATIONS.has(phase);

/** Most changes need no answer beside the claim's. */
export const asksForMore = (change: TurnChange): boolean =>
  comesToSomething(change) ||
  change.weight !== undefined ||
  change.render !== undefined ||
  change.taking !== undefined ||
  change.abandons !== undefined;

/** From here on it is one of the thread's versions. */
export const isFinished = ({ phase }: Render): boolean =>
  phase === 'ready' || phase === 'delivered';

export interface Quota {
  readonly used: number;
  readonly left: number;
}

/** What is left of the tightest of the caps. */
export function tightest(caps: readonly (Cap & { readonly used: number })[]): Quota {
  let found: Quota = { used: 0, left: Number.POSITIVE_INFINITY };
  for (const { limit, used } of caps) {
    const left = Math.max(0, limit - used);
    if (left < found.left) found = { used, left };
  }
  return found;
}

export interface HeldFacts {
  readonly weight: number;
  readonly acceptedAt: number;
  readonly withdrawn: boolean;
}

/** Of a withdrawal and a request that costs, read in the transaction that writes, one comes first. */
export const refusedAsWithdrawn = (
  id: TurnId,
  change: TurnChange,
  held: HeldFacts,
): Withdrawn | undefined =>
  comesToSomething(change) && held.withdrawn ? new Withdrawn(id) : undefined;

/** `used`: of each cap, this turn's present weight included where it counts. */
export function refusedAsTooMuch(
  of: number,
  held: HeldFacts,
  caps: readonly (Cap & { readonly used: number })[],
): OverQuota | undefined {
  for (const cap of caps) {
    const { left } = tightest([cap]);
    // The turn's own present weight is among what is used, unless it came before the cap's day.
    const own = held.acceptedAt >= cap.since ? held.weight : 0;
    if (of > left + own) return new OverQuota(left + own);
  }
  return undefined;
}

/** `known` and `left`: the rows of `render` and `abandons`, read in the transaction that writes. */
export function refusedAsTaken(
  turn: TurnId,
  { render, taking }: TurnChange,
  known: Render | undefined,
  left: Render | undefined,
): RenderTaken | undefined {
  const isOther = known && known.turn !== (taking?.turn ?? turn);
  if (render && (isOther || (taking && known?.phase !== taking.phase)))
    return new RenderTaken(render.id);
  return left && left.turn !== turn ? new RenderTaken(left.id) : undefined;
}
