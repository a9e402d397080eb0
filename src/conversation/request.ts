/** The main road of a turn: from a message to an answer. Reads top to bottom like the conversation. */
import { SessionLost } from '../nemo/errors.ts';
import { composeAnswer } from './answer.ts';
import { exportVideo } from './exporting.ts';
import type { Job } from './job.ts';
import type { Heard } from './listen.ts';
import { prepare } from './prepare.ts';
import type { Ending, Progress } from './progress.ts';
import type { Project } from './project.ts';
import { recover } from './recover.ts';
import { sendOnce } from './send.ts';
import { type Settled, settle } from './settle.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import { dropTemporaryIssue } from './temporary-issue.ts';
import type { TurnContext } from './turn-context.ts';

type LiveProject = Project & { readonly sessionId: string };

/** `job` is the turn's own, or the earlier one that it repeats. */
export async function runRequest(turn: TurnContext, progress: Progress, job: Job): Promise<Ending> {
  const { phase } = turn.turn;
  let ending: Ending = 'done';
  if (phase === 'accepted' || phase === 'preparing') {
    ending = await askAndAnswer(turn, progress, job);
  } else if (phase === 'sending' || phase === 'streaming' || phase === 'recovering') {
    ending = await pickUp(turn, progress);
  }
  await giveAnswer(turn, progress);
  if (turn.notes.exportWanted) ending = await exportVideo(turn, progress);
  return ending;
}

/** Prepares, sends and listens; a lost session is replaced once, and the person is told. */
async function askAndAnswer(turn: TurnContext, progress: Progress, job: Job): Promise<Ending> {
  try {
    return await ask(turn, progress, job);
  } catch (error) {
    if (!(error instanceof SessionLost)) throw error;
    await turn.deps.projects.forget(job.message.thread);
    await turn.note({ uploaded: [], baseline: undefined });
    await turn.say({ text: turn.words.newProject }, 'new-project');
    await progress.said();
    return ask(turn, progress, job);
  }
}

async function ask(turn: TurnContext, progress: Progress, job: Job): Promise<Ending> {
  const ready = await prepare(turn, progress, job);
  if (job === turn.job) {
    await turn.deps.projects.save(job.message.thread, {
      ...ready.project,
      lastRequest: turn.turn.id,
    });
  }
  if (ready.text === undefined) {
    await turn.note(
      { answer: { text: [...ready.refusals, turn.words.nothingLeft].join('\n') } },
      'answered',
    );
    return 'needs-you';
  }
  progress.show({ type: 'working' });
  const heard = await sendOnce(turn, progress, ready.project.sessionId, ready.text);
  const before = readBaseline(turn);
  if (heard.end !== 'complete') return takeStock(turn, progress, ready.project, before, heard);
  progress.show({ type: 'checking' });
  const spoken = dropTemporaryIssue([...heard.texts]);
  const silent = spoken.texts.length === 0;
  const settled = await settle(turn, ready.project.sessionId, before, heard.toolsUsed || silent);
  return conclude(
    turn,
    ready.project,
    before,
    settled,
    { ...heard, texts: spoken.texts },
    spoken.only ? 'temporary-issue' : 'heard',
  );
}

/** After a restart in mid-run: nothing is sent; the state tells what became of it. */
async function pickUp(turn: TurnContext, progress: Progress): Promise<Ending> {
  const project = await turn.deps.projects.of(turn.job.message.thread);
  if (!project?.sessionId)
    throw new SessionLost('state', 'the project of an interrupted turn is unknown');
  const live = { ...project, sessionId: project.sessionId };
  return takeStock(turn, progress, live, readBaseline(turn), undefined);
}

async function takeStock(
  turn: TurnContext,
  progress: Progress,
  project: LiveProject,
  before: Snapshot,
  heard: Heard | undefined,
): Promise<Ending> {
  const { state, changed } = await recover(turn, progress, project.sessionId, before);
  const settled = { state, after: snapshotOf(state), changed };
  const nothing: Heard = {
    texts: [],
    question: undefined,
    problems: [],
    toolsUsed: true,
    end: 'lost',
  };
  return conclude(
    turn,
    project,
    before,
    settled,
    heard ?? nothing,
    heard ? 'stream-lost' : 'restarted',
  );
}

/** Puts the answer, and whether an export follows, on record before a word of it is said. */
async function conclude(
  turn: TurnContext,
  project: LiveProject,
  before: Snapshot,
  settled: Settled,
  heard: Heard,
  how: 'heard' | 'temporary-issue' | 'stream-lost' | 'restarted',
): Promise<Ending> {
  const { deps, job } = turn;
  const waiting = (await deps.ledger.unfinished(turn.turn.thread)).length - 1;
  const answer = composeAnswer({
    words: turn.words,
    requester: job.message.author.id,
    said: job.message.text,
    refusals: turn.notes.refusals ?? [],
    before,
    settled,
    heard,
    how,
    waiting: Math.max(0, waiting),
  });
  const mode = deps.rules.autoExport;
  const due = settled.changed && (mode === 'always' || (mode === 'first' && project.videos === 0));
  const exportWanted =
    settled.after.timeline.ready && !heard.question && (due || answer.asks.export);
  await deps.projects.save(job.message.thread, {
    ...project,
    ...(settled.changed ? { changedAt: deps.clock.now() } : {}),
    lastWords: heard.texts.at(-1)?.slice(0, 500) ?? project.lastWords,
  });
  await turn.note({ answer: answer.message, exportWanted, answered: false }, 'answered');
  if (answer.asks.credits) {
    const credits = await deps.nemo.credits(turn.signal);
    await turn.thread.postPrivately(job.message.author.id, { text: turn.words.credits(credits) });
  }
  return answer.ending;
}

async function giveAnswer(turn: TurnContext, progress: Progress): Promise<void> {
  const { answer, answered } = turn.notes;
  if (!answer || answered) return;
  await turn.say(answer, 'answer');
  await progress.said();
  await turn.note({ answered: true });
}

const readBaseline = (turn: TurnContext): Snapshot =>
  turn.notes.baseline ? (JSON.parse(turn.notes.baseline) as Snapshot) : snapshotOf(undefined);
