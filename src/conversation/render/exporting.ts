/**
 * From a timeline to a finished file: submit, look, deliver. The render's id is on record before it
 * is submitted, so that a restart looks at the same job instead of starting a second one.
 */
import type { Arrival, Render } from '../../ledger/ledger.ts';
import type { Button } from '../../platforms/chat.ts';
import { writeJob } from '../job.ts';
import type { Progress } from '../progress.ts';
import type { Ending } from '../stage.ts';
import type { TurnContext } from '../turn-context.ts';
import { entryOf } from './render-cut.ts';
import {
  deliveredMeanwhile,
  finishRender,
  look,
  nextRender,
  renderToJoin,
  save,
  submitted,
} from './render-job.ts';

export async function exportVideo(
  turn: TurnContext,
  progress: Progress,
  resolution?: string,
): Promise<Ending> {
  const { pastRenders = [] } = turn.notes;
  const renders = await turn.deps.ledger.renders(turn.turn.thread);
  const earlier = renders.filter(({ id }) => !pastRenders.includes(id));
  // A crash right after the delivery: there is nothing left to do.
  const { renderId } = turn.notes;
  if (earlier.some((r) => r.id === renderId && r.phase === 'delivered')) return 'done';
  if (await deliveredMeanwhile(turn, earlier)) return 'done';
  const order = (await renderToJoin(turn, earlier)) ?? (await nextRender(turn));
  if (!order) return nothingToExport(turn);
  progress.show({ type: 'rendering' });
  let render = await submitted(turn, order, resolution);
  for (let retried = false; ; retried = true) {
    if (!render) {
      await sayFailed(turn, turn.words.exportFailed);
      return 'failed';
    }
    const result = await followUp(turn, render, (percent) =>
      progress.show({ type: 'rendering', percent }),
    );
    if (result === 'slow') return handOver(turn, render);
    if (result !== 'failed') {
      await finishRender(turn, render, result);
      return 'done';
    }
    await save(turn, { ...render, phase: 'failed' });
    const another = retried ? undefined : await nextRender(turn);
    render = another && (await submitted(turn, another, resolution));
  }
}

async function nothingToExport(turn: TurnContext): Promise<Ending> {
  const project = await turn.deps.projects.of(turn.job.message.thread);
  const { words } = turn;
  const text = [
    words.exportNothing,
    project?.lastWords ? words.lastWords(project.lastWords) : undefined,
  ];
  await turn.say(
    { text: text.filter(Boolean).join('\n\n'), mention: [turn.job.message.author.id] },
    'nothing-to-export',
  );
  return 'needs-you';
}

/** Looks until there is an end, or the looks are used up. */
async function followUp(
  turn: TurnContext,
  render: Render,
  onProgress: (percent: number) => void,
): Promise<{ url: string | undefined } | 'failed' | 'slow'> {
  if (render.phase === 'ready') return { url: render.url };
  const { clock, rules } = turn.deps;
  const { renderFirstPoll, renderPoll, renderPolls } = rules.waits;
  let shown = 0;
  let withoutUrl = false;
  for (let n = 0; n < renderPolls; n += 1) {
    await clock.sleep(n === 0 ? renderFirstPoll : renderPoll, turn.signal);
    const state = await look(turn, render);
    await save(turn, { ...render, polls: n + 1 });
    if (state?.status === 'failed') return 'failed';
    if (state?.status === 'completed') {
      // A finished job without a link gets one more look, then the download route is tried.
      if (state.url || withoutUrl) return { url: state.url };
      withoutUrl = true;
    }
    if (state?.progress !== undefined && state.progress > shown) {
      shown = state.progress;
      onProgress(Math.round(shown));
    }
  }
  return withoutUrl ? { url: undefined } : 'slow';
}

/** The thread is free again; a turn beside it keeps looking. */
async function handOver(turn: TurnContext, render: Render): Promise<Ending> {
  const { entry, cut, late = [] } = turn.notes;
  if (entry) {
    const others = late.filter(({ number }) => number !== entry.number);
    await turn.note({ late: [...others, { number: entry.number, render: render.id }] });
  }
  const { platform, workspace, channel, thread: ref } = turn.job.message.thread;
  const watch: Arrival = {
    // A turn that takes the render back after a crash hands it over anew.
    key: `watch:${render.id}:${turn.turn.id}:${turn.claim.fence}`,
    thread: { key: turn.turn.thread, platform, workspace, channel, ref },
    lane: 'immediate',
    requester: turn.turn.requester,
    payload: writeJob({
      task: { type: 'watch', render: render.id, from: turn.turn.id, entry, cut },
      message: turn.job.message,
    }),
  };
  await turn.deps.ledger.advance(turn.claim, { follow: watch });
  await turn.say(
    {
      text: entry
        ? `${turn.words.batchEntry(entry)}\n${turn.words.exportLate}`
        : turn.words.exportSlow,
      mention: [turn.job.message.author.id],
    },
    `export-slow-${render.id}`,
  );
  return 'done';
}

/** `retry`: the turn to repeat, where an export would show another video than the one that failed. */
export async function sayFailed(turn: TurnContext, text: string, retry?: string): Promise<void> {
  const { words, job } = turn;
  const entry = entryOf(turn);
  const again = { label: words.button.retry, style: 'primary' } as const;
  const buttons: Button[] = entry
    ? retry
      ? [{ ...again, does: { action: 'retry', value: retry } }]
      : []
    : [{ label: words.button.export, style: 'primary', does: { action: 'export' } }];
  await turn.say(
    {
      text: entry ? `${words.batchEntry(entry)}\n${text}` : text,
      mention: [job.message.author.id],
      buttons,
    },
    'export-failed',
  );
}
