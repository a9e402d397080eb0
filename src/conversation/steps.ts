/** Takes a turn of an open record from step to step, until one of them is its end. */
import { RenderTaken } from '../ledger/ledger.ts';
import { inSpan } from '../runtime/turn-scope.ts';
import { awayInstead } from './backend-away.ts';
import {
  announceBatch,
  closeEntry,
  failEntry,
  nextOfBatch,
  orderOf,
  sayHeld,
  sumUp,
} from './batch/batch.ts';
import { countVideos } from './count-videos.ts';
import { answerNow } from './immediate-commands.ts';
import type { BatchEntry } from './job.ts';
import type { VideoRequest } from './material/prepare.ts';
import { orderedIn } from './notes.ts';
import { concernsTurn } from './park-or-fail.ts';
import { nextStep, type Step } from './phase-table.ts';
import { type ReadRequest, readRequest } from './plan/origins.ts';
import { openPlan } from './plan/plan.ts';
import { closeCard } from './plan/plan-message.ts';
import { showPlan } from './plan/show-plan.ts';
import { postAnswer } from './post-answer.ts';
import type { Progress } from './progress.ts';
import { emptied } from './project.ts';
import { enterExport, failureWords } from './render/export-state.ts';
import { type ExportWish, orderRender } from './render/order-render.ts';
import { deliverRender, followRender } from './render/render-job.ts';
import { takeCopyStep } from './render/smaller-copy.ts';
import { lookForRender } from './render/submit-order.ts';
import { tellExportFailed } from './render/tell-export-failed.ts';
import { takeWatch, watchRender } from './render/watch-render.ts';
import { askAndAnswer, findAnswerInState } from './request.ts';
import { openRepetition } from './retry.ts';
import type { Ending } from './status-stage.ts';
import type { TurnContext } from './turn-context.ts';

/** Reads the render that the notes are about, and asks the table. */
export async function stepOf({ deps, turn, job, notes, claim }: TurnContext): Promise<Step> {
  const { task } = job;
  const id = task.type === 'watch' ? task.render : orderedIn(notes)?.render;
  const render = id === undefined ? undefined : await deps.ledger.render(id);
  return nextStep({ turn: turn.id, task, notes, render, crashes: claim.crashes });
}

/** Rejects with what the turn, and not one video of a batch, has to be put down for. */
export async function takeSteps(turn: TurnContext, progress: Progress): Promise<Ending> {
  const request = onceRead(turn);
  for (;;) {
    const step = await stepOf(turn);
    const { entry } = entryAt(turn, step);
    const part = entry ? turn.part(`${entry.number}`) : turn;
    try {
      const ending = await inSpan(step.do, spanFieldsOf(part), () =>
        take(step, part, progress, request),
      );
      if (ending) return ending;
    } catch (thrown) {
      // Another turn was faster: the record says what is left to do.
      if (thrown instanceof RenderTaken) continue;
      const error = await awayInstead(part, thrown);
      if (!entry || concernsTurn(turn, error)) throw error;
      await failEntry(part, entry, error);
    }
  }
}

/** The same for a turn beside the ordered ones, which shows no progress. */
export async function takeStepsBeside(turn: TurnContext): Promise<void> {
  for (;;) {
    const step = await stepOf(turn);
    try {
      if (await inSpan(step.do, spanFieldsOf(turn), () => takeBeside(step, turn))) return;
    } catch (error) {
      if (!(error instanceof RenderTaken)) throw error;
    }
  }
}

const spanFieldsOf = ({ notes }: TurnContext) => ({ phase: notes.phase });

/** Steps of a batch as a whole. */
const OF_BATCH: ReadonlySet<Step['do']> = new Set([
  'count-videos',
  'show-plan',
  'announce-batch',
  'next-of-batch',
  'close-entry',
  'sum-up',
]);

/** The video of a batch that the step is for. */
function entryAt({ notes }: TurnContext, step: Step): { entry?: BatchEntry | undefined } {
  return notes.batch && !notes.batch.over && !OF_BATCH.has(step.do)
    ? { entry: notes.batch.entry }
    : {};
}

type Read = () => Promise<ReadRequest>;

/** What the event left out is read when it is needed, once in a run. */
function onceRead(turn: TurnContext): Read {
  let reading: Promise<ReadRequest> | undefined;
  return () => {
    reading ??= readRequest(turn);
    return reading;
  };
}

async function take(
  step: Step,
  turn: TurnContext,
  progress: Progress,
  request: Read,
): Promise<Ending | undefined> {
  switch (step.do) {
    case 'finish':
      return step.ending;
    case 'begin-anew':
      return beginAnew(turn);
    case 'open-repetition':
      if (await openRepetition(turn, step.of)) return undefined;
      await turn.say({ text: turn.words.retryNothing }, 'retry');
      return 'done';
    case 'count-videos':
      return void (await countVideos(turn, await request()));
    case 'show-plan':
      return void (await showPlan(turn, progress, await request()));
    case 'announce-batch':
      return void (await announceBatch(turn, progress));
    case 'next-of-batch':
      return void (await nextOfBatch(turn, step.number));
    case 'close-entry':
      return void (await closeEntry(turn, step.outcome));
    case 'sum-up':
      return sumUp(turn);
    case 'prepare-and-send':
      return void (await askAndAnswer(turn, progress, orderFor(turn, await request())));
    case 'take-stock':
      return void (await findAnswerInState(turn, progress));
    case 'say-answer':
      return void (await postAnswer(turn, progress));
    case 'order-render':
      return void (await orderRender(turn, progress, wishOf(turn)));
    case 'look-for-render':
      return void (await lookForRender(turn, step.render));
    case 'follow-render':
      return void (await followRender(turn, progress, step.render));
    case 'deliver':
      return void (await deliverRender(turn, step.render));
    case 'say-export-failed':
      await sayHeld(turn);
      await tellExportFailed(turn, failureWords(turn));
      return void (await enterExport(turn, { is: 'over', ending: 'failed' }));
    default:
      throw misplaced(step);
  }
}

async function takeBeside(step: Step, turn: TurnContext): Promise<boolean> {
  switch (step.do) {
    case 'finish':
      return true;
    case 'answer-word':
      await answerNow(turn, step.word);
      return true;
    case 'take-over':
      await takeWatch(turn, step.render);
      return false;
    case 'watch-render':
      await watchRender(turn, step.render, step.from);
      return false;
    case 'deliver':
      await deliverRender(turn, step.render);
      return false;
    case 'make-copy':
    case 'look-for-copy':
    case 'watch-copy':
    case 'deliver-copy':
      await takeCopyStep(turn, step);
      return false;
    default:
      throw misplaced(step);
  }
}

const misplaced = (step: Step): Error =>
  new Error(`there is no such step in this lane: ${step.do}`);

async function beginAnew(turn: TurnContext): Promise<Ending> {
  const { project } = turn;
  if (project) await turn.put({ project: { ...emptied(project), plan: undefined } });
  await turn.say({ text: turn.words.newStarted }, 'new');
  const plan = openPlan(project);
  if (plan) await closeCard(turn, plan, 'over');
  return 'done';
}

function orderFor({ notes }: TurnContext, { message }: ReadRequest): VideoRequest {
  const number = notes.batch?.entry?.number;
  const video = notes.videos?.find((it) => it.number === number);
  const plan = notes.makes?.plan;
  return video ? { ...orderOf(message, video), plan } : { message, plan };
}

function wishOf({ job, notes }: TurnContext): ExportWish {
  if (job.task.type === 'export') return job.task;
  return notes.repeats?.as?.type === 'export' ? notes.repeats.as : {};
}
