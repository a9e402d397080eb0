/** What is rendered: the cut as it is now or was for a version, its shape, and in a batch which of its videos. */

import type { Render } from '../../ledger/ledger.ts';
import type { SessionState } from '../../nemo/nemo.ts';
import { isExportable, type Timeline } from '../../nemo/timeline.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { BatchEntry, Cut } from '../job.ts';
import type { TurnContext } from '../turn-context.ts';
import { writeCut } from './kept-cut.ts';

/** What a session's timeline holds or held, ready to be exported, or in a form of which only the render can tell. */
export interface RenderedCut {
  readonly session: SessionId;
  /** For the render, as it came. */
  readonly content: SessionState['draft'];
  /** A hash of it. */
  readonly draft: string;
  readonly timeline: Timeline;
  /** When a turn last saw a change of it. */
  readonly changedAt: number;
  /** As it is kept with its render. */
  readonly kept: string;
}

/** Undefined: there is nothing to export. */
export async function presentCut(turn: TurnContext): Promise<RenderedCut | undefined> {
  const { deps, project, signal } = turn;
  if (!project?.sessionId) return undefined;
  const session = project.sessionId;
  const state = await deps.nemo.state(session, signal);
  if (!state || !isExportable(state.timeline)) return undefined;
  return {
    session,
    content: state.draft,
    draft: state.draftHash,
    timeline: state.timeline,
    changedAt: project.changedAt ?? 0,
    kept: writeCut(state),
  };
}

/** Was it ordered of this cut in this form? Of a render of an earlier version only its time is known. */
export function isOf(render: Render, cut: RenderedCut, resolution: string | undefined): boolean {
  if (render.session !== cut.session) return false;
  if (render.draft === undefined) return cut.changedAt <= render.createdAt;
  return render.draft === cut.draft && render.resolution === resolution;
}

export function cutOf(state: Pick<SessionState, 'timeline'> | undefined): Cut {
  const timeline = state?.timeline;
  const seconds = timeline?.form === 'known' ? timeline.seconds : undefined;
  const { width, height, ratio } = timeline?.canvas ?? {};
  return { width, height, seconds, ratio };
}

/** A turn that looks after a slow render was told so; its own notes know of none. */
export const entryOf = ({
  notes,
  job,
}: Pick<TurnContext, 'notes' | 'job'>): BatchEntry | undefined =>
  job.task.type === 'watch' || job.task.type === 'copy' ? job.task.entry : notes.batch?.entry;
