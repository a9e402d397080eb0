/**
 * The stream was lost, or the process died while one was open: whatever was asked for may still be
 * worked on, and sending again would pay twice. So the state is looked at until it shows a change.
 */

import { NemoError, SessionLost } from '../../nemo/errors.ts';
import type { SessionState } from '../../nemo/nemo.ts';
import type { SessionId } from '../../runtime/ids.ts';
import { waitForBackend } from '../backend-away.ts';
import { sentIn } from '../notes.ts';
import type { Progress } from '../progress.ts';
import { isTransient } from '../retry-transient.ts';
import { readSnapshot, snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

/**
 * Looks that failed say nothing about the timeline; this long is tried at a stretch (product ms). Who has told
 * that the backend is away looks once each time the turn is taken up.
 */
const GIVE_UP_MS = 600_000;

export interface Recovered {
  readonly state: SessionState | undefined;
  readonly changed: boolean;
}

/** Rejects with `BackendAway` while the looks do not come through: to end here would have the person pay again. */
export async function recover(
  turn: TurnContext,
  progress: Progress,
  sessionId: SessionId,
): Promise<Recovered> {
  const { clock, nemo, rules } = turn.deps;
  const { recoveryFirst, recoveryEvery, recoveryTries } = rules.waits;
  const sent = sentIn(turn.notes);
  const baseline = readSnapshot(sent.baseline);
  await turn.enter({ phase: 'recovering', sent });
  progress.show({ type: 'recovering' });
  const startedAt = clock.now();
  let seen = baseline.fingerprint;
  let state: SessionState | undefined;
  let unchanged = 0;
  let failure: NemoError | undefined;
  await clock.sleep(recoveryFirst, turn.signal);
  while (unchanged < recoveryTries && clock.elapsed(startedAt) < GIVE_UP_MS) {
    const look = await nemo.state(sessionId, turn.signal).catch((error: unknown) => {
      const isAnswer = error instanceof SessionLost || !(error instanceof NemoError);
      if (turn.signal.aborted || isAnswer) throw error;
      return error;
    });
    if (look instanceof NemoError) {
      if (turn.notes.toldAway && isTransient(look)) return waitForBackend(turn, look);
      failure = look;
      await clock.sleep(recoveryEvery, turn.signal);
      continue;
    }
    failure = undefined;
    state = look;
    const { fingerprint } = snapshotOf(look);
    if (fingerprint === seen) {
      // Changed earlier and the same twice now: the work has come to rest.
      if (seen !== baseline.fingerprint) return { state, changed: true };
      unchanged += 1;
      if (unchanged === recoveryTries) break;
      await clock.sleep(recoveryEvery, turn.signal);
    } else {
      seen = fingerprint;
      await clock.sleep(recoveryFirst, turn.signal);
    }
  }
  const changed = seen !== baseline.fingerprint;
  // Too few looks have come through to say that nothing was done.
  if (failure && !changed) {
    if (isTransient(failure)) return waitForBackend(turn, failure);
    throw failure;
  }
  return { state, changed };
}
