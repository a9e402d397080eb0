/** What is rendered: the cut as it is now, its shape, and in a batch which of its videos. */

import type { Render } from '../../ledger/ledger.ts';
import type { SessionState } from '../../nemo/nemo.ts';
import { isExportable } from '../../nemo/timeline.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { BatchEntry, Cut } from '../job.ts';
import type { TurnContext } from '../turn-context.ts';

/** What the session's timeline holds, ready to be exported, or in a form of which only the render can tell. */
export interface PresentCut {
  readonly session: SessionId;
  readonly state: SessionState;
  readonly draft: string;
  /** When a turn last saw a change of it. */
  readonly changedAt: number;
}

/** Undefined: there is nothing to export. */
export async function presentCut(turn: TurnContext): Promise<PresentCut | undefined> {
  const { deps, project, signal } = turn;
  if (!project?.sessionId) return undefined;
  const session = project.sessionId;
  const state = await deps.nemo.state(session, signal);
  if (!state || !isExportable(state.timeline)) return undefined;
  return { session, state, draft: state.draftHash, changedAt: project.changedAt ?? 0 };
}

/** Was it ordered of this cut in this form? Of a render of an earlier version only its time is known. */
export function isOf(render: Render, cut: PresentCut, resolution: string | undefined): boolean {
  if (render.session !== cut.session) return false;
  if (render.draft === undefined) return cut.changedAt <= render.createdAt;
  return render.draft === cut.draft && render.resolution === resolution;
}

export function cutOf(state: SessionState | undefined): Cut {
  const timeline = state?.timeline;
  const seconds = timeline?.form === 'known' ? timeline.seconds : undefined;
  const { width, height, ratio } = timeline?.canvas ?? {};
  return { width, height, seconds, ratio };
}

/** A turn that looks after a slow render was told so; its own notes know of none. */
export const entryOf = ({ notes, job }: TurnContext): BatchEntry | undefined =>
  job.task.type === 'watch' ? job.task.entry : notes.batch?.entry;
