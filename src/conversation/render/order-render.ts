/**
 * From a timeline to an order at the backend. Its id is on record before it is submitted, so that a
 * restart looks for the same job instead of starting a second one.
 */
import { randomBytes } from 'node:crypto';
import type { Render } from '../../ledger/ledger.ts';
import { NemoError, OrderUncertain, RequestRefused, Unreachable } from '../../nemo/errors.ts';
import { type RenderId, toRenderId } from '../../runtime/ids.ts';
import { orderedIn } from '../notes.ts';
import type { Progress } from '../progress.ts';
import type { Project } from '../project.ts';
import { stillOurs } from '../still-ours.ts';
import type { TurnContext } from '../turn-context.ts';
import { earlierRender, ownRender } from './earlier-render.ts';
import { enterExport, triesOf } from './export-state.ts';
import { cutOf, type PresentCut, presentCut } from './render-cut.ts';

export async function orderRender(
  turn: TurnContext,
  progress: Progress,
  resolution: string | undefined,
): Promise<void> {
  const past = turn.notes.batch?.pastRenders ?? [];
  const known = async () =>
    (await turn.deps.ledger.renders(turn.turn.thread)).filter(({ id }) => !past.includes(id));
  const own = ownRender(turn, await known());
  if (own) return takeOver(turn, own);
  const cut = await presentCut(turn);
  if (!cut) return nothingToExport(turn);
  // Read anew: a watcher may have finished one while the state was looked at.
  const earlier = await earlierRender(turn, await known(), cut, resolution);
  if (earlier === 'answered')
    return enterExport(turn, { is: 'over', ending: 'done' }, remembered(turn));
  if (earlier) return takeOver(turn, earlier);
  progress.show({ type: 'rendering' });
  await orderOf(turn, cut, resolution);
}

/** What "retry" repeats from now on, where somebody asked for nothing but the export. */
function remembered({ job, project, turn }: TurnContext): { project?: Project } {
  if (job.task.type !== 'export' || !project) return {};
  return { project: { ...project, lastRequest: turn.id } };
}

/** Refused where it is further by now than was read, or somebody else's. */
function takeOver(turn: TurnContext, render: Render): Promise<void> {
  return enterExport(
    turn,
    { is: 'ordered', render: render.id, ...triesOf(turn) },
    {
      ...remembered(turn),
      render: { ...render, turn: turn.turn.id },
      taking: { turn: render.turn, phase: render.phase },
    },
  );
}

async function orderOf(
  turn: TurnContext,
  { session, draft, state }: PresentCut,
  resolution: string | undefined,
): Promise<void> {
  const { nemo, clock, log } = turn.deps;
  const now = clock.now();
  const render: Render = {
    id: toRenderId(`render_${now}_${randomBytes(4).toString('hex')}`),
    thread: turn.turn.thread,
    turn: turn.turn.id,
    session,
    draft,
    resolution,
    phase: 'submitting',
    polls: 0,
    createdAt: now,
  };
  const unreadable = state.timeline.form === 'unknown' ? true : undefined;
  const tries = { ...triesOf(turn), unreadable };
  const order = { is: 'ordered', render: render.id, cut: cutOf(state), ...tries } as const;
  await enterExport(turn, order, { ...remembered(turn), render });
  await stillOurs(turn);
  try {
    const given = { id: render.id, sessionId: session, draft: state.draft, resolution };
    const id = await nemo.submitRender(given, turn.signal, () => stillOurs(turn));
    await keep(turn, render, id);
  } catch (error) {
    if (turn.signal.aborted || !(error instanceof NemoError)) throw error;
    if (error instanceof OrderUncertain || error instanceof Unreachable) {
      // Looked for next, also where it never left: the look is what waits for a backend that is away.
      log.warn('the answer to an export order was lost', { turn: turn.turn.id, error });
      return;
    }
    // Certainly not taken: a record that stayed open would be looked for by the next export, in vain.
    const gone = { render: { ...render, phase: 'failed' } } as const;
    if (error instanceof RequestRefused) {
      log.warn('an export was refused', { turn: turn.turn.id, error });
      return enterExport(turn, { is: 'refused', unreadable }, gone);
    }
    await enterExport(turn, { is: 'wanted', ...triesOf(turn) }, gone);
    throw error;
  }
}

/** The backend may have given the job another id than ours: that one is asked for from now on. */
export async function keep(turn: TurnContext, render: Render, id: RenderId): Promise<void> {
  const cut = orderedIn(turn.notes)?.cut;
  await enterExport(
    turn,
    { is: 'ordered', render: id, cut, ...triesOf(turn) },
    {
      render: { ...render, id, phase: 'rendering', polls: 0 },
      ...(id === render.id ? {} : { abandons: render.id }),
    },
  );
}

async function nothingToExport(turn: TurnContext): Promise<void> {
  const { failed, lost, unreadable } = triesOf(turn);
  if (failed + lost > 0) return enterExport(turn, { is: 'refused', unreadable });
  const { words, project, job } = turn;
  const text = [
    words.exportNothing,
    project?.lastWords ? words.lastWords(project.lastWords) : undefined,
  ];
  await turn.say(
    { text: text.filter(Boolean).join('\n\n'), mention: [job.message.author.id] },
    'nothing-to-export',
  );
  await enterExport(turn, { is: 'over', ending: 'needs-you' }, remembered(turn));
}
