/** One export job at the backend: looked at until it ends, and delivered. */
import type { Arrival, Render } from '../../ledger/ledger.ts';
import { RequestRefused } from '../../nemo/errors.ts';
import type { RenderState } from '../../nemo/nemo.ts';
import { sayHeld } from '../batch/batch.ts';
import { writeJob } from '../job.ts';
import { orderedIn } from '../notes.ts';
import type { Progress } from '../progress.ts';
import { isTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { deliver } from './deliver.ts';
import { enterExport, triesOf } from './export-state.ts';
import { copyAfter } from './smaller-copy.ts';

/** Undefined: the look failed in a way that passes; the same id is looked at again. */
export async function look(turn: TurnContext, render: Render): Promise<RenderState | undefined> {
  try {
    return await turn.deps.nemo.renderState(render.id, turn.signal);
  } catch (error) {
    if (turn.signal.aborted) throw error;
    // The backend knows nothing of the job: it will not come to an end.
    if (error instanceof RequestRefused) return { status: 'failed' };
    if (!isTransient(error)) throw error;
    return undefined;
  }
}

/** Looks until there is an end, or the looks are used up. */
export async function followRender(
  turn: TurnContext,
  progress: Progress,
  render: Render,
): Promise<void> {
  const { clock, rules } = turn.deps;
  const { renderFirstPoll, renderPoll, renderPolls } = rules.waits;
  const ready = (url: string | undefined) => {
    turn.cost.isOver('render');
    return turn.put({ render: { ...render, phase: 'ready', url } });
  };
  progress.show({ type: 'rendering' });
  let shown = 0;
  let withoutUrl = false;
  for (let n = 0; n < renderPolls; n += 1) {
    await clock.sleep(n === 0 ? renderFirstPoll : renderPoll, turn.signal);
    const state = await look(turn, render);
    if (state?.status === 'failed') return startOver(turn, render);
    // A finished job without a link gets one more look, then the download route is tried.
    if (state?.status === 'completed' && (state.url || withoutUrl)) return ready(state.url);
    withoutUrl ||= state?.status === 'completed';
    await turn.put({ render: { ...render, polls: n + 1 } });
    if (state?.progress !== undefined && state.progress > shown) {
      shown = state.progress;
      progress.show({ type: 'rendering', percent: Math.round(shown) });
    }
  }
  return withoutUrl ? ready(undefined) : handOver(turn, render);
}

function startOver(turn: TurnContext, render: Render): Promise<void> {
  turn.cost.isOver('render');
  const tries = triesOf(turn);
  return enterExport(
    turn,
    { is: 'wanted', ...tries, failed: tries.failed + 1 },
    { render: { ...render, phase: 'failed' } },
  );
}

/** The thread is free again; a turn beside it keeps looking. */
async function handOver(turn: TurnContext, render: Render): Promise<void> {
  const { words, notes, job } = turn;
  const { batch } = notes;
  const entry = batch?.entry;
  await sayHeld(turn);
  await turn.say(
    {
      text: entry ? `${words.batchEntry(entry)}\n${words.exportLate}` : words.exportSlow,
      mention: [job.message.author.id],
    },
    `export-slow-${render.id}`,
  );
  const over = { is: 'over', ending: 'done', render: render.id } as const;
  const follow = watchOf(turn, render);
  if (!batch || !entry) return enterExport(turn, over, { follow });
  const others = batch.late.filter(({ number }) => number !== entry.number);
  const late = [...others, { number: entry.number, render: render.id }];
  await enterExport(turn, over, { follow }, { batch: { ...batch, late } });
}

function watchOf({ turn, claim, job, notes }: TurnContext, render: Render): Arrival {
  const { platform, workspace, channel, thread: ref } = job.message.thread;
  const cut = orderedIn(notes)?.cut;
  const entry = notes.batch?.entry;
  const wish = job.task.type === 'export' ? job.task.wish : undefined;
  return {
    // A turn that takes the render back after a crash hands it over anew.
    key: `watch:${render.id}:${turn.id}:${claim.fence}`,
    thread: { key: turn.thread, platform, workspace, channel, ref },
    lane: 'immediate',
    requester: turn.requester,
    payload: writeJob({
      task: { type: 'watch', render: render.id, from: turn.id, entry, cut, wish },
      message: job.message,
    }),
  };
}

/** That it is ready, and this turn's, is on record. */
export async function deliverRender(turn: TurnContext, render: Render): Promise<void> {
  const posted = await deliver(turn, render);
  const { message } = posted;
  const deliveredAt = turn.deps.clock.now();
  await countDelivery(turn);
  const delivered = { ...render, phase: 'delivered', message, deliveredAt } as const;
  const follow = copyAfter(turn, render, posted);
  if (turn.job.task.type === 'watch') {
    await turn.cost.release(turn.job.task.from);
    return turn.put({ render: delivered, follow });
  }
  const over = { is: 'over', ending: 'done', render: render.id } as const;
  // The video has brought it along, where there was something to bring.
  await enterExport(turn, over, { render: delivered, follow }, { held: undefined });
}

/** From the request on, also where a turn beside it had to watch. */
async function countDelivery({ deps, turn, job }: TurnContext): Promise<void> {
  const { task } = job;
  const asked = task.type === 'watch' ? await deps.ledger.turn(task.from) : undefined;
  const since = (asked ?? turn).acceptedAt;
  deps.metrics.videoDelivered(turn.platform, deps.clock.elapsed(since) / 1000);
}
