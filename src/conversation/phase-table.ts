/**
 * What comes next in a turn, from its record alone. Whoever takes a turn up asks here, be it a moment
 * after the last step or in another process after a crash: so this is also the table of what happens
 * after a crash in each phase. Pure.
 */

import type { Render } from '../ledger/ledger.ts';
import type { TurnId } from '../runtime/ids.ts';
import type { PlanTask, Task } from './job.ts';
import type { Notes } from './notes.ts';
import { MOST_FAILED, MOST_LOST } from './render/submit-order.ts';
import type { Ending } from './status-stage.ts';

/** Where a turn stands. */
export interface Standing {
  readonly turn: TurnId;
  readonly task: Task;
  /** With the phase. */
  readonly notes: Notes;
  /** The one that the notes, or a watching turn's task, are about; undefined also where it is forgotten. */
  readonly render: Render | undefined;
  readonly crashes: number;
}

/** The words that are answered at once. */
export type Word = Exclude<
  Task,
  { type: 'request' | 'retry' | 'export' | 'new' | 'watch' | 'copy' | PlanTask }
>;

export type Step =
  /** It was begun too often without an end. */
  | { readonly do: 'give-up' }
  | { readonly do: 'answer-word'; readonly word: Word }
  | { readonly do: 'begin-anew' }
  /** Decide what a retry repeats, and take on what was done for it. */
  | { readonly do: 'open-repetition'; readonly of: TurnId | undefined }
  /** Read all of the message: one video, or several, and is so much left of the quota? */
  | { readonly do: 'count-videos' }
  /** Decide what becomes of a plan that was shown. */
  | { readonly do: 'settle-plan' }
  | { readonly do: 'show-plan' }
  | { readonly do: 'announce-batch' }
  | { readonly do: 'next-of-batch'; readonly number: number }
  | { readonly do: 'close-entry'; readonly outcome: 'made' | 'not-made' }
  | { readonly do: 'sum-up' }
  /** Nothing was sent, or it was refused for certain. */
  | { readonly do: 'prepare-and-send' }
  /** It may have been sent: nothing is sent again, the state tells what became of it. */
  | { readonly do: 'take-stock' }
  | { readonly do: 'say-answer' }
  /** Join a render, say a finished one again, or put an order on record and submit it. */
  | { readonly do: 'order-render' }
  /** The order may have been taken: look for it before anything is ordered anew. */
  | { readonly do: 'look-for-render'; readonly render: Render }
  | { readonly do: 'follow-render'; readonly render: Render }
  | { readonly do: 'deliver'; readonly render: Render }
  | { readonly do: 'say-export-failed' }
  /** A watching turn makes the render its own, unless somebody else has by now. */
  | { readonly do: 'take-over'; readonly render: Render }
  | { readonly do: 'watch-render'; readonly render: Render; readonly from: TurnId }
  /** Order the next smaller render, or make one here; none is left, it is over. */
  | { readonly do: 'make-copy' }
  | { readonly do: 'look-for-copy'; readonly render: Render }
  | { readonly do: 'watch-copy'; readonly render: Render }
  | { readonly do: 'deliver-copy'; readonly render: Render }
  | { readonly do: 'finish'; readonly ending: Ending };

/** A turn that brought down more workers than this is ended instead of tried again. */
export const MOST_CRASHES = 12;

export function nextStep(record: Standing): Step {
  const { task, notes, crashes } = record;
  if (notes.told) return { do: 'finish', ending: notes.told };
  if (task.type === 'copy') return nextOfCopy(record);
  if (crashes > MOST_CRASHES && !isPaidFor(notes)) return { do: 'give-up' };
  switch (task.type) {
    case 'watch':
      return nextOfWatch(record, task.from);
    case 'new':
      return { do: 'begin-anew' };
    case 'request':
      return nextOfRequest(record);
    case 'make-plan':
    case 'change-plan':
    case 'cancel-plan':
      return notes.makes || notes.changes || notes.settles
        ? nextOfRequest(record)
        : { do: 'settle-plan' };
    case 'export':
      return nextInPhase(record, { do: 'order-render' });
    case 'retry':
      switch (notes.repeats?.as?.type) {
        case 'request':
          return nextOfRequest(record);
        case 'export':
          return nextInPhase(record, { do: 'order-render' });
        default:
          return { do: 'open-repetition', of: task.turn };
      }
    default:
      return { do: 'answer-word', word: task };
  }
}

