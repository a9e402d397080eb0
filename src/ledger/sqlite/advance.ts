/** Writes under a claim, inside one transaction: the claim is looked at first, and all is written or nothing. */
import type { TurnId } from '../../runtime/ids.ts';
import {
  type Claim,
  ClaimLost,
  type End,
  OverQuota,
  type Phase,
  RenderTaken,
  type TurnChange,
  Withdrawn,
} from '../ledger.ts';
import type { createAppending, Moment } from './append.ts';
import type { renderTable } from './renders.ts';
import type { threadTable } from './threads.ts';
import type { HeldTurn, turnTable } from './turns.ts';

/** Why nothing was written; thrown once the transaction is through, because nothing is wrong with that. */
export type AdvanceRefusal = ClaimLost | OverQuota | RenderTaken | Withdrawn;

export interface Written {
  readonly refused?: AdvanceRefusal;
  /** Another turn came of it. */
  readonly followed?: boolean;
}

/** The phases that a turn comes to from its preparations. */
const BEHIND_PREPARATIONS: ReadonlySet<Phase> = new Set(['sending', 'answered', 'exporting']);

/** Which row, and what of it may change in any way of writing it. */
type ClaimedRow = Pick<Claim, 'owner' | 'fence'> & {
  readonly id: TurnId;
  readonly notes: string | null;
  readonly weight: number | null;
};

interface Tables {
  readonly turns: ReturnType<typeof turnTable>;
  readonly threads: ReturnType<typeof threadTable>;
  readonly renders: ReturnType<typeof renderTable>;
  readonly appending: ReturnType<typeof createAppending>;
}

export function createChanging({ turns, threads, renders, appending }: Tables) {
  function overQuota(held: HeldTurn, weight: TurnChange['weight']): OverQuota | undefined {
    if (!weight || held.counts === null) return undefined;
    const caps = weight.caps.filter(({ counts }) => counts === held.counts);
    for (const cap of caps) {
      const { left } = appending.quota(held.requester, [cap]);
      // The turn's own present weight is among what is used, unless it came before the cap's day.
      const own = held.acceptedAt >= cap.since ? held.weight : 0;
      if (weight.of > left + own) return new OverQuota(left + own);
    }
    return undefined;
  }

  /** Read in the transaction that writes: of two turns that take one render over, one does. */
  function taken(turn: TurnId, { render, taking, abandons }: TurnChange): RenderTaken | undefined {
    const known = render && renders.byId(render.id);
    const isOther = known && known.turn !== (taking?.turn ?? turn);
    if (render && (isOther || (taking && known?.phase !== taking.phase)))
      return new RenderTaken(render.id);
    const left = abandons === undefined ? undefined : renders.byId(abandons);
    return left && left.turn !== turn ? new RenderTaken(left.id) : undefined;
  }

  /** Asked before anything is written; most changes need no answer beside the claim's. */
  function refusal(
    { turn: { id }, owner, fence }: Claim,
    change: TurnChange,
  ): AdvanceRefusal | undefined {
    const { phase, weight, render, taking, abandons } = change;
    const comesToIt = phase !== undefined && BEHIND_PREPARATIONS.has(phase);
    if (!comesToIt && !weight && !render && !taking && abandons === undefined) return undefined;
    const held = turns.held({ id, owner, fence });
    if (!held) return new ClaimLost(id);
    // Read in the transaction that writes: of a withdrawal and a request that costs one comes first.
    if (comesToIt && held.withdrawn) return new Withdrawn(id);
    return overQuota(held, weight) ?? taken(id, change);
  }

  /** `write` changes the turn's row while the claim stands, and says whether it did. */
  function under(
    claim: Claim,
    change: TurnChange,
    at: Moment,
    write: (row: ClaimedRow) => boolean,
  ): Written {
    const { turn, owner, fence } = claim;
    const { notes = null, weight, project, render, abandons, follow } = change;
    const refused = refusal(claim, change);
    if (refused) return { refused };
    if (!write({ id: turn.id, owner, fence, notes, weight: weight?.of ?? null }))
      return { refused: new ClaimLost(turn.id) };
    if (project !== undefined) threads.setProject(turn.thread, project);
    if (abandons !== undefined) renders.abandon(abandons);
    if (render) renders.save(render);
    return { followed: follow !== undefined && appending.follow(follow, at) };
  }

  return {
    advance: (claim: Claim, change: TurnChange, at: Moment): Written =>
      under(claim, change, at, (row) => turns.write({ ...row, phase: change.phase ?? null })),

    finish: (claim: Claim, end: End, change: TurnChange, at: Moment): Written =>
      under(claim, change, at, (row) => turns.finish({ ...row, end, now: at.now })),

    park: (claim: Claim, notBefore: number, change: TurnChange, at: Moment): Written =>
      under(claim, change, at, (row) =>
        turns.park({ ...row, phase: change.phase ?? null, notBefore }),
      ),
  };
}
