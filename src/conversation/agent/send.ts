/**
 * A message leaves at most once. The mark is written before its request; behind the mark only a definite rejection
 * allows another one (nemo/resend-policy.ts holds the reasons).
 */

import {
  NemoError,
  RunUncertain,
  SessionLost,
  StreamLost,
  Unreachable,
} from '../../nemo/errors.ts';
import type { Credits, SessionState } from '../../nemo/nemo.ts';
import { type Resend, resendAfter } from '../../nemo/resend-policy.ts';
import { isExportable } from '../../nemo/timeline.ts';
import type { Progress } from '../progress.ts';
import { emptied, type LiveProject, type Project } from '../project.ts';
import { stillOurs } from '../still-ours.ts';
import { snapshotOf } from '../timeline/snapshot.ts';
import type { TurnContext } from '../turn-context.ts';

/** Product milliseconds before a connection that did not come about is tried again. */
const RECONNECT_MS = 2_000;

/** Puts the state before, and that the message is about to leave, on record. Where it rejects nothing has left. */
export async function markSending(turn: TurnContext, project: LiveProject): Promise<void> {
  const { nemo, clock } = turn.deps;
  const [before, credits] = await Promise.all([
    nemo.state(project.sessionId, turn.signal),
    turn.cost.before(),
  ]);
  const sent = { at: clock.now(), baseline: JSON.stringify(snapshotOf(before)) };
  const low = isFirst(project, before) && isLow(credits) ? credits?.available : undefined;
  const asked = {
    ...project,
    lastRequest: turn.turn.id,
    tooLong: undefined,
    ...(low === undefined ? {} : { warned: true }),
  };
  await turn.enter(
    { phase: 'sending', sent, ...(low === undefined ? {} : { lowCredits: low }) },
    { project: asked },
  );
  try {
    await stillOurs(turn);
    turn.signal.throwIfAborted();
  } catch (error) {
    // Called off between the mark and the request: it has certainly not left.
    await turn.enter({ phase: 'preparing' });
    throw error;
  }
}

/** A first video takes about so many. */
const LOW = 100;

const isLow = (credits: Credits | undefined): boolean =>
  credits !== undefined && credits.available < LOW;

/** Nothing was made in the thread, and its person has not been told that credits are low. */
const isFirst = ({ warned, videos }: Project, before: SessionState | undefined): boolean =>
  !warned && videos === 0 && !(before && isExportable(before.timeline));

type Cure = Exclude<Resend, 'never'>;

/**
 * Given what a try was rejected with, takes away the cause, so that the message may be sent; each cure once in a session,
 * and one new session. Rejects with the error where nothing helps, or where the message may have been taken.
 */
export function createCures(
  turn: TurnContext,
  progress: Progress,
): (error: unknown) => Promise<Cure> {
  const { nemo, clock, rules } = turn.deps;
  let tried = new Set<Cure>();
  return async (error) => {
    if (!isTurnedAway(turn, error)) throw error;
    turn.cost.turnedAway('run');
    // A crash from here on may start the turn anew.
    if (turn.notes.phase === 'sending') await turn.enter({ phase: 'preparing' });
    const cure = resendAfter(error);
    if (cure === 'new-session' && tried.has(cure))
      throw new Unreachable('session', 'a new session was lost at once', { cause: error });
    if (cure === 'never' || tried.has(cure)) throw error;
    tried.add(cure);
    switch (cure) {
      case 'new-session':
        tried = new Set([cure]);
        await leaveSession(turn, progress);
        break;
      case 'new-token':
        await nemo.renewAccess(turn.signal);
        break;
      case 'now':
        await clock.sleep(RECONNECT_MS, turn.signal);
        break;
      case 'wait': {
        const wait = rules.waits.rateLimitWait;
        progress.show({ type: 'rate-limited', seconds: Math.round(wait / 1000) });
        await clock.sleep(wait, turn.signal);
      }
    }
    return cure;
  };
}

/** The message certainly was not taken, and not for a reason that lies before it, save a session that is gone. */
function isTurnedAway({ notes }: TurnContext, error: unknown): boolean {
  switch (notes.phase) {
    case 'accepted':
    case 'preparing':
      return error instanceof SessionLost;
    case 'sending':
      return isDefinite(error);
    default:
      return false;
  }
}

/** A definite no, or no connection at all; what came later, or from elsewhere, says nothing about the message. */
function isDefinite(error: unknown): boolean {
  if (error instanceof Unreachable) return error.neverSent;
  const isUncertain = error instanceof RunUncertain || error instanceof StreamLost;
  return error instanceof NemoError && !isUncertain;
}

/** The thread goes on in a new one, and the person is told. */
async function leaveSession(turn: TurnContext, progress: Progress): Promise<void> {
  if (turn.project) await turn.put({ project: emptied(turn.project) });
  await turn.say({ text: turn.words.newProject }, 'new-project');
  await progress.said();
}
