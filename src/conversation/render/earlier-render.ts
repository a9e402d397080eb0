/** A job on record that answers an export: one that is under way, or one whose video is finished. */
import { isEnd, type Render } from '../../ledger/ledger.ts';
import { VideoAwaited } from '../park-or-fail.ts';
import type { TurnContext } from '../turn-context.ts';
import { sayAgain } from './render-again.ts';
import { isOf, type RenderedCut } from './render-cut.ts';

const UNDER_WAY: ReadonlySet<Render['phase']> = new Set(['submitting', 'rendering', 'ready']);

/** The turn's own, after a restart. */
export const ownRender = (turn: TurnContext, renders: readonly Render[]): Render | undefined =>
  renders.find((r) => r.turn === turn.turn.id && UNDER_WAY.has(r.phase));

/** A job to go on with; `answered`: its video has been said, and nothing is left to do. */
export async function earlierRender(
  turn: TurnContext,
  renders: readonly Render[],
  cut: RenderedCut,
  resolution: string | undefined,
): Promise<Render | 'answered' | undefined> {
  const entry = turn.notes.batch?.entry;
  const same = renders.filter(
    // The videos of a batch are different ones, however equal they look.
    (r) => isOf(r, cut, resolution) && (!entry || r.createdAt >= cut.changedAt),
  );
  // One that is still being submitted was left by a turn that could not learn what became of it.
  const open = same.find(({ phase }) => UNDER_WAY.has(phase));
  if (open) return open.phase === 'ready' ? whatBecomesOf(turn, open) : open;
  const made = same.find(({ phase, draft }) => phase === 'delivered' && draft !== undefined);
  return made && (await sayAgain(turn, made)) ? 'answered' : undefined;
}

/**
 * Of a finished video. A watcher that is posting it right now answers this export as well; one that could not is
 * succeeded. Rejects with `VideoAwaited` while it is at it, be it for as long as the chat is away: another render
 * would be paid for beside a video that is there.
 */
async function whatBecomesOf(
  turn: TurnContext,
  render: Render,
): Promise<Render | 'answered' | undefined> {
  const { clock, ledger, rules } = turn.deps;
  for (let n = 0; n < rules.waits.renderPolls; n += 1) {
    const now = await ledger.render(render.id);
    if (now?.phase !== 'ready') return now?.phase === 'delivered' ? 'answered' : undefined;
    if (!(await isWorkedOn(turn, now))) return now;
    await clock.sleep(rules.waits.renderFirstPoll, turn.signal);
  }
  throw new VideoAwaited();
}

async function isWorkedOn({ deps }: TurnContext, render: Render): Promise<boolean> {
  const owner = await deps.ledger.turn(render.turn);
  return owner !== undefined && !isEnd(owner.phase);
}
