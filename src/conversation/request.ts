/** The main road of a turn: from a message to an answer. Reads top to bottom like the conversation. */
import { NemoError, SessionLost, Unreachable } from '../nemo/errors.ts';
import type { Heard } from './agent/listen.ts';
import { recover } from './agent/recover.ts';
import { refusalAmong } from './agent/refusal.ts';
import { sendOnce } from './agent/send.ts';
import { type Settled, settle } from './agent/settle.ts';
import { composeAnswer } from './answer.ts';
import { entriesOf, runBatch } from './batch/batch.ts';
import type { Job } from './job.ts';
import { translateGuiTalk } from './language/gui-talk.ts';
import { dropTemporaryIssue } from './language/temporary-issue.ts';
import { tipFor } from './language/tips.ts';
import { completed } from './material/complete-message.ts';
import { type Order, prepare, TASK_NAME } from './material/prepare.ts';
import type { Progress } from './progress.ts';
import type { Project } from './project.ts';
import { exportVideo } from './render/exporting.ts';
import type { Ending } from './stage.ts';
import { readSnapshot, type Snapshot, snapshotOf } from './timeline/snapshot.ts';
import { adorn, type TurnContext } from './turn-context.ts';

type LiveProject = Project & { readonly sessionId: string };

/** `given` is the turn's own job, or the earlier one that it repeats. */
export async function runRequest(
  turn: TurnContext,
  progress: Progress,
  given: Job,
): Promise<Ending> {
  const message = await completed(turn, given.message);
  const entries = entriesOf(message);
  if (!entries) return makeOne(turn, progress, { message });
  return runBatch(turn, progress, entries, (part, order) => makeOne(part, progress, order));
}

async function makeOne(turn: TurnContext, progress: Progress, order: Order): Promise<Ending> {
  const { phase } = turn;
  if (phase === 'accepted' || phase === 'preparing') {
    await askAndAnswer(turn, progress, order);
  } else if (phase === 'sending' || phase === 'streaming' || phase === 'recovering') {
    await pickUp(turn, progress);
  }
  await giveAnswer(turn, progress);
  if (turn.notes.exportWanted) return exportVideo(turn, progress);
  return turn.notes.ending ?? 'done';
}

interface Asked {
  readonly project: LiveProject;
  readonly heard: Heard;
}

async function askAndAnswer(turn: TurnContext, progress: Progress, order: Order): Promise<void> {
  // A shutdown waits until the answer is on record: what was heard can't be heard again.
  const open = await turn.shift.unhurried(async () => {
    const asked = await askOnceMoreIfLost(turn, progress, order);
    return asked && (await concludeHeard(turn, progress, asked)) ? undefined : asked;
  });
  if (open) await takeStock(turn, progress, open.project, open.heard);
}

