/**
 * What a finished run has done to the timeline. The agent's last write may land a little after its
 * last word, and about a third of edits come without any word: so the state is looked at again.
 */

import type { SessionState } from '../../nemo/nemo.ts';
import type { SessionId } from '../../runtime/ids.ts';
import { retryTransient } from '../retry-transient.ts';
import { type Snapshot, snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

const LOOKS = 3;

export interface Settled {
  readonly state: SessionState | undefined;
  readonly after: Snapshot;
  readonly changed: boolean;
}

/** What to expect: `none` (words alone), `change` (look again), `silent-change` (tools worked without a word). */
export type Expectation = 'none' | 'change' | 'silent-change';

export async function settle(
  turn: TurnContext,
  sessionId: SessionId,
  baseline: Snapshot,
  expected: Expectation,
): Promise<Settled> {
  const { clock, nemo, rules } = turn.deps;
  const poll = rules.waits.silentEditPoll;
  const look = async () => {
    const state = await retryTransient(turn, () => nemo.state(sessionId, turn.signal), {
      looks: LOOKS,
      pause: poll,
    });
    const after = snapshotOf(state);
    return { state, after, changed: after.fingerprint !== baseline.fingerprint };
  };
  let latest = await look();
  if (expected === 'none') return latest;
  for (let n = 0; n < LOOKS && !latest.changed; n += 1) {
    await clock.sleep(poll, turn.signal);
    latest = await look();
  }
  if (!latest.changed && expected === 'silent-change') {
    // Tools that worked leave a trace sooner or later; "nothing changed" would have the person pay again.
    await clock.sleep(rules.waits.recoveryFirst, turn.signal);
    latest = await look();
  }
  if (!latest.changed) return latest;
  await clock.sleep(2 * poll, turn.signal);
  return look();
}
