/** Two-stage generation: the raw clip comes first, music and titles follow unasked. Say so at once. */
import type { Progress } from '../progress.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

export async function announceRawClip(
  turn: TurnContext,
  progress: Progress,
  sessionId: string,
): Promise<void> {
  const state = await turn.deps.nemo.state(sessionId, turn.signal).catch((error) => {
    if (turn.signal.aborted) throw error;
    return undefined; // Only the length is missing from the sentence then.
  });
  const { timeline } = snapshotOf(state);
  await turn.say({ text: turn.words.rawClipReady(timeline.seconds) }, 'raw-clip');
  await progress.said();
  progress.show({ type: 'working', what: 'edit' });
}
