/** How a turn that cannot go on is put down: handed over, left until later, stopped, or ended in words. */

import { Interrupted, type RunOutcome } from '../ledger/dispatch.ts';
import { ClaimLost, Withdrawn } from '../ledger/ledger.ts';
import { ChatError } from '../platforms/chat.ts';
import { isStoreOutage } from '../runtime/store-outage.ts';
import { sayHeld } from './batch/batch.ts';
import { lateRenders } from './batch/late-renders.ts';
import { finishTurn } from './finish-turn.ts';
import { writeNotes } from './notes.ts';
import type { Progress } from './progress.ts';
import type { Ending } from './status-stage.ts';
import { REPEATABLE, tellFailure, tellPlainly } from './tell-error.ts';
import type { TurnContext } from './turn-context.ts';
import { endWithdrawn, isWithdrawn } from './withdrawn-turn.ts';

/** What was away is met again within a minute of its return. */
const SHORTEST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 45_000;

/** The backend did not answer where only its answer tells how to go on. */
export class BackendAway extends Error {
  override name = 'BackendAway';
  constructor(options: ErrorOptions) {
    super('the backend does not answer', options);
  }
}

/** Another turn is posting the video that this one is about. */
export class VideoAwaited extends Error {
  override name = 'VideoAwaited';
  constructor() {
    super('another turn has not posted its video yet');
  }
}

/** Out of reach for now: the turn keeps its phase, and is taken up again a little later each time. */
export const isAway = (error: unknown): boolean =>
  error instanceof BackendAway ||
  error instanceof VideoAwaited ||
  isStoreOutage(error) ||
  (error instanceof ChatError && error.reason === 'unreachable');

/** The whole turn is over or waits; else it may only be one video of a batch that failed. */
export const concernsTurn = (turn: TurnContext, error: unknown): boolean =>
  turn.signal.aborted ||
  error instanceof ClaimLost ||
  error instanceof Interrupted ||
  error instanceof Withdrawn ||
  isAway(error);

/** Rejects where the end cannot be written or is a riddle: the turn is then left to its lease. */
export async function parkOrFail(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<RunOutcome> {
  try {
    return await settled(turn, progress, error);
  } catch (second) {
    // What it should have ended with could not be said, or is not known to be on record.
    const cause = turn.signal.aborted ? turn.signal.reason : second;
    if (isOver(cause)) return lost(progress);
    if (isAway(second)) return later(turn, progress, second);
    await progress?.drop();
    if (!(second instanceof ChatError)) throw second;
    // No place takes it, nor does the person: an answer that was not said is there for a "Try again".
    turn.deps.log.error('nobody can be told how a turn ended', {
      turn: turn.turn.id,
      error: second,
    });
    return finishTurn(turn, 'failed');
  }
}

async function settled(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<RunOutcome> {
  const cause = turn.signal.aborted ? turn.signal.reason : error;
  if (isOver(cause)) return lost(progress);
  if (cause instanceof Interrupted && cause.why === 'shutdown') {
    // Whoever takes it up edits the status: nothing waits for this.
    await progress?.end('interrupted');
    return { how: 'parked' };
  }
  if (isAway(cause)) return later(turn, progress, cause);
  if (await isWithdrawn(turn, cause)) return endWithdrawn(turn, progress);
  return cause instanceof Interrupted
    ? endStopped(turn, progress)
    : endFailed(turn, progress, error);
}

const isOver = (cause: unknown): boolean =>
  cause instanceof ClaimLost || (cause instanceof Interrupted && cause.why === 'claim-lost');

async function lost(progress: Progress | undefined): Promise<RunOutcome> {
  await progress?.drop();
  return { how: 'lost' };
}

async function later(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<RunOutcome> {
  turn.deps.log.warn('a turn waits for what is out of reach, and will be taken up again', {
    turn: turn.turn.id,
    error,
  });
  await progress?.drop();
  const waits = (turn.notes.waits ?? 0) + 1;
  return {
    how: 'parked',
    notBefore: turn.deps.clock.in(Math.min(SHORTEST_WAIT_MS * 2 ** (waits - 1), LONGEST_WAIT_MS)),
    change: { notes: writeNotes({ ...turn.notes, waits }), phase: turn.notes.phase },
  };
}

async function endStopped(turn: TurnContext, progress: Progress | undefined): Promise<RunOutcome> {
  if (!turn.notes.told) {
    const entry = turn.notes.batch?.entry;
    if (entry) await sayHeld(turn.part(`${entry.number}`));
    await sayStopped(turn);
  }
  await showEnd(turn, progress, 'stopped');
  return finishTurn(turn, 'stopped');
}

async function sayStopped(turn: TurnContext): Promise<void> {
  const { words, job, notes } = turn;
  const { entry, made = [] } = notes.batch ?? {};
  const { rendering, lost } = await lateRenders(turn.deps.ledger, notes.batch);
  const done = made.length - rendering.length - lost.length;
  const retry = {
    label: words.button.retry,
    does: { action: 'retry', value: turn.turn.id },
  } as const;
  await turn.say(
    {
      text: entry ? `${words.stopped}\n${words.batchStopped(done, entry.of)}` : words.stopped,
      mention: [job.message.author.id],
      // Of a plan nothing else is left that could be pressed.
      ...(entry || notes.makes ? { buttons: [retry] } : {}),
    },
    'stopped',
  );
}

async function endFailed(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<RunOutcome> {
  const ending = await tell(turn, error);
  await showEnd(turn, progress, ending);
  return finishTurn(turn, 'failed');
}

/** What has been told is on record before the turn waits for its last edit: it is neither told nor tried again. */
async function showEnd(
  turn: TurnContext,
  progress: Progress | undefined,
  ending: Ending,
): Promise<void> {
  if (!progress || (await progress.end(ending))) return;
  await turn.note({ told: ending });
  throw new ChatError('unreachable', 'the last edit did not get through');
}

/** Whatever else cannot be read or reached, the person hears that it failed. */
async function tell(turn: TurnContext, error: unknown): Promise<Ending> {
  const { job, deps, words } = turn;
  try {
    return await tellFailure(turn, error, {
      mention: [job.message.author.id],
      repeats: REPEATABLE.has(job.task.type) ? turn.turn.id : undefined,
    });
  } catch (second) {
    // Where there is no talking to the chat, or the turn is another worker's, plain words are no cure.
    if (second instanceof ChatError || concernsTurn(turn, second)) throw second;
    deps.log.error('a failure could not be explained', { turn: turn.turn.id, error: second });
    deps.log.error('a turn failed', { turn: turn.turn.id, thread: turn.turn.thread, error });
    await turn.say(tellPlainly(words, job, turn.turn.id), 'failure');
    return 'failed';
  }
}
