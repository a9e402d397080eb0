/** Runs one claimed turn to its end, whatever happens on the way. */

import type { Outcome, Shift } from '../ledger/dispatch.ts';
import { ChatError, threadKey } from '../platforms/chat.ts';
import { answeredAtOnce } from './bare-mention.ts';
import { finish } from './finish.ts';
import { openProgress, type Progress } from './progress.ts';
import { putDown } from './put-down.ts';
import type { Stage } from './stage.ts';
import { stepOf, takeSteps, takeStepsBeside } from './steps.ts';
import { type Deps, openTurn, type TurnContext } from './turn-context.ts';
import { endUnopened } from './unopened.ts';

export async function runTurn(deps: Deps, shift: Shift): Promise<Outcome> {
  let turn: TurnContext;
  try {
    turn = await openTurn(deps, shift);
  } catch (error) {
    return endUnopened(deps, shift, error);
  }
  let progress: Progress | undefined;
  try {
    if ((await stepOf(turn)).do === 'give-up') {
      // What earlier workers have left in the thread is ended with the turn.
      if (turn.notes.statusId) progress = await openProgress(turn, { type: 'recovering' });
      return await putDown(
        turn,
        progress,
        new Error('the turn was begun too often without an end'),
      );
    }
    if (turn.turn.lane === 'immediate') {
      await takeStepsBeside(turn);
      return await finish(turn, 'delivered');
    }
    if (await answeredAtOnce(turn)) return await finish(turn, 'delivered');
    acknowledge(turn);
    progress = await openProgress(turn, firstStage(turn));
    const ending = await takeSteps(turn, progress);
    // Said and delivered, so that nothing of it is done again when the turn is taken up.
    if (!(await progress.end(ending)))
      return putDown(
        turn,
        progress,
        new ChatError('unreachable', 'the last edit did not get through'),
      );
    return await finish(turn, ending === 'failed' ? 'failed' : 'delivered');
  } catch (error) {
    return putDown(turn, progress, error);
  }
}

function firstStage({ deps, project, words }: TurnContext): Stage {
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
