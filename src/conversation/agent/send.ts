/**
 * Sends one message to the agent, at most once. The mark is written before the request leaves; after
 * it, only a definite rejection allows another try (nemo/resend-policy.ts holds the reasons).
 */

import {
  NemoError,
  RunUncertain,
  SessionLost,
  StreamLost,
  Unreachable,
} from '../../nemo/errors.ts';
import { resendAfter } from '../../nemo/resend-policy.ts';
import type { SessionId } from '../../runtime/ids.ts';
import type { Progress } from '../progress.ts';
import { stillOurs } from '../still-ours.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';
import type { Along } from '../turn-record.ts';
import { listen, type RunResult } from './listen.ts';
import { announceRawClip } from './raw-clip.ts';

/** Product milliseconds before a connection that did not come about is tried again. */
const RECONNECT_MS = 2_000;

/** `along` goes on record with the mark. Rejects with `SessionLost` when the message must go to a new session, or with the rejection. */
export async function sendOnce(
  turn: TurnContext,
  progress: Progress,
  sessionId: SessionId,
  text: string,
  along: Along,
): Promise<RunResult> {
  const { nemo, clock, rules } = turn.deps;
  const tried = new Set<string>();
  for (;;) {
    const before = await nemo.state(sessionId, turn.signal);
    const sent = { at: clock.now(), baseline: JSON.stringify(snapshotOf(before)) };
    await turn.enter({ phase: 'sending', sent }, along);
    try {
      await stillOurs(turn);
      turn.signal.throwIfAborted();
    } catch (error) {
      // Called off between the mark and the request: it has certainly not left.
      await turn.enter({ phase: 'preparing' });
      throw error;
    }
    try {
      return await listen(turn, {
        sessionId,
        text,
        progress,
        onAccepted: () => turn.enter({ phase: 'streaming', sent }),
        onRawClip: () => announceRawClip(turn, progress, sessionId),
      });
    } catch (error) {
      if (turn.notes.phase !== 'sending' || !isTurnedAway(error)) throw error;
      // The message was certainly not accepted: a crash from here on may start the turn anew.
      await turn.enter({ phase: 'preparing' });
      const cure = resendAfter(error);
      if (cure === 'never' || tried.has(cure)) throw error;
      tried.add(cure);
      if (cure === 'new-session')
        throw error instanceof SessionLost ? error : new SessionLost('run_sse', 'gone');
      if (cure === 'new-token') await nemo.renewAccess(turn.signal);
      if (cure === 'now') await clock.sleep(RECONNECT_MS, turn.signal);
      if (cure === 'wait') {
        progress.show({
          type: 'rate-limited',
          seconds: Math.round(rules.waits.rateLimitWait / 1000),
        });
        await clock.sleep(rules.waits.rateLimitWait, turn.signal);
      }
    }
  }
}

/** A definite no, or no connection at all; what came later, or from elsewhere, says nothing about the message. */
function isTurnedAway(error: unknown): boolean {
  if (error instanceof Unreachable) return error.neverSent;
  const isUncertain = error instanceof RunUncertain || error instanceof StreamLost;
  return error instanceof NemoError && !isUncertain;
}
