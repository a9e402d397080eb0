/** A job on record that answers an export: one that is under way, or one whose video is finished. */
import { ENDS, type Render } from '../../ledger/ledger.ts';
import type { TurnContext } from '../turn-context.ts';
import { sayAgain } from './render-again.ts';
import { isOf, type PresentCut } from './render-cut.ts';

const UNDER_WAY: ReadonlySet<Render['phase']> = new Set(['submitting', 'rendering', 'ready']);

/** The turn's own, after a restart. */
export const ownRender = (turn: TurnContext, renders: readonly Render[]): Render | undefined =>
  renders.find((r) => r.turn === turn.turn.id && UNDER_WAY.has(r.phase));

/** A job to go on with; `answered`: its video has been said, and nothing is left to do. */
export async function earlierRender(
  turn: TurnContext,
  renders: readonly Render[],
  cut: PresentCut,
  resolution: string | undefined,
): Promise<Render | 'answered' | undefined> {
  const entry = turn.notes.batch?.entry;
  const same = renders.filter(
    // The videos of a batch are different ones, however equal they look.
    (r) => isOf(r, cut, resolution) && (!entry || r.createdAt >= cut.changedAt),
  );
  // One that is still being submitted was left by a turn that could not learn what became of it.
  const open = same.find(({ phase }) => UNDER_WAY.has(phase));
  if (open) {
    if (open.phase !== 'ready' || !(await isWorkedOn(turn, open))) return open;
    // A turn that is still at it after all this time is left to it: another render is ordered.
    return (await isPosted(turn, open)) ? 'answered' : undefined;
  }
  const made = same.find(({ phase, draft }) => phase === 'delivered' && draft !== undefined);
  return made && (await sayAgain(turn, made)) ? 'answered' : undefined;
}

/** A watcher is posting this video right now: that answers this export as well. */
async function isPosted(turn: TurnContext, render: Render): Promise<boolean> {
  const { clock, ledger, rules } = turn.deps;
  for (let n = 0; n < rules.waits.renderPolls; n += 1) {
    const now = await ledger.render(render.id);
    if (now?.phase !== 'ready') return now?.phase === 'delivered';
    await clock.sleep(rules.waits.renderFirstPoll, turn.signal);
  }
  return false;
}

async function isWorkedOn({ deps }: TurnContext, render: Render): Promise<boolean> {
  const owner = await deps.ledger.turn(render.turn);
  return owner !== undefined && !ENDS.some((end) => end === owner.phase);
}
