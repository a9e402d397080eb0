/** The background turn behind a slow render: looks on, and delivers late rather than never. */
import type { Render } from '../../ledger/ledger.ts';
import type { TurnContext } from '../turn-context.ts';
import { sayFailed } from './exporting.ts';
import { entryOf } from './render-cut.ts';
import { finishRender, isMine, look, save } from './render-job.ts';

/** How long a render that outlasted its turn is looked at, in product milliseconds. */
const WATCH_MS = 1_800_000;

const CLOSED: ReadonlySet<Render['phase']> = new Set(['delivered', 'failed', 'abandoned']);

/** `from` is the turn that handed the render over. */
export async function watchRender(
  turn: TurnContext,
  renderId: string,
  from: string,
): Promise<void> {
  const { clock, ledger, rules } = turn.deps;
  const handed = await ledger.render(renderId);
  if (handed?.turn === from) await save(turn, { ...handed, turn: turn.turn.id });
  for (;;) {
    const render = await ledger.render(renderId);
    if (!render || CLOSED.has(render.phase)) return;
    if (render.phase === 'ready') return finishRender(turn, render, { url: render.url });
    await clock.sleep(2 * rules.waits.renderPoll, turn.signal);
    const state = await look(turn, render);
    if (state?.status === 'completed') return finishRender(turn, render, { url: state.url });
    // An export asked for in the meantime has taken the job over, or delivered it.
    if (!(await isMine(turn, renderId))) return;
    if (state?.status === 'failed') {
      await save(turn, { ...render, phase: 'failed' });
      return sayFailed(turn, turn.words.exportFailed, from);
    }
    if (clock.elapsed(render.createdAt) > WATCH_MS) {
      await save(turn, { ...render, phase: 'abandoned' });
      const { exportAbandoned, exportFailed } = turn.words;
      return sayFailed(turn, entryOf(turn) ? exportFailed : exportAbandoned, from);
    }
  }
}
