/** Two-stage generation: the raw clip comes first, music and titles follow unasked. Say so at once. */

import { EMPTY_STATE } from '../../nemo/session-state.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { Progress } from '../progress.ts';
import type { TurnContext } from '../turn-context.ts';

export async function announceRawClip(
  turn: TurnContext,
  progress: Progress,
  sessionId: SessionId,
): Promise<void> {
  const state = await turn.deps.nemo.state(sessionId, turn.signal).catch((error) => {
    if (turn.signal.aborted) throw error;
    return undefined; // Only the length is missing from the sentence then.
  });
  const { timeline } = state ?? EMPTY_STATE;
  const seconds = timeline.form === 'known' ? timeline.seconds : undefined;
  await turn.say({ text: turn.words.rawClipReady(seconds) }, 'raw-clip');
  await progress.said();
  progress.show({ type: 'working', what: 'edit' });
}
