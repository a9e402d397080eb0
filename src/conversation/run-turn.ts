/** Runs one claimed turn to its end, whatever happens on the way. */

import { Interrupted, type Outcome, type Shift } from '../ledger/dispatch.ts';
import { ClaimLost, type End } from '../ledger/ledger.ts';
import { ChatError, threadKey } from '../platforms/chat.ts';
import { lateRenders } from './batch/late-renders.ts';
import { answerNow } from './immediate.ts';
import { readJob, writeNotes } from './job.ts';
import { openProgress, type Progress } from './progress.ts';
import { exportVideo } from './render/exporting.ts';
import { watchRender } from './render/watch-render.ts';
import { runRequest } from './request.ts';
import { openRepetition } from './retry.ts';
import type { Ending, Stage } from './stage.ts';
import { REPEATABLE, tellFailure, tellPlainly } from './tell-failure.ts';
import { type Deps, openTurn, type TurnContext } from './turn-context.ts';
import { endUnopened } from './unopened.ts';

/** A turn that brought down more workers than this is ended instead of tried again. */
const MOST_CRASHES = 12;

/** A chat service that was away is met again within a minute of its return. */
const SHORTEST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 45_000;

/** What was paid for is said, however often its turn is taken up. */
const hasAnswer = ({ phase }: TurnContext): boolean =>
  phase === 'answered' || phase === 'exporting';

export async function runTurn(deps: Deps, shift: Shift): Promise<Outcome> {
  let turn: TurnContext;
  try {
    turn = await openTurn(deps, shift);
  } catch (error) {
    return endUnopened(deps, shift, error);
  }
  const { task } = turn.job;
  try {
    if (turn.claim.crashes > MOST_CRASHES && !hasAnswer(turn))
      throw new Error('the turn was begun too often without an end');
    switch (task.type) {
      case 'request':
      case 'retry':
      case 'export':
      case 'new':
        return await runOrdered(turn);
      case 'watch':
        await watchRender(turn, task.render, task.from);
        return await finish(turn, 'delivered');
      default:
        await answerNow(turn, task);
        return await finish(turn, 'delivered');
    }
  } catch (error) {
    return settleFailure(turn, undefined, error);
  }
}

async function runOrdered(turn: TurnContext): Promise<Outcome> {
  acknowledge(turn);
  const progress = await openProgress(turn, await firstStage(turn));
  try {
    const ending = await runTask(turn, progress);
    await progress.end(ending);
    return await finish(turn, ending === 'failed' ? 'failed' : 'delivered');
  } catch (error) {
    return settleFailure(turn, progress, error);
  }
}

async function runTask(turn: TurnContext, progress: Progress): Promise<Ending> {
  const { task } = turn.job;
  switch (task.type) {
    case 'export':
      await rememberForRetry(turn);
      return exportVideo(turn, progress, task.resolution);
    case 'new':
      await turn.deps.projects.forget(turn.claim);
      await turn.say({ text: turn.words.newStarted }, 'new');
      return 'done';
    case 'retry': {
      const repetition = await openRepetition(turn, task.turn);
      if (repetition?.type === 'request') return runRequest(turn, progress, repetition.job);
      if (repetition) return exportVideo(turn, progress, repetition.resolution);
      await turn.say({ text: turn.words.retryNothing }, 'retry');
      return 'done';
    }
    default:
      return runRequest(turn, progress, turn.job);
  }
}

async function rememberForRetry({ deps, job, turn, claim }: TurnContext): Promise<void> {
  const { thread } = job.message;
  const project = await deps.projects.of(thread);
  if (project) await deps.projects.save(claim, { ...project, lastRequest: turn.id });
}

async function firstStage(turn: TurnContext): Promise<Stage> {
  const { deps, job, words } = turn;
  const project = await deps.projects.of(job.message.thread);
  return project?.sessionId
    ? { type: 'starting' }
    : { type: 'connecting', word: deps.profile.texts[words.language].connecting };
}

