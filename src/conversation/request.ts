/** The conversation of a run: from a message to an answer on record. */
import { NemoError, SessionLost } from '../nemo/errors.ts';
import type { SessionId } from '../runtime/ids.ts';
import { inSpan } from '../runtime/turn-scope.ts';
import { listen, type RunResult } from './agent/listen.ts';
import { recover } from './agent/recover-lost-stream.ts';
import { refusalAmong } from './agent/refusal.ts';
import { createCures, markSending } from './agent/send.ts';
import { type Settled, settle } from './agent/settle.ts';
import type { Work } from './cost/meter.ts';
import { dropTemporaryIssue } from './language/temporary-issue.ts';
import { type Prepared, prepare, type VideoRequest } from './material/prepare.ts';
import { sentIn } from './notes.ts';
import { recordAnswer, recordQuestion } from './post-answer.ts';
import type { Progress } from './progress.ts';
import { isTransient } from './retry-transient.ts';
import { readSnapshot, snapshotOf } from './timeline/snapshot.ts';
import type { TurnContext } from './turn-context.ts';

/**
 * Brings the turn from `preparing` to `answered`; after a crash in between `findAnswerInState` does. The message leaves
 * at most once: behind the mark only a request that was certainly turned away is followed by another.
 */
export async function askAndAnswer(
  turn: TurnContext,
  progress: Progress,
  request: VideoRequest,
): Promise<void> {
  // A shutdown waits until the answer is on record: what was heard can't be heard again.
  const untold = await turn.worker.finishBeforeShutdown(async () => {
    const cure = createCures(turn, progress);
    let ready: Prepared | undefined;
    let heard: RunResult | undefined;
    while (!heard) {
      try {
        ready ??= await prepare(turn, progress, request);
        if (ready.reply) return void (await recordQuestion(turn, ready.project, ready.reply));
        await turn.cost.begin(expectedOf(turn));
        await markSending(turn, ready.project);
        if (turn.notes.lowCredits !== undefined) progress.show({ type: 'working' });
        turn.cost.leaves('run');
        const { project, text } = ready;
        heard = await inSpan('listen', {}, () => listen(turn, progress, project.sessionId, text));
      } catch (error) {
        // Rejects where the message may have been taken, or where nothing helps.
        if ((await cure(error)) === 'new-session') ready = undefined;
      }
    }
    if (heard.end !== 'complete') return heard;
    turn.cost.isOver('run');
    progress.show({ type: 'checking' });
    const complete = heard;
    const settled = await inSpan('settle', {}, () => settleHeard(turn, complete));
    if (!settled) return heard;
    return void (await answer(turn, settled, heard));
  });
  // What was heard does not tell how it ended, so that the state has to.
  if (untold) await findAnswerInState(turn, progress, untold);
}

/**
 * Looks at the state until it tells what became of the message; nothing is sent. Without `heard`, an
 * earlier worker may have heard something, and nobody knows what.
 */
export async function findAnswerInState(
  turn: TurnContext,
  progress: Progress,
  heard?: RunResult,
): Promise<void> {
  const { state, changed } = await inSpan('recover', {}, () =>
    recover(turn, progress, sessionOf(turn)),
  );
  await answer(turn, { state, after: snapshotOf(state), changed }, heard);
}

/** What a run that was heard to its end has done; undefined where it may have done something that could not be looked at. */
async function settleHeard(turn: TurnContext, heard: RunResult): Promise<Settled | undefined> {
  const before = readSnapshot(sentIn(turn.notes).baseline);
  const silent = dropTemporaryIssue([...heard.texts]).texts.length === 0;
  const expectation = !heard.toolsUsed
    ? silent
      ? 'change'
      : 'none'
    : silent
      ? 'silent-change'
      : 'change';
  return settle(turn, sessionOf(turn), before, expectation).catch((error) => {
    if (turn.signal.aborted || !(error instanceof NemoError)) throw error;
    // In a batch, taking it for unchanged would have the video asked for, and paid, once more.
    if (silent || (turn.notes.batch?.entry && isTransient(error))) return undefined;
    // The words stand for themselves when the state can't be read behind them.
    return { state: undefined, after: before, changed: false };
  });
}

/** What it is likely to become; what it was is known behind the answer. */
function expectedOf({ notes, project }: TurnContext): Work {
  const videos = notes.batch?.entry ? (notes.videos?.length ?? 1) : 1;
  const kind = project?.lastWords === undefined || notes.batch?.entry ? 'video' : 'edit';
  return { kind, videos, seconds: undefined };
}

/** Of what the state shows and what was heard; rejects with a refusal that came in the middle of a stream, where that is all. */
async function answer(turn: TurnContext, settled: Settled, heard?: RunResult): Promise<void> {
  if (!heard) return recordAnswer(turn, settled, NOTHING_HEARD, 'restarted');
  if (heard.end !== 'complete') return recordAnswer(turn, settled, heard, 'stream-lost');
  const { texts, only } = dropTemporaryIssue([...heard.texts]);
  const refusal = refusalAmong(heard.problems);
  if (texts.length === 0 && settled.changed) turn.deps.metrics.silentEdit(turn.turn.platform);
  if (refusal && texts.length === 0 && !settled.changed) throw refusal;
  await recordAnswer(turn, settled, { ...heard, texts }, only ? 'temporary-issue' : 'heard');
}

const NOTHING_HEARD: RunResult = {
  texts: [],
  question: undefined,
  problems: [],
  toolsUsed: true,
  rawClip: false,
  end: 'lost',
};

function sessionOf({ project }: TurnContext): SessionId {
  if (project?.sessionId) return project.sessionId;
  throw new SessionLost('state', 'the project of an interrupted turn is unknown');
}
