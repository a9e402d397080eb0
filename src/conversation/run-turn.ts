/** Runs one claimed turn to its end, whatever happens on the way. */

import type { ClaimedTurn, RunOutcome } from '../ledger/dispatch.ts';
import type { End } from '../ledger/ledger.ts';
import { ChatError, threadKey } from '../platforms/chat.ts';
import { waitsForResume } from './admin/pause.ts';
import { answeredAtOnce } from './bare-mention.ts';
import { finishTurn } from './finish-turn.ts';
import { parkOrFail } from './park-or-fail.ts';
import { settlePlan } from './plan/settle-plan.ts';
import { openProgress, type Progress } from './progress.ts';
import type { Ending, Stage } from './status-stage.ts';
import { stepOf, takeSteps, takeStepsBeside } from './steps.ts';
import { type Deps, openTurn, type TurnContext } from './turn-context.ts';
import { endUnreadableTurn } from './unreadable-turn.ts';
import { endWithdrawn } from './withdrawn-turn.ts';

export async function runTurn(deps: Deps, worker: ClaimedTurn): Promise<RunOutcome> {
  let turn: TurnContext;
  try {
    turn = await openTurn(deps, worker);
  } catch (error) {
    return endUnreadableTurn(deps, worker, error);
  }
  let progress: Progress | undefined;
  try {
    if (turn.turn.withdrawn) return await endWithdrawn(turn, undefined);
    if ((await stepOf(turn)).do === 'give-up') {
      // What earlier workers have left in the thread is ended with the turn.
      if (turn.notes.statusId) progress = await openProgress(turn, { type: 'recovering' });
      return await parkOrFail(
        turn,
        progress,
        new Error('the turn was begun too often without an end'),
      );
    }
    if (turn.turn.lane === 'immediate') {
      await takeStepsBeside(turn);
      return await finishTurn(turn, 'delivered');
    }
    const paused = await waitsForResume(turn);
    if (paused) return paused;
    takeMark(turn);
    if (await answeredAtOnce(turn)) return await finishTurn(turn, 'delivered');
    if (await settlePlan(turn)) return await finishTurn(turn, 'delivered');
    acknowledge(turn);
    progress = await openProgress(turn, firstStage(turn));
    const ending = await takeSteps(turn, progress);
    // Said and delivered, so that nothing of it is done again when the turn is taken up.
    const credits = await turn.cost.close();
    if (credits !== undefined && credits > 0) deps.metrics.creditsSpent(credits);
    if (!(await progress.end(ending, credits)))
      return parkOrFail(
        turn,
        progress,
        new ChatError('unreachable', 'the last edit did not get through'),
      );
    return await finishTurn(turn, endOf(turn, ending));
  } catch (error) {
    return parkOrFail(turn, progress, error);
  }
}

/** One that has been told and only waited for its last edit ends as it was told. */
function endOf({ notes }: TurnContext, ending: Ending): End {
  if (ending === 'stopped') return 'stopped';
  return ending === 'failed' || notes.told ? 'failed' : 'delivered';
}

function firstStage({ deps, project, words }: TurnContext): Stage {
  return project?.sessionId
    ? { type: 'starting' }
    : { type: 'connecting', word: words.profiles[deps.profile.name].connecting };
}

/** Its 🕓, which says that it waits. */
function takeMark({ deps, job, thread, turn }: TurnContext): void {
  const { messageId } = job.message;
  if (messageId && thread.capabilities.react) deps.waitingMarks.takeFrom(turn, messageId, thread);
}

/** 👀 on the message. */
function acknowledge({ deps, job, thread }: TurnContext): void {
  const { messageId } = job.message;
  if (!messageId || !thread.capabilities.react) return;
  deps.bestEffort.run(threadKey(thread.ref), `seen ${messageId}`, () =>
    thread.react(messageId, 'seen'),
  );
}
