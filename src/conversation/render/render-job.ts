/** One export job on record: found again, ordered, looked at, delivered. */
import { randomBytes } from 'node:crypto';
import { ENDS, type Render } from '../../ledger/ledger.ts';
import { RequestRefused, SessionLost, Unreachable } from '../../nemo/errors.ts';
import type { RenderState, SessionState } from '../../nemo/nemo.ts';
import type { Project } from '../project.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';
import { deliver } from './delivering.ts';
import { cutOf } from './render-cut.ts';

/** A job of this thread that is still under way: ours after a restart, or one that a watcher looks at. */
export async function renderToJoin(
  turn: TurnContext,
  renders: readonly Render[],
): Promise<Render | undefined> {
  const mine = (r: Render) => r.turn === turn.turn.id;
  const open = renders.find(
    (r) =>
      r.phase === 'rendering' || (mine(r) && (r.phase === 'submitting' || r.phase === 'ready')),
  );
  if (!open || mine(open)) return open;
  const project = await turn.deps.projects.of(turn.job.message.thread);
  if (!showsPresentCut(open, project)) return undefined;
  const taken = { ...open, turn: turn.turn.id };
  await save(turn, taken);
  return taken;
}

const showsPresentCut = (render: Render, project: Project | undefined): boolean =>
  render.session === project?.sessionId && (project.changedAt ?? 0) <= render.createdAt;

/** A watcher is posting this thread's video right now: that answers this export as well. */
export async function deliveredMeanwhile(
  turn: TurnContext,
  renders: readonly Render[],
): Promise<boolean> {
  const { clock, ledger, rules } = turn.deps;
  const posting = renders.find((r) => r.phase === 'ready' && r.turn !== turn.turn.id);
  const owner = posting && (await ledger.turn(posting.turn));
  if (!owner || ENDS.some((end) => end === owner.phase)) return false;
  const project = await turn.deps.projects.of(turn.job.message.thread);
  if (!showsPresentCut(posting, project)) return false;
  for (let n = 0; n < rules.waits.renderPolls; n += 1) {
    const now = await ledger.render(posting.id);
    if (now?.phase !== 'ready') return now?.phase === 'delivered';
    await clock.sleep(rules.waits.renderFirstPoll, turn.signal);
  }
  return false;
}

export async function nextRender(
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
  await turn.note({ renderId: render.id, cut: cutOf(state) }, 'exporting');
  return { ...render, state };
}

/**
 * Submits, or finds what an earlier worker submitted: its answer may have been lost with the process. The
 * backend client may have had to take a second id, so the id that counts is the one that comes back.
 * Undefined: the backend would not take the order.
 */
export async function submitted(
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

/** Undefined: the look failed in a way that passes; the same id is looked at again. */
export async function look(turn: TurnContext, render: Render): Promise<RenderState | undefined> {
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

/** Posts the video, unless another turn has taken the job over in the meantime and does. */
export async function finishRender(
  turn: TurnContext,
  render: Render,
  done: { url: string | undefined },
): Promise<void> {
  if (!(await isMine(turn, render.id))) return;
  const ready: Render = { ...plain(render), phase: 'ready', url: done.url };
  await save(turn, ready);
  await deliver(turn, ready);
  const thread = turn.job.message.thread;
  const project = await turn.deps.projects.of(thread);
  if (project?.sessionId === render.session) {
    await turn.deps.projects.save(turn.claim, { ...project, videos: project.videos + 1 });
  }
  await save(turn, { ...ready, phase: 'delivered' });
}

export async function isMine(turn: TurnContext, renderId: string): Promise<boolean> {
  return (await turn.deps.ledger.render(renderId))?.turn === turn.turn.id;
}

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
export const save = (turn: TurnContext, render: Render) =>
  turn.deps.ledger.advance(turn.claim, { render: plain(render) });
