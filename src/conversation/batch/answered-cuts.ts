/** Videos of a batch that were answered, by their cuts: what was paid for is rendered, or delivered, and not asked for again. */
import { SessionLost } from '../../nemo/errors.ts';
import type { AnsweredCut } from '../notes.ts';
import { BackendAway } from '../park-or-fail.ts';
import { isTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';

/** By number: those whose very cut has been delivered, whichever turn has ordered it. */
export async function deliveredCuts(
  { deps, turn }: TurnContext,
  cuts: readonly AnsweredCut[],
): Promise<readonly number[]> {
  if (cuts.length === 0) return [];
  const delivered = (await deps.ledger.renders(turn.thread)).filter(
    ({ phase }) => phase === 'delivered',
  );
  // One from before shows another video, however equal they look.
  const isThere = ({ session, draft, at }: AnsweredCut) =>
    delivered.some((r) => r.session === session && r.draft === draft && r.createdAt >= at);
  return cuts.filter(isThere).map(({ number }) => number);
}

/**
 * Of these the one that the session still holds: nothing has been changed over it. Rejects with `BackendAway`
 * while that cannot be known: to ask once more would cost what the first time did.
 */
export async function standingCut(
  { deps, project, signal }: TurnContext,
  cuts: readonly AnsweredCut[],
): Promise<AnsweredCut | undefined> {
  const here = cuts.filter(({ session }) => session === project?.sessionId);
  const session = here.at(-1)?.session;
  if (session === undefined) return undefined;
  const state = await deps.nemo.state(session, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    if (isTransient(error)) throw new BackendAway({ cause: error });
    if (error instanceof SessionLost) return undefined;
    throw error;
  });
  const draft = state?.draftHash;
  return here.findLast((cut) => cut.draft === draft);
}
