/** The background turn behind a slow render: looks on, and delivers late rather than never. */
import type { Render } from '../../ledger/ledger.ts';
import type { TurnId } from '../../runtime/ids.ts';
import type { TurnContext } from '../turn-context.ts';
import { entryOf } from './render-cut.ts';
import { look } from './render-job.ts';
import { tellExportFailed } from './tell-export-failed.ts';

/**
 * Looks at a render that outlasted its turn, one every two pauses of a turn's own: about half an hour. Counted, because a
 * clock may be set, and a job that is given up too early is paid for once more.
 */
const MOST_LOOKS = 30;

/** One look. `from` is the turn that handed the render over. */
export async function watchRender(turn: TurnContext, render: Render, from: TurnId): Promise<void> {
  const { clock, rules } = turn.deps;
  const { renderPoll, renderPolls } = rules.waits;
  await clock.sleep(2 * renderPoll, turn.signal);
  const state = await look(turn, render);
  if (state?.status === 'completed')
    return turn.put({ render: { ...render, phase: 'ready', url: state.url } });
  const isFailed = state?.status === 'failed';
  const polls = render.polls + 1;
  if (!isFailed && polls < renderPolls + MOST_LOOKS)
    return turn.put({ render: { ...render, polls } });
  // Who has taken the job over in the meantime has its own words for it: then this is refused.
  await turn.put({ render });
  const { exportAbandoned, exportFailed } = turn.words;
  await tellExportFailed(turn, isFailed || entryOf(turn) ? exportFailed : exportAbandoned, from);
  if (isFailed) await turn.cost.release(from);
  await turn.put({ render: { ...render, phase: isFailed ? 'failed' : 'abandoned' } });
}

/** Refused where an export that was asked for in the meantime has it. */
export const takeWatch = (turn: TurnContext, render: Render): Promise<void> =>
  turn.put({
    render: { ...render, turn: turn.turn.id },
    taking: { turn: render.turn, phase: render.phase },
  });
