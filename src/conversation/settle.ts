/**
 * What a finished run has done to the timeline. The agent's last write may land a little after its
 * last word, and about a third of edits come without any word: so the state is looked at again.
 */
import type { SessionState } from '../nemo/nemo.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { TurnContext } from './turn-context.ts';

const LOOKS = 3;

export interface Settled {
  readonly state: SessionState | undefined;
  readonly after: Snapshot;
  readonly changed: boolean;
}

/** `expectsChange`: tools were used or nothing was said, so an unchanged state is looked at again. */
export async function settle(
  turn: TurnContext,
  sessionId: string,
  baseline: Snapshot,
  expectsChange: boolean,
): Promise<Settled> {
  const { clock, nemo, rules } = turn.deps;
  const poll = rules.waits.silentEditPoll;
  const look = async () => {
    const state = await nemo.state(sessionId, turn.signal);
    const after = snapshotOf(state);
    return { state, after, changed: after.fingerprint !== baseline.fingerprint };
  };
  let latest = await look();
  if (!expectsChange) return latest;
  for (let n = 0; n < LOOKS && !latest.changed; n += 1) {
    await clock.sleep(poll, turn.signal);
    latest = await look();
  }
  if (!latest.changed) return latest;
  await clock.sleep(2 * poll, turn.signal);
  return look();
}
