/** The main road of a request: from a message to an answer on record. */
import { NemoError, SessionLost, Unreachable } from '../nemo/errors.ts';
import type { RunResult } from './agent/listen.ts';
import { recover } from './agent/recover-lost-stream.ts';
import { refusalAmong } from './agent/refusal.ts';
import { sendOnce } from './agent/send.ts';
import { type Settled, settle } from './agent/settle.ts';
import { dropTemporaryIssue } from './language/temporary-issue.ts';
import { prepare, type VideoRequest } from './material/prepare.ts';
import type { Sent } from './notes.ts';
import { recordAnswer } from './post-answer.ts';
import type { Progress } from './progress.ts';
import { emptied, type LiveProject } from './project.ts';
import { isTransient } from './retry-transient.ts';
import { readSnapshot, type Snapshot, snapshotOf } from './timeline/snapshot.ts';
import type { TurnContext } from './turn-context.ts';

interface Asked {
  readonly project: LiveProject;
  readonly heard: RunResult;
}

/** Brings the turn from `preparing` to `answered`; after a crash in between its stock is taken instead. */
export async function askAndAnswer(
  turn: TurnContext,
  progress: Progress,
  order: VideoRequest,
): Promise<void> {
  // A shutdown waits until the answer is on record: what was heard can't be heard again.
  const open = await turn.worker.finishBeforeShutdown(async () => {
    const asked = await askOnceMoreIfLost(turn, progress, order);
    return asked && (await concludeHeard(turn, progress, asked)) ? undefined : asked;
  });
  if (open) await findAnswerInState(turn, progress, open.heard);
}

/** A session that was lost before it took the message is replaced once, and the person is told. */
async function askOnceMoreIfLost(
  turn: TurnContext,
  progress: Progress,
  order: VideoRequest,
): Promise<Asked | undefined> {
  try {
    return await ask(turn, progress, order);
  } catch (error) {
    if (!(error instanceof SessionLost)) throw error;
    const { project } = turn;
    await turn.enter({ phase: 'preparing' }, project ? { project: emptied(project) } : {});
    await turn.say({ text: turn.words.newProject }, 'new-project');
    await progress.said();
    return ask(turn, progress, order).catch((again) => {
      if (!(again instanceof SessionLost)) throw again;
      throw new Unreachable('session', 'a new session was lost at once', { cause: again });
    });
  }
}

/** Undefined: there was nothing to ask with, or a question comes first; the answer says so. */
async function ask(
  turn: TurnContext,
  progress: Progress,
  order: VideoRequest,
): Promise<Asked | undefined> {
  const { project, text, reply } = await prepare(turn, progress, order);
  const asked = {
    ...project,
    lastRequest: turn.turn.id,
    tooLong: reply?.about === 'length' ? turn.turn.id : undefined,
  };
  if (text === undefined) {
    const message = { ...reply.message, mention: [turn.job.message.author.id] };
    await turn.enter(
      {
        phase: 'answered',
        reply: { message, ending: 'needs-you', exportWanted: false, creditsWanted: false },
      },
      { project: asked },
    );
    return undefined;
  }
  progress.show({ type: 'working' });
  const heard = await sendOnce(turn, progress, project.sessionId, text, { project: asked });
  return { project: asked, heard };
}

/** False: what was heard does not tell how it ended, so that the state has to. */
async function concludeHeard(
  turn: TurnContext,
  progress: Progress,
  { project, heard }: Asked,
): Promise<boolean> {
  if (heard.end !== 'complete') return false;
  progress.show({ type: 'checking' });
  const before = readSnapshot(sentOf(turn).baseline);
  const silent = isSilent(heard);
  const expectation = !heard.toolsUsed
    ? silent
      ? 'change'
      : 'none'
    : silent
      ? 'silent-change'
      : 'change';
  const settled = await settle(turn, project.sessionId, before, expectation).catch((error) => {
    if (turn.signal.aborted || !(error instanceof NemoError)) throw error;
    // In a batch, taking it for unchanged would have the video asked for, and paid, once more.
    if (silent || (turn.notes.batch?.entry && isTransient(error))) return undefined;
    // The words stand for themselves when the state can't be read behind them.
    return { state: undefined, after: before, changed: false };
  });
  if (!settled) return false;
  await concludeComplete(turn, project, before, settled, heard);
  return true;
}

const isSilent = ({ texts }: RunResult): boolean =>
  dropTemporaryIssue([...texts]).texts.length === 0;

/** Of a run that was heard to its end. */
async function concludeComplete(
  turn: TurnContext,
  project: LiveProject,
  before: Snapshot,
  settled: Settled,
  heard: RunResult,
): Promise<void> {
  const { texts, only } = dropTemporaryIssue([...heard.texts]);
  const refusal = refusalAmong(heard.problems);
  if (refusal && texts.length === 0 && !settled.changed) throw refusal;
  const how = only ? 'temporary-issue' : 'heard';
  await recordAnswer(turn, project, before, settled, { ...heard, texts }, how);
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
  const { project } = turn;
  if (!project?.sessionId)
    throw new SessionLost('state', 'the project of an interrupted turn is unknown');
  const live = { ...project, sessionId: project.sessionId };
  const sent = sentOf(turn);
  const { state, changed } = await recover(turn, progress, live.sessionId, sent);
  const settled = { state, after: snapshotOf(state), changed };
  const before = readSnapshot(sent.baseline);
  if (heard?.end === 'complete') return concludeComplete(turn, live, before, settled, heard);
  const how = heard ? 'stream-lost' : 'restarted';
  await recordAnswer(turn, live, before, settled, heard ?? NOTHING_HEARD, how);
}

const NOTHING_HEARD: RunResult = {
  texts: [],
  question: undefined,
  problems: [],
  toolsUsed: true,
  rawClip: false,
  end: 'lost',
};

function sentOf({ notes }: TurnContext): Sent {
  if (!('sent' in notes)) throw new Error(`nothing was sent in the phase ${notes.phase}`);
  return notes.sent;
}
