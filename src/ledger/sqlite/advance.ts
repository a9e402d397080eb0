/** Writes under a claim, inside one transaction: the claim is looked at first, and all is written or nothing. */
import type { TurnId } from '../../runtime/ids.ts';
import {
  asksForMore,
  isFinished,
  refusedAsTaken,
  refusedAsTooMuch,
  refusedAsWithdrawn,
} from '../change-rules.ts';
import {
  type Claim,
  ClaimLost,
  type End,
  type OverQuota,
  type Render,
  type RenderTaken,
  type TurnChange,
  type Withdrawn,
} from '../ledger.ts';
import type { createAppending, Moment } from './append.ts';
import type { renderTable } from './renders.ts';
import type { threadTable } from './threads.ts';
import type { turnTable } from './turns.ts';

/** Why nothing was written; thrown once the transaction is through, because nothing is wrong with that. */
export type AdvanceRefusal = ClaimLost | OverQuota | RenderTaken | Withdrawn;

export interface Written {
  readonly refused?: AdvanceRefusal;
  /** Another turn came of it. */
  readonly followed?: boolean;
}

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
  /** Asked before anything is written. */
  function refusal(
    { turn: { id }, owner, fence }: Claim,
    change: TurnChange,
  ): AdvanceRefusal | undefined {
    if (!asksForMore(change)) return undefined;
    const held = turns.held({ id, owner, fence });
    if (!held) return new ClaimLost(id);
    const { weight, render, abandons } = change;
    return (
      refusedAsWithdrawn(id, change, held) ??
      (weight && refusedAsTooMuch(weight.of, held, appending.usedOf(held, weight.caps))) ??
      refusedAsTaken(
        id,
        change,
        render && renders.byId(render.id),
        abandons === undefined ? undefined : renders.byId(abandons),
      )
    );
  }

  /** One that has a number keeps it. */
  function versionOf(render: Render): number | undefined {
    if (!isFinished(render)) return undefined;
    const known = renders.byId(render.id)?.version;
    return known ?? renders.versionOf(render) ?? threads.nextVersion(render.thread);
  }

  /** `write` changes the turn's row while the claim stands, and says whether it did. */
  function under(
    claim: Claim,
    change: TurnChange,
    at: Moment,
    write: (row: ClaimedRow) => boolean,
  ): Written {
    const { turn, owner, fence } = claim;
    const { notes = null, weight, project, render, cut, abandons, follow } = change;
    const refused = refusal(claim, change);
    if (refused) return { refused };
    if (!write({ id: turn.id, owner, fence, notes, weight: weight?.of ?? null }))
      return { refused: new ClaimLost(turn.id) };
    if (project !== undefined) threads.setProject(turn.thread, project);
    if (abandons !== undefined) renders.abandon(abandons);
    if (render) renders.save(render, { version: versionOf(render), cut, abandons });
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
