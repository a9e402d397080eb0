/** What an export comes to: a render that is there already, a new order, or nothing to export. */
import type { Render } from '../../ledger/ledger.ts';
import type { VersionWish } from '../job.ts';
import type { Progress } from '../progress.ts';
import type { Project } from '../project.ts';
import type { TurnContext } from '../turn-context.ts';
import { cutOfVersion } from '../versions/version-cut.ts';
import { earlierRender, ownRender } from './earlier-render.ts';
import { enterExport, triesOf } from './export-state.ts';
import { cutOf, presentCut } from './render-cut.ts';
import { placeOrder } from './submit-order.ts';

/** How the video is to be, and of which cut. */
export interface ExportWish {
  readonly resolution?: string | undefined;
  readonly wish?: VersionWish | undefined;
}

export async function orderRender(
  turn: TurnContext,
  progress: Progress,
  { resolution, wish }: ExportWish,
): Promise<void> {
  const past = turn.notes.batch?.pastRenders ?? [];
  const known = async () =>
    (await turn.deps.ledger.renders(turn.turn.thread)).filter(({ id }) => !past.includes(id));
  const own = ownRender(turn, await known());
  if (own) return takeOver(turn, own);
  const cut = wish ? await cutOfVersion(turn, await known(), wish) : await presentCut(turn);
  if (cut === 'told') return needsYou(turn);
  if (!cut) return nothingToExport(turn);
  // Read anew: a watcher may have finished one while the state was looked at.
  const earlier = await earlierRender(turn, await known(), cut, resolution);
  if (earlier === 'answered')
    return enterExport(turn, { is: 'over', ending: 'done' }, remembered(turn));
  if (earlier) return takeOver(turn, earlier);
  // One that follows an answer is a part of what that was.
  const isOwn = !('said' in turn.notes && turn.notes.said);
  if (isOwn) turn.cost.was({ kind: 'export', videos: 1, seconds: cutOf(cut).seconds });
  progress.show({ type: 'rendering' });
  await placeOrder(turn, cut, resolution, remembered(turn));
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
  await needsYou(turn);
}

const needsYou = (turn: TurnContext): Promise<void> =>
  enterExport(turn, { is: 'over', ending: 'needs-you' }, remembered(turn));
