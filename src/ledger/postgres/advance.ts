/** Writes under a claim, inside one transaction: the claim is looked at first, and all is written or nothing. */
import type pg from 'pg';
import {
  asksForMore,
  isFinished,
  refusedAsTaken,
  refusedAsTooMuch,
  refusedAsWithdrawn,
} from '../change-rules.ts';
import { type Claim, ClaimLost, type TurnChange } from '../ledger.ts';
import { follow, usedOf } from './append.ts';
import type { Jobs } from './jobs.ts';
import { abandonRender, lockRender, saveRender, versionOf } from './renders.ts';
import { setProject } from './threads.ts';
import { lockHeld } from './turns.ts';

/** One statement writes it, and so needs no transaction around it: most changes of a turn are such. */
export const isOfItsRowAlone = (change: TurnChange): boolean =>
  change.project === undefined && change.follow === undefined && !asksForMore(change);

/**
 * `write` changes the turn's row while the claim stands, and says whether it did. Throws what the port says, and
 * nothing is written then.
 */
export async function change(
  sql: pg.PoolClient,
  jobs: Jobs,
  claim: Claim,
  change: TurnChange,
  write: () => Promise<boolean>,
): Promise<void> {
  if (asksForMore(change)) await check(sql, claim, change);
  if (!(await write())) throw new ClaimLost(claim.turn.id);
  const { project, render, cut, abandons } = change;
  if (project !== undefined) await setProject(sql, claim.turn.thread, project);
  if (abandons !== undefined) await abandonRender(sql, abandons);
  if (render) {
    const version = isFinished(render) ? await versionOf(sql, render) : undefined;
    await saveRender(sql, render, { version, cut, abandons });
  }
  if (change.follow) await follow(sql, jobs, change.follow);
}

async function check(sql: pg.PoolClient, claim: Claim, change: TurnChange): Promise<void> {
  const { id } = claim.turn;
  const held = await lockHeld(sql, claim);
  if (!held) throw new ClaimLost(id);
  const { weight, render, abandons } = change;
  const refused =
    refusedAsWithdrawn(id, change, held) ??
    (weight && refusedAsTooMuch(weight.of, held, await usedOf(sql, held, weight.caps))) ??
    refusedAsTaken(
      id,
      change,
      render && (await lockRender(sql, render.id)),
      abandons === undefined ? undefined : await lockRender(sql, abandons),
    );
  if (refused) throw refused;
}
