/**
 * From a timeline to a finished file: submit, look, deliver. The render's id is on record before it
 * is submitted, so that a restart looks at the same job instead of starting a second one.
 */
import { randomBytes } from 'node:crypto';
import type { Render } from '../ledger/ledger.ts';
import { RequestRefused, SessionLost, Unreachable } from '../nemo/errors.ts';
import type { RenderState, SessionState } from '../nemo/nemo.ts';
import { deliver } from './delivering.ts';
import { writeJob } from './job.ts';
import type { Ending, Progress } from './progress.ts';
import { snapshotOf } from './snapshot.ts';
import type { TurnContext } from './turn-context.ts';

/** How long a render that outlasted its turn is looked at, in product milliseconds. */
const WATCH_MS = 1_800_000;

export async function exportVideo(
  turn: TurnContext,
  progress: Progress,
  resolution?: string,
): Promise<Ending> {
  const earlier = await turn.deps.ledger.renders(turn.turn.thread);
  // A crash right after the delivery: there is nothing left to do.
  if (earlier.some((r) => r.turn === turn.turn.id && r.phase === 'delivered')) return 'done';
  const order = (await renderToJoin(turn, earlier)) ?? (await nextRender(turn));
  if (!order) return nothingToExport(turn);
  progress.show({ type: 'rendering' });
  let render = await submitted(turn, order, resolution);
  for (let retried = false; ; retried = true) {
    if (!render) return exportFailed(turn);
    const result = await followUp(turn, render, (percent) =>
      progress.show({ type: 'rendering', percent }),
    );
    if (result === 'slow') return handOver(turn, render);
    if (result !== 'failed') return finishRender(turn, render, result);
    await save(turn, { ...render, phase: 'failed' });
    const another = retried ? undefined : await nextRender(turn);
    render = another && (await submitted(turn, another, resolution));
  }
}

async function exportFailed(turn: TurnContext): Promise<Ending> {
  const { words, job } = turn;
  const mention = [job.message.author.id];
  await turn.say(
    { text: words.exportFailed, mention, buttons: exportAgain(turn) },
    'export-failed',
  );
  return 'failed';
}

/** The background turn behind a slow render: looks on, and delivers late rather than never. */
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
    // An export asked for in the meantime has taken the job over, or delivered it.
    if (!render || render.turn !== turn.turn.id) return;
    if (render.phase === 'ready')
      return void (await finishRender(turn, render, { url: render.url }));
    const state = await look(turn, render);
    if (state?.status === 'completed')
      return void (await finishRender(turn, render, { url: state.url }));
    if (state?.status === 'failed' || clock.elapsed(render.createdAt) > WATCH_MS) {
      await save(turn, { ...render, phase: state?.status === 'failed' ? 'failed' : 'abandoned' });
      const text =
        state?.status === 'failed' ? turn.words.exportFailed : turn.words.exportAbandoned;
      await turn.say(
        { text, mention: [turn.job.message.author.id], buttons: exportAgain(turn) },
        'export-failed',
      );
      return;
    }
    await clock.sleep(2 * rules.waits.renderPoll, turn.signal);
  }
}

/** A job of this thread that is still under way: ours after a restart, or one that a watcher looks at. */
async function renderToJoin(
  turn: TurnContext,
  renders: readonly Render[],
): Promise<Render | undefined> {
  const open = renders.find(
    (r) => r.phase === 'submitting' || r.phase === 'rendering' || r.phase === 'ready',
  );
  if (!open || open.turn === turn.turn.id) return open;
  const project = await turn.deps.projects.of(turn.job.message.thread);
  const outdated = open.session !== project?.sessionId || (project.changedAt ?? 0) > open.createdAt;
  if (open.phase === 'submitting' || outdated) return undefined;
  const mine = { ...open, turn: turn.turn.id };
  await save(turn, mine);
  return mine;
}

