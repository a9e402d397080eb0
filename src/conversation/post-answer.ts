/** The end of a request: its answer on record, then said, and whether an export follows. */

import { isExportable, type Timeline } from '../nemo/timeline.ts';
import { type Posted, threadKey } from '../platforms/chat.ts';
import type { SessionId } from '../runtime/ids.ts';
import type { RunResult } from './agent/listen.ts';
import type { Settled } from './agent/settle.ts';
import { captionsOf } from './captions/captions-of.ts';
import { composeAnswer } from './compose-answer.ts';
import type { Work } from './cost/meter.ts';
import { tipFor } from './language/tips.ts';
import { type Question, TASK_NAME } from './material/prepare.ts';
import { type Batch, type Reply, sentIn } from './notes.ts';
import { closeCard } from './plan/plan-message.ts';
import type { Progress } from './progress.ts';
import type { LiveProject } from './project.ts';
import { isExportDue } from './render/auto-export.ts';
import { givenJob } from './retry.ts';
import { sayWithFile } from './say-with-file.ts';
import { wrongLines } from './status-lines.ts';
import { textFile } from './text-file.ts';
import { readSnapshot } from './timeline/snapshot.ts';
import type { TurnContext } from './turn-context.ts';

/** In characters. */
const LAST_WORDS = 500;

/** What the person has to be told, or asked, before the agent can be. */
export async function recordQuestion(
  turn: TurnContext,
  project: LiveProject,
  { about, message }: Question,
): Promise<void> {
  const { id } = turn.turn;
  const mention = [turn.job.message.author.id];
  await turn.enter(
    {
      phase: 'answered',
      ...(about === 'pointing' ? { pointsInVain: true } : {}),
      reply: {
        message: { ...message, text: [...wrongLines(turn), message.text].join('\n'), mention },
        ending: 'needs-you',
        exportWanted: false,
        creditsWanted: false,
      },
    },
    { project: { ...project, lastRequest: id, tooLong: about === 'length' ? id : undefined } },
  );
}

/** Puts the answer, and whether an export follows, on record before a word of it is said. */
export async function recordAnswer(
  turn: TurnContext,
  settled: Settled,
  heard: RunResult,
  how: 'heard' | 'temporary-issue' | 'stream-lost' | 'restarted',
): Promise<void> {
  const { deps, job, project } = turn;
  if (!project) throw new Error('there is an answer, and no project that it is about');
  const before = readSnapshot(sentIn(turn.notes).baseline);
  const entry = turn.notes.batch?.entry;
  const waiting = (await deps.ledger.unfinished(turn.turn.thread)).length - 1;
  const tip = project.tipped ? undefined : tipFor(job.message.text, turn.notes.documentWords);
  const answer = composeAnswer({
    words: turn.words,
    requester: job.message.author.id,
    turn: turn.turn.id,
    said: job.message.text,
    entry,
    before,
    settled,
    // Before they are cut and taken apart: of a half of a token nobody sees that it is one.
    heard: { ...heard, texts: heard.texts.map(deps.redact) },
    how,
    wrong: wrongLines(turn),
    tip: tip && turn.words.tip[tip](turn.words.profiles[deps.profile.name].tip),
    // In a batch its next video comes before the messages that wait.
    textChars: turn.thread.capabilities.textChars,
    waiting: entry && entry.number < entry.of ? 0 : Math.max(0, waiting),
  });
  const { task } = await givenJob(turn);
  const videos = Math.max(project.videos, await deliveredIn(turn, project.sessionId));
  const exportWanted = isExportDue({
    mode: deps.rules.autoExport,
    settled,
    heard,
    videos,
    inBatch: entry !== undefined,
    asked: answer.asks.export,
    follows: task.type === 'request' && task.exports === true,
  });
  const work = workOf(turn, before.timeline, settled);
  if (work) turn.cost.was(work);
  const lastWords = answer.lastWords.slice(0, LAST_WORDS);
  nameThread(turn, settled.after.timeline);
  const { message, whole, ending, asks, prompts } = answer;
  await turn.enter(
    {
      phase: 'answered',
      reply: { message, whole, ending, exportWanted, creditsWanted: asks.credits },
      prompts: [...prompts],
      ...(exportWanted ? { batch: withCut(turn, project.sessionId, settled) } : {}),
    },
    {
      project: {
        ...project,
        videos,
        ...(tip ? { tipped: true } : {}),
        ...(settled.changed ? { changedAt: deps.clock.now() } : {}),
        title: titleIn(settled.after.timeline) ?? project.title,
        ...(settled.changed ? { subtitled: subtitledIn(settled) } : {}),
        lastWords: lastWords || project.lastWords,
        asks: answer.wantsAnswer ? turn.turn.id : undefined,
      },
    },
  );
}

