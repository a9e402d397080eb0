/** One export job on record: found again, ordered, looked at, delivered. */
import { randomBytes } from 'node:crypto';
import type { Render } from '../../ledger/ledger.ts';
import { RequestRefused, SessionLost } from '../../nemo/errors.ts';
import type { RenderState, SessionState } from '../../nemo/nemo.ts';
import { secondIdOf } from '../../nemo/submit-render.ts';
import { lookAgain, passes } from '../look-again.ts';
import type { TurnContext } from '../turn-context.ts';
import { deliver } from './delivering.ts';
import { cutOf, type PresentCut, presentCut } from './render-cut.ts';

/** An order as it goes out: on record, with the state that it is made of. */
export type Order = Render & { readonly state?: SessionState };

/** Undefined: there is nothing to export any more. */
export async function nextRender(
  turn: TurnContext,
  resolution: string | undefined,
): Promise<Order | undefined> {
  const cut = await presentCut(turn);
  return cut && orderOf(turn, cut, resolution);
}

export async function orderOf(
  turn: TurnContext,
  { session, draft, state }: PresentCut,
  resolution: string | undefined,
): Promise<Order> {
  const render: Render = {
    id: `render_${Date.now()}_${randomBytes(4).toString('hex')}`,
    thread: turn.turn.thread,
    turn: turn.turn.id,
    session,
    draft,
    resolution,
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
export async function submitted(turn: TurnContext, render: Order): Promise<Render | undefined> {
  if (render.phase !== 'submitting') return render;
  const { nemo } = turn.deps;
  if (render.state) {
    const order = {
      id: render.id,
      sessionId: render.session,
      draft: render.state.draft,
      resolution: render.resolution,
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
  for (const id of [render.id, secondIdOf(render.id)]) {
    if (await exists(turn, id)) return keep(turn, render, id);
  }
  await save(turn, { ...render, phase: 'abandoned' });
  const fresh = await nextRender(turn, render.resolution);
  if (!fresh) throw new SessionLost('render', 'the draft is gone');
  return submitted(turn, fresh);
}

/** Only a definite no is one; rejects when the backend gave no answer at all. */
async function exists(turn: TurnContext, id: string): Promise<boolean> {
  const { nemo } = turn.deps;
  try {
    await lookAgain(turn, () => nemo.renderState(id, turn.signal));
    return true;
  } catch (error) {
    if (error instanceof RequestRefused) return false;
    throw error;
  }
}

/** The backend may have given the job another id than ours: that one is asked for from now on. */
async function keep(turn: TurnContext, render: Render, id: string): Promise<Render> {
  if (id !== render.id) await save(turn, { ...render, phase: 'abandoned' });
  const next = { ...plain(render), id, turn: turn.turn.id, phase: 'rendering', polls: 0 } as const;
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
    if (!passes(error)) throw error;
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
  await save(turn, { ...ready, phase: 'delivered' });
}

export async function isMine(turn: TurnContext, renderId: string): Promise<boolean> {
  return (await turn.deps.ledger.render(renderId))?.turn === turn.turn.id;
}

/** An order carries its state along; the record has no place for it. */
function plain(order: Order): Render {
  const { state: _state, ...render } = order;
  return render;
}
export const save = (turn: TurnContext, render: Render) =>
  turn.deps.ledger.advance(turn.claim, { render: plain(render) });