/** 👀 on the message. */
function acknowledge({ deps, job, thread }: TurnContext): void {
  const { messageId } = job.message;
  if (!messageId || !thread.capabilities.react) return;
  deps.bestEffort.run(threadKey(thread.ref), `seen ${messageId}`, () =>
    thread.react(messageId, 'seen'),
  );
}

/** The next message of the thread has waited long enough: its 🕓 goes. */
async function callNext({ deps, turn, thread }: TurnContext): Promise<void> {
  if (turn.lane !== 'ordered' || !thread.capabilities.react) return;
  const [next] = await deps.ledger.unfinished(turn.thread);
  const messageId = next && readJob(next.payload).message.messageId;
  if (!messageId) return;
  deps.bestEffort.run(turn.thread, `queued ${messageId}`, () =>
    thread.unreact(messageId, 'queued'),
  );
}

async function settleFailure(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<Outcome> {
  const cause = turn.signal.aborted ? turn.signal.reason : error;
  if (cause instanceof ClaimLost || (cause instanceof Interrupted && cause.why === 'claim-lost')) {
    await progress?.drop();
    return { how: 'lost' };
  }
  if (cause instanceof Interrupted && cause.why === 'shutdown') {
    await progress?.end('interrupted');
    return { how: 'parked' };
  }
  if (cause instanceof ChatError && cause.reason === 'unreachable') {
    // The chat service is down: the turn keeps its phase, and is taken up again a little later each time.
    turn.deps.log.warn('the chat service cannot be reached; the turn will be taken up again', {
      turn: turn.turn.id,
      error,
    });
    await progress?.drop();
    const waits = (turn.notes.waits ?? 0) + 1;
    return {
      how: 'parked',
      notBefore: turn.deps.clock.in(Math.min(SHORTEST_WAIT_MS * 2 ** (waits - 1), LONGEST_WAIT_MS)),
      change: { notes: writeNotes({ ...turn.notes, waits }) },
    };
  }
  return cause instanceof Interrupted
    ? endStopped(turn, progress)
    : endFailed(turn, progress, error);
}

async function endStopped(turn: TurnContext, progress: Progress | undefined): Promise<Outcome> {
  const { words, job, notes } = turn;
  const { entry, made = [] } = notes;
  const { rendering, lost } = await lateRenders(turn.deps.ledger, notes);
  const done = made.length - rendering.length - lost.length;
  const retry = {
    label: words.button.retry,
    does: { action: 'retry', value: turn.turn.id },
  } as const;
  await turn.say(
    {
      text: entry ? `${words.stopped}\n${words.batchStopped(done, entry.of)}` : words.stopped,
      mention: [job.message.author.id],
      ...(entry ? { buttons: [retry] } : {}),
    },
    'stopped',
  );
  await progress?.end('stopped');
  return finish(turn, 'stopped');
}

async function endFailed(
  turn: TurnContext,
  progress: Progress | undefined,
  error: unknown,
): Promise<Outcome> {
  const ending = await tell(turn, error);
  await progress?.end(ending);
  return finish(turn, 'failed');
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
    if (second instanceof ChatError || second instanceof ClaimLost || turn.signal.aborted)
      throw second;
    deps.log.error('a failure could not be explained', { turn: turn.turn.id, error: second });
    deps.log.error('a turn failed', { turn: turn.turn.id, thread: turn.turn.thread, error });
    await turn.say(tellPlainly(words, job, turn.turn.id), 'failure');
    return 'failed';
  }
}

async function finish(turn: TurnContext, end: End): Promise<Outcome> {
  const { ledger, metrics, clock } = turn.deps;
  await ledger.finish(turn.claim, end, { notes: writeNotes(turn.notes) });
  if (turn.turn.lane === 'ordered') turn.deps.balance.spent();
  void callNext(turn).catch((error) =>
    turn.deps.log.error('the next message could not be looked up', { error }),
  );
  metrics.turnEnded(turn.thread.ref.platform, end, clock.elapsed(turn.turn.acceptedAt) / 1000);
  return { how: 'finished' };
}
