/**
 * What a finished run has done to the timeline. The agent's last write may land a little after its
 * last word, and about a third of edits come without any word: so the state is looked at again.
 */

import type { SessionState } from '../../nemo/nemo.ts';
import type { SessionId } from '../../runtime/ids.ts';
import { retryTransient } from '../retry-transient.ts';
import { type Snapshot, snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

const TRIES = 3;
/** After the one at the close, by what is expected; words alone, too, may run ahead of the agent's last write. */
const LATER_LOOKS = { none: 2, change: 3, 'silent-change': 3 } as const;

export interface Settled {
  readonly state: SessionState | undefined;
  readonly after: Snapshot;
  readonly changed: boolean;
}

/** What to expect: `none` (words alone), `change` (tools worked, or nothing was said), `silent-change` (tools worked without a word). */
export type Expectation = keyof typeof LATER_LOOKS;

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
      looks: TRIES,
      pause: poll,
    });
    const after = snapshotOf(state);
    return { state, after, changed: after.fingerprint !== baseline.fingerprint };
  };
  let latest = await look();
  for (let n = 0; n < LATER_LOOKS[expected] && !latest.changed; n += 1) {
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