async function nextRender(
  turn: TurnContext,
): Promise<(Render & { state?: SessionState }) | undefined> {
  const project = await turn.deps.projects.of(turn.job.message.thread);
  if (!project?.sessionId) return undefined;
  const state = await turn.deps.nemo.state(project.sessionId, turn.signal);
  if (!state || !snapshotOf(state).timeline.ready) return undefined;
  const render: Render = {
    id: `render_${Date.now()}_${randomBytes(4).toString('hex')}`,
    thread: turn.turn.thread,
    turn: turn.turn.id,
    session: project.sessionId,
    phase: 'submitting',
    polls: 0,
    createdAt: turn.deps.clock.now(),
  };
  await save(turn, render);
  await turn.note({ renderId: render.id }, 'exporting');
  return { ...render, state };
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

/**
 * Submits, or finds what an earlier worker submitted: its answer may have been lost with the process. The
 * backend client may have had to take a second id, so the id that counts is the one that comes back.
 * Undefined: the backend would not take the order.
 */
async function submitted(
  turn: TurnContext,
  render: Render & { readonly state?: SessionState },
  resolution: string | undefined,
): Promise<Render | undefined> {
  if (render.phase !== 'submitting') return render;
  const { nemo } = turn.deps;
  if (render.state) {
    const order = {
      id: render.id,
      sessionId: render.session,
      draft: render.state.draft,
      resolution,
    };
    try {
      return await keep(turn, render, await nemo.submitRender(order, turn.signal));
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      turn.deps.log.warn('an export was refused', { turn: turn.turn.id, error });
      await save(turn, { ...render, phase: 'failed' });
      return undefined;
    }
  }
  if (await exists(turn, render.id)) return keep(turn, render, render.id);
  await save(turn, { ...render, phase: 'abandoned' });
  const fresh = await nextRender(turn);
  if (!fresh) throw new SessionLost('render', 'the draft is gone');
  return submitted(turn, fresh, resolution);
}

async function exists(turn: TurnContext, id: string): Promise<boolean> {
  return turn.deps.nemo.renderState(id, turn.signal).then(
    () => true,
    (error) => {
      if (turn.signal.aborted) throw error;
      return false;
    },
  );
}

/** The backend may have given the job another id than ours: that one is asked for from now on. */
async function keep(turn: TurnContext, render: Render, id: string): Promise<Render> {
  const { id: own, thread, session, createdAt } = render;
  if (id !== own) await save(turn, { ...plain(render), phase: 'abandoned' });
  const next: Render = {
    id,
    thread,
    turn: turn.turn.id,
    session,
    phase: 'rendering',
    polls: 0,
    createdAt,
  };
  await save(turn, next);
  await turn.note({ renderId: id }, 'exporting');
  return next;
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

/** Undefined: the look failed in a way that passes; the same id is looked at again. */
async function look(turn: TurnContext, render: Render): Promise<RenderState | undefined> {
  try {
    return await turn.deps.nemo.renderState(render.id, turn.signal);
  } catch (error) {
    if (turn.signal.aborted) throw error;
    // The backend knows nothing of the job: it will not come to an end.
    if (error instanceof RequestRefused) return { status: 'failed' };
    if (!(error instanceof Unreachable)) throw error;
    return undefined;
  }
}

async function finishRender(
  turn: TurnContext,
  render: Render,
  done: { url: string | undefined },
): Promise<Ending> {
  const ready: Render = { ...plain(render), phase: 'ready', url: done.url };
  await save(turn, ready);
  await deliver(turn, ready);
  const thread = turn.job.message.thread;
  const project = await turn.deps.projects.of(thread);
  if (project?.sessionId === render.session) {
    await turn.deps.projects.save(thread, { ...project, videos: project.videos + 1 });
  }
  await save(turn, { ...ready, phase: 'delivered' });
  return 'done';
}

/** The thread is free again; a turn beside it keeps looking. */
async function handOver(turn: TurnContext, render: Render): Promise<Ending> {
  await turn.deps.ledger.append({
    key: `watch:${render.id}:${turn.turn.id}`,
    thread: turn.turn.thread,
    lane: 'immediate',
    requester: turn.turn.requester,
    payload: writeJob({
      task: { type: 'watch', render: render.id, from: turn.turn.id },
      message: turn.job.message,
    }),
  });
  await turn.say(
    { text: turn.words.exportSlow, mention: [turn.job.message.author.id] },
    `export-slow-${render.id}`,
  );
  return 'done';
}

const exportAgain = (turn: TurnContext) =>
  [{ label: turn.words.button.export, style: 'primary', does: { action: 'export' } }] as const;

const plain = ({ id, thread, turn, session, phase, url, polls, createdAt }: Render): Render => ({
  id,
  thread,
  turn,
  session,
  phase,
  url,
  polls,
  createdAt,
});
const save = (turn: TurnContext, render: Render) =>
  turn.deps.ledger.saveRender(turn.claim, plain(render));
