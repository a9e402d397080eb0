/** The main road of a turn: from a message to an answer. Reads top to bottom like the conversation. */
import { OverQuota } from '../ledger/ledger.ts';
import { NemoError, SessionLost, Unreachable } from '../nemo/errors.ts';
import { capsOf, timeZone } from './access.ts';
import type { Heard } from './agent/listen.ts';
import { recover } from './agent/recover.ts';
import { refusalAmong } from './agent/refusal.ts';
import { sendOnce } from './agent/send.ts';
import { settle } from './agent/settle.ts';
import { entriesOf, runBatch, videosIn } from './batch/batch.ts';
import { conclude, giveAnswer } from './conclude.ts';
import type { Job } from './job.ts';
import { dropTemporaryIssue } from './language/temporary-issue.ts';
import { completed } from './material/complete-message.ts';
import { type Order, prepare } from './material/prepare.ts';
import type { Progress } from './progress.ts';
import type { LiveProject } from './project.ts';
import { exportVideo } from './render/exporting.ts';
import type { Ending } from './stage.ts';
import { readSnapshot, type Snapshot, snapshotOf } from './timeline/snapshot.ts';
import type { TurnContext } from './turn-context.ts';

/** `given` is the turn's own job, or the earlier one that it repeats. */
export async function runRequest(
  turn: TurnContext,
  progress: Progress,
  given: Job,
): Promise<Ending> {
  const message = await completed(turn, given.message);
  const entries = entriesOf(message);
  if (!entries) return makeOne(turn, progress, { message });
  const wanted = entries.filter(({ number }) => !turn.notes.made?.includes(number)).length;
  if (!(await isWithinQuota(turn, progress, wanted))) return 'needs-you';
  return runBatch(turn, progress, entries, (part, order) => makeOne(part, progress, order));
}

/** Files that were read only now, and what is left of a batch, were not counted when the message came. */
async function isWithinQuota(
  turn: TurnContext,
  progress: Progress,
  wanted: number,
): Promise<boolean> {
  const { deps, job, notes, words } = turn;
  const { message, task } = job;
  const counted = task.type === 'request' ? videosIn(message) : 1;
  if (wanted <= counted || (notes.weight ?? 0) > 0) return true;
  if (notes.weight === undefined) {
    const own = turn.turn.weight;
    const left = await turn.weigh(own + wanted - counted, capsOf(deps, message.author)).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof OverQuota) return error.left - own + counted;
        throw error;
      },
    );
    if (left === undefined) return true;
    await turn.weigh(0, []);
    const answer = {
      text: words.quotaTooSmall(wanted, left, timeZone()),
      mention: [message.author.id],
    };
    await turn.note({ answer }, 'answered');
  }
  await giveAnswer(turn, progress);
  return false;
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
    await turn.deps.projects.forget(turn.claim);
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
  await turn.deps.projects.save(turn.claim, {
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

const NOTHING_HEARD: Heard = {
  texts: [],
  question: undefined,
  problems: [],
  toolsUsed: true,
  rawClip: false,
  end: 'lost',
};

const readBaseline = (turn: TurnContext): Snapshot =>
  turn.notes.baseline ? readSnapshot(turn.notes.baseline) : snapshotOf(undefined);
