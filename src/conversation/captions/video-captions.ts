/** Captions that go with a video: for a player that shows them, and the button that gives them as a file. */
import type { Render } from '../../ledger/ledger.ts';
import { NemoError } from '../../nemo/errors.ts';
import type { FileSource } from '../../platforms/chat.ts';
import type { TurnContext } from '../turn-context.ts';
import { videoName } from '../video-name.ts';
import { vttFile } from './caption-files.ts';
import { captionsOf } from './captions-of.ts';

/** Its cut had a track of them, as far as is on record. */
export const isSubtitled = ({ project }: TurnContext, { draft }: Render): boolean =>
  draft !== undefined && project?.subtitled === draft;

/** Of the cut that was rendered, and of no later one. A video is one without them, too. */
export async function captionsWith(
  turn: TurnContext,
  render: Render,
): Promise<FileSource | undefined> {
  if (!isSubtitled(turn, render)) return undefined;
  const { deps, words, signal } = turn;
  try {
    const state = await deps.nemo.state(render.session, signal);
    const cues =
      state?.draftHash === render.draft ? state && captionsOf(state.timeline) : undefined;
    return cues && vttFile(cues, { words, name: await videoName(turn) });
  } catch (error) {
    if (signal.aborted || !(error instanceof NemoError)) throw error;
    return undefined;
  }
}
