/** What is rendered: the shape of the cut, and in a batch which of its videos. */
import type { SessionState } from '../../nemo/nemo.ts';
import type { Cut, Entry } from '../job.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

export function cutOf(state: SessionState | undefined): Cut {
  const { canvas, seconds } = snapshotOf(state).timeline;
  return { width: canvas?.width, height: canvas?.height, seconds };
}

/** A turn that looks after a slow render was told so; its own notes know of none. */
export const entryOf = ({ notes, job }: TurnContext): Entry | undefined =>
  job.task.type === 'watch' ? job.task.entry : notes.entry;
