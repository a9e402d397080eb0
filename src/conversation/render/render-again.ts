/** A finished video of a cut that has not changed since: said again instead of rendered again. */
import type { Render } from '../../ledger/ledger.ts';
import { OutputUnavailable } from '../../nemo/errors.ts';
import { retryTransient } from '../retry-transient.ts';
import type { TurnContext } from '../turn-context.ts';
import { versionWished } from '../versions/version-wish.ts';
import { aboutOf, captionOf, postOutput } from './deliver.ts';
import { FILE_PATIENCE } from './output-file.ts';

/** False: what was made then is gone. */
export async function sayAgain(turn: TurnContext, render: Render): Promise<boolean> {
  const { url } = render;
  // Its file was all that there was to give.
  if (!url) {
    if (!(await postOutput(turn, render))) return false;
    if (turn.notes.held !== undefined) await turn.note({ held: undefined });
    return true;
  }
  if (await isDead(turn, url)) return false;
  const caption = await captionOf(turn, render);
  const { details, unmet } = await aboutOf(turn, render);
  const { words } = turn;
  const text = versionWished(turn)
    ? [words.versions.again(url, details), unmet].filter(Boolean).join('\n')
    : words.videoAgain(url, details);
  await turn.say({ ...caption, text }, `again-${render.id}`);
  return true;
}

/** Only where its host says so; one that can't be reached right now may be there for the person. */
async function isDead(turn: TurnContext, url: string): Promise<boolean> {
  const { deps, signal } = turn;
  try {
    const look = () => deps.nemo.fetchOutput(url, signal);
    const { stream } = await retryTransient(turn, look, FILE_PATIENCE);
    stream.destroy();
    return false;
  } catch (error) {
    if (signal.aborted || !(error instanceof OutputUnavailable)) throw error;
    return error.why === 'gone';
  }
}