/** What was paid for is said and delivered, however often its turn is taken up. */
function isPaidFor(notes: Notes): boolean {
  if (notes.phase === 'answered') return true;
  return notes.phase === 'exporting' && (notes.said !== undefined || notes.export.is !== 'wanted');
}

function nextOfRequest(record: Standing): Step {
  const { notes } = record;
  const { phase, videos, batch } = notes;
  const begins = phase === 'accepted' || phase === 'preparing';
  if (!videos && (begins || batch)) return { do: 'count-videos' };
  if (notes.planWhy) return nextInPhase(record, { do: 'show-plan' });
  if (!videos || videos.length === 0 || !batch)
    return nextInPhase(record, { do: 'prepare-and-send' });
  if (!batch.announced) return { do: 'announce-batch' };
  if (batch.entry && !batch.over) {
    const step = nextInPhase(record, { do: 'prepare-and-send' });
    if (step.do !== 'finish') return step;
    const isExported = phase === 'exporting';
    const outcome = isExported && step.ending === 'done' ? 'made' : 'not-made';
    return { do: 'close-entry', outcome };
  }
  const left = videos.find(
    ({ number }) => !batch.made.includes(number) && !batch.tried.includes(number),
  );
  if (!left || batch.over === 'hopeless') return { do: 'sum-up' };
  return { do: 'next-of-batch', number: left.number };
}

/** `first`: what the turn, or one video of a batch, begins with. */
function nextInPhase(record: Standing, first: Step): Step {
  const { notes } = record;
  switch (notes.phase) {
    case 'accepted':
    case 'preparing':
      return first;
    case 'sending':
    case 'streaming':
    case 'recovering':
      return { do: 'take-stock' };
    case 'answered': {
      if (!notes.said) return { do: 'say-answer' };
      const { exportWanted, ending } = notes.said;
      return exportWanted ? { do: 'order-render' } : { do: 'finish', ending };
    }
    case 'exporting':
      switch (notes.export.is) {
        case 'wanted': {
          const { failed, lost } = notes.export;
          const isHopeless = failed >= MOST_FAILED || lost >= MOST_LOST;
          return { do: isHopeless ? 'say-export-failed' : 'order-render' };
        }
        case 'refused':
          return { do: 'say-export-failed' };
        case 'over':
          return { do: 'finish', ending: notes.export.ending };
        case 'ordered':
          return nextOfRender(record);
      }
  }
}

function nextOfRender({ render, turn }: Standing): Step {
  // Its last notes come from a version that wrote the two apart, or it is forgotten.
  if (!render) return { do: 'order-render' };
  // Who has taken it over delivers it.
  if (render.turn !== turn) return { do: 'finish', ending: 'done' };
  switch (render.phase) {
    case 'submitting':
      return { do: 'look-for-render', render };
    case 'rendering':
      return { do: 'follow-render', render };
    case 'ready':
      return { do: 'deliver', render };
    case 'delivered':
      return { do: 'finish', ending: 'done' };
    case 'failed':
    case 'abandoned':
      return { do: 'order-render' };
  }
}

/** Nobody has asked for it: what does not come about is not told. */
function nextOfCopy({ notes, render, turn, crashes }: Standing): Step {
  const over: Step = { do: 'finish', ending: 'done' };
  if (crashes > MOST_CRASHES) return over;
  if (notes.phase !== 'exporting') return { do: 'make-copy' };
  switch (notes.export.is) {
    case 'over':
      return over;
    case 'wanted':
    case 'refused':
      return { do: 'make-copy' };
    case 'ordered':
      break;
  }
  // Somebody has asked for a video of just that size, and has it.
  if (!render || render.turn !== turn) return over;
  switch (render.phase) {
    case 'submitting':
      return { do: 'look-for-copy', render };
    case 'rendering':
      return { do: 'watch-copy', render };
    case 'ready':
      return { do: 'deliver-copy', render };
    case 'delivered':
      return over;
    case 'failed':
    case 'abandoned':
      return { do: 'make-copy' };
  }
}

function nextOfWatch({ render, turn }: Standing, from: TurnId): Step {
  const over: Step = { do: 'finish', ending: 'done' };
  if (!render || (render.turn !== turn && render.turn !== from)) return over;
  switch (render.phase) {
    case 'delivered':
    case 'failed':
    case 'abandoned':
      return over;
    default:
      if (render.turn === from) return { do: 'take-over', render };
      return render.phase === 'ready'
        ? { do: 'deliver', render }
        : { do: 'watch-render', render, from };
  }
}