/** A session that was lost before it took the message is replaced once, and the person is told. */
async function askOnceMoreIfLost(
  turn: TurnContext,
  progress: Progress,
  order: Order,
): Promise<Asked | undefined> {
  try {
    return await ask(turn, progress, order);
  } catch (error) {
    if (!(error instanceof SessionLost)) throw error;
    await turn.deps.projects.forget(order.message.thread);
    await turn.note({ baseline: undefined });
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
  order: Order,
): Promise<Asked | undefined> {
  const { project, text, reply } = await prepare(turn, progress, order);
  await turn.deps.projects.save(order.message.thread, {
    ...project,
    lastRequest: turn.turn.id,
    tooLong: reply?.about === 'length' ? turn.turn.id : undefined,
  });
  if (text === undefined) {
    const answer = { ...reply.message, mention: [turn.job.message.author.id] };
    await turn.note({ answer, ending: 'needs-you' }, 'answered');
    return undefined;
  }
  progress.show({ type: 'working' });
  return { project, heard: await sendOnce(turn, progress, project.sessionId, text) };
}

/** False: what was heard does not tell how it ended, so that the state has to. */
async function concludeHeard(
  turn: TurnContext,
  progress: Progress,
  { project, heard }: Asked,
): Promise<boolean> {
  if (heard.end !== 'complete') return false;
  progress.show({ type: 'checking' });
  const before = readBaseline(turn);
  const { texts, only } = dropTemporaryIssue([...heard.texts]);
  const silent = texts.length === 0;
  const expectation = !heard.toolsUsed
    ? silent
      ? 'change'
      : 'none'
    : silent
      ? 'silent-change'
      : 'change';
  const settled = await settle(turn, project.sessionId, before, expectation).catch((error) => {
    if (turn.signal.aborted || !(error instanceof NemoError)) throw error;
    // The words stand for themselves when the state can't be read behind them.
    return silent ? undefined : { state: undefined, after: before, changed: false };
  });
  if (!settled) return false;
  const refusal = refusalAmong(heard.problems);
  if (refusal && silent && !settled.changed) throw refusal;
  const how = only ? 'temporary-issue' : 'heard';
  await conclude(turn, project, before, settled, { ...heard, texts }, how);
  return true;
}

/** After a restart in mid-run: nothing is sent; the state tells what became of it. */
async function pickUp(turn: TurnContext, progress: Progress): Promise<void> {
  const project = await turn.deps.projects.of(turn.job.message.thread);
  if (!project?.sessionId)
    throw new SessionLost('state', 'the project of an interrupted turn is unknown');
  const live = { ...project, sessionId: project.sessionId };
  await takeStock(turn, progress, live, undefined);
}

/** Looks at the state until it tells what became of the message; nothing is sent. */
async function takeStock(
  turn: TurnContext,
  progress: Progress,
  project: LiveProject,
  heard: Heard | undefined,
): Promise<void> {
  const before = readBaseline(turn);
  const { state, changed } = await recover(turn, progress, project.sessionId, before);
  const settled = { state, after: snapshotOf(state), changed };
  const how = heard ? 'stream-lost' : 'restarted';
  await conclude(turn, project, before, settled, heard ?? NOTHING_HEARD, how);
}

/** Puts the answer, and whether an export follows, on record before a word of it is said. */
async function conclude(
  turn: TurnContext,
  project: LiveProject,
  before: Snapshot,
  settled: Settled,
  heard: Heard,
  how: 'heard' | 'temporary-issue' | 'stream-lost' | 'restarted',
): Promise<void> {
  const { deps, job } = turn;
  const waiting = (await deps.ledger.unfinished(turn.turn.thread)).length - 1;
  const tip = project.tipped ? undefined : tipFor(job.message.text, turn.notes.documentWords);
  const answer = composeAnswer({
    words: turn.words,
    requester: job.message.author.id,
    turn: turn.turn.id,
    said: job.message.text,
    entry: turn.notes.entry,
    before,
    settled,
    heard,
    how,
    tip: tip && turn.words.tip[tip](deps.profile.texts[turn.words.language].tip),
    waiting: Math.max(0, waiting),
  });
  const mode = deps.rules.autoExport;
  const now = (await deps.projects.of(job.message.thread)) ?? project;
  const first = mode === 'first' && now.videos === 0;
  const due = settled.changed && (mode === 'always' || first || turn.notes.entry !== undefined);
  const exportWanted =
    settled.after.timeline.ready && !heard.question && (due || answer.asks.export);
  const lastWords = translateGuiTalk(heard.texts.at(-1) ?? '').text.slice(0, LAST_WORDS);
  await deps.projects.save(job.message.thread, {
    ...now,
    ...(tip ? { tipped: true } : {}),
    ...(settled.changed ? { changedAt: deps.clock.now() } : {}),
    lastWords: lastWords || now.lastWords,
  });
  nameThread(turn, settled.after.timeline.title);
  const { message, ending, asks } = answer;
  await turn.note(
    { answer: message, ending, exportWanted, creditsWanted: asks.credits, answered: false },
    'answered',
  );
}

/** Nobody waits for it. A thread of several videos keeps the name it began with. */
function nameThread({ deps, thread, notes }: TurnContext, title: string | undefined): void {
  if (!title || title === TASK_NAME || notes.entry || !thread.nameAfter) return;
  void adorn(deps.log, async () => thread.nameAfter?.(title)).catch((error) =>
    deps.log.error('a thread could not be named', { error }),
  );
}

async function giveAnswer(turn: TurnContext, progress: Progress): Promise<void> {
  const { answer, answered } = turn.notes;
  if (!answer || answered) return;
  await turn.say(answer, 'answer');
  await progress.said();
  await turn.note({ answered: true });
  if (turn.notes.creditsWanted) await tellCredits(turn);
}

/** For the requester alone; the answer has been given and does not depend on it. */
async function tellCredits({ deps, job, words, thread, signal }: TurnContext): Promise<void> {
  const text = await deps.nemo.credits(signal).then(words.credits, () => words.notAnswering);
  await thread.postPrivately(job.message.author.id, { text });
}

const NOTHING_HEARD: Heard = {
  texts: [],
  question: undefined,
  problems: [],
  toolsUsed: true,
  rawClip: false,
  end: 'lost',
};

/** In characters. */
const LAST_WORDS = 500;

const readBaseline = (turn: TurnContext): Snapshot =>
  turn.notes.baseline ? readSnapshot(turn.notes.baseline) : snapshotOf(undefined);