/** Undefined: nothing was made, or changed. */
function workOf(
  { notes }: TurnContext,
  before: Timeline,
  { changed, after: { timeline } }: Settled,
): Work | undefined {
  if (!changed || !isExportable(timeline)) return undefined;
  const { batch } = notes;
  if (batch?.entry) return { kind: 'video', videos: batch.tried.length, seconds: undefined };
  const seconds = timeline.form === 'known' ? timeline.seconds : undefined;
  return { kind: isExportable(before) ? 'edit' : 'video', videos: 1, seconds };
}
/** The draft, where it has words with times. */
const subtitledIn = ({ state }: Settled): string | undefined =>
  state && captionsOf(state.timeline) ? state.draftHash : undefined;

/** Of a batch: which cut the answer is about. Whoever repeats the batch finds by it what need not be asked again. */
function withCut(
  { notes, deps }: TurnContext,
  session: SessionId | undefined,
  { state }: Settled,
): Batch | undefined {
  const { batch } = notes;
  if (!batch?.entry || session === undefined || !state) return batch;
  const { number } = batch.entry;
  const others = (batch.cuts ?? []).filter((cut) => cut.number !== number);
  const cut = { number, session, draft: state.draftHash, at: deps.clock.now() };
  return { ...batch, cuts: [...others, cut] };
}

/** Counted from the renders: who delivers one may be a turn beside, which writes nothing of the project. */
async function deliveredIn({ deps, turn }: TurnContext, session?: SessionId): Promise<number> {
  const renders = await deps.ledger.renders(turn.thread);
  return renders.filter((r) => r.session === session && r.phase === 'delivered').length;
}

function titleIn(timeline: Timeline): string | undefined {
  const title = timeline.form === 'known' ? timeline.title : undefined;
  return title && title !== TASK_NAME ? title : undefined;
}

/** A thread of several videos keeps the name it began with. */
function nameThread({ deps, thread, notes }: TurnContext, timeline: Timeline): void {
  const title = titleIn(timeline);
  if (!title || notes.batch?.entry || !thread.nameAfter) return;
  deps.bestEffort.run(threadKey(thread.ref), 'name', async () => thread.nameAfter?.(title));
}

export async function postAnswer(turn: TurnContext, progress: Progress): Promise<void> {
  const { notes } = turn;
  if (notes.phase !== 'answered') return;
  const { reply } = notes;
  const { ending, exportWanted, creditsWanted } = reply;
  if (isHeld(turn, reply)) {
    const said = { at: turn.deps.clock.now(), ending, exportWanted };
    return turn.enter({ phase: 'answered', reply, said, held: reply.message.text });
  }
  const posted = await sayReply(turn, ofEntry(turn, reply));
  await progress.said();
  const said = { at: turn.deps.clock.now(), ending, exportWanted };
  const card = notes.plan ? { cardId: posted?.id } : {};
  await turn.enter({ phase: 'answered', reply, said, ...card });
  const { settles } = turn.notes;
  if (notes.plan && settles) await closeCard(turn, settles.plan, settles.how);
  if (creditsWanted) await tellCredits(turn);
}

/** In characters. More is read apart from the video. */
const MOST_HELD = 1_000;

/** Of a batch: said with the video that follows, or by `closeEntry` where none does. */
const isHeld = ({ notes }: TurnContext, { message, whole, exportWanted, creditsWanted }: Reply) =>
  notes.batch?.entry !== undefined &&
  exportWanted &&
  !creditsWanted &&
  whole === undefined &&
  message.text.length <= MOST_HELD;

/** Of a batch an answer says which video it is about. */
function ofEntry({ notes, words }: TurnContext, reply: Reply): Reply {
  const entry = notes.batch?.entry;
  if (!entry) return reply;
  const text = `${words.batchAbout(entry)}\n\n${reply.message.text}`;
  return { ...reply, message: { ...reply.message, text } };
}

/** An answer that is too long for the chat goes along as a file with its beginning. */
function sayReply(turn: TurnContext, { message, whole }: Reply): Promise<Posted | undefined> {
  if (whole === undefined) return turn.say(message, 'answer');
  const { answerInFile, answerCut, pictures } = turn.words;
  const about = { name: 'answer.md', mime: 'text/markdown', description: pictures.alt.answer };
  const ending = (sentence: string) => ({
    ...message,
    text: `${message.text}

${sentence}`,
  });
  const file = textFile(about, whole);
  return sayWithFile(turn, ending(answerInFile), file, 'answer', ending(answerCut));
}

/** For the requester alone; the answer has been given and does not depend on it. */
async function tellCredits({ deps, job, words, thread, signal }: TurnContext): Promise<void> {
  const text = await deps.nemo.credits(signal).then(words.credits, () => words.notAnswering);
  await thread.postPrivately(job.message.author.id, { text });
}
