/**
 * A video that its place does not take, as a copy that plays there: a render of the same cut that is smaller, else made on
 * this machine. A turn beside the ordered ones, of which nothing is said but the copy itself: the link has been said.
 */
import type { Arrival, Render } from '../../ledger/ledger.ts';
import { NemoError } from '../../nemo/errors.ts';
import { writeJob } from '../job.ts';
import type { Common } from '../notes.ts';
import { concernsTurn } from '../park-or-fail.ts';
import type { Step } from '../phase-table.ts';
import type { TurnContext } from '../turn-context.ts';
import { COPY_PART, captionOfCopy } from './copy-caption.ts';
import { altOf, type Delivered, postAsFile } from './deliver.ts';
import { enterExport, triesOf } from './export-state.ts';
import { readCut } from './kept-cut.ts';
import { openOutput } from './output-file.ts';
import { cutOf, entryOf, type RenderedCut } from './render-cut.ts';
import { look } from './render-job.ts';
import { shrinkHere } from './shrink-here.ts';
import { lookForRender, placeOrder } from './submit-order.ts';

/** Heights that are ordered, one after the other, where the whole is higher. */
const HEIGHTS = [720, 480] as const;
/** Of the shorter side, where neither order nor cut tells. */
const USUAL_HEIGHT = 1080;
/** Of the whole, from which on a copy is none: the host has ignored the wish. */
const NO_SMALLER = 0.95;

/** With the mark that the whole is delivered, so that there is one such turn, or none. */
export function copyAfter(
  { turn, job, deps, notes }: TurnContext,
  render: Render,
  { tooLarge, bytes }: Delivered,
): Arrival | undefined {
  if (!tooLarge || !deps.rules.fitVideo) return undefined;
  const { platform, workspace, channel, thread: ref } = job.message.thread;
  const entry = entryOf({ notes, job });
  return {
    key: `copy:${render.id}`,
    thread: { key: turn.thread, platform, workspace, channel, ref },
    lane: 'immediate',
    requester: turn.requester,
    payload: writeJob({
      task: { type: 'copy', render: render.id, bytes, entry },
      message: job.message,
    }),
  };
}

type CopyStep = Extract<
  Step,
  { do: 'make-copy' | 'look-for-copy' | 'watch-copy' | 'deliver-copy' }
>;

/** Whatever fails, the next way is tried; only what the turn itself has to be put down for is thrown. */
export async function takeCopyStep(turn: TurnContext, step: CopyStep): Promise<void> {
  try {
    await take(turn, step);
  } catch (error) {
    if (concernsTurn(turn, error)) throw error;
    const isBackend = error instanceof NemoError;
    turn.deps.log[isBackend ? 'warn' : 'error']('a smaller copy of a video did not come about', {
      turn: turn.turn.id,
      error,
    });
    if (isBackend && !noted(turn).inVain)
      return enterExport(turn, { is: 'wanted', ...triesOf(turn) }, {}, givenUp(turn));
    await enterExport(turn, { is: 'over', ending: 'done' });
  }
}

function take(turn: TurnContext, step: CopyStep): Promise<void> {
  switch (step.do) {
    case 'make-copy':
      return makeCopy(turn);
    case 'look-for-copy':
      // Nobody waits for it: a backend that is away has lost it.
      return lookForRender(turn, step.render, async (_turn, cause) => {
        throw cause;
      });
    case 'watch-copy':
      return watchCopy(turn, step.render);
    case 'deliver-copy':
      return deliverCopy(turn, step.render);
  }
}

type CopyNotes = NonNullable<Common['copy']>;
const noted = ({ notes }: TurnContext): CopyNotes =>
  notes.copy ?? { ordered: [], inVain: false, shrunk: 0 };

const givenUp = (turn: TurnContext) => ({ copy: { ...noted(turn), inVain: true } });

/** It does not fit either. `inVain`: nor would any that is ordered. */
function unfit(turn: TurnContext, render: Render, inVain: boolean): Promise<void> {
  return enterExport(
    turn,
    { is: 'wanted', ...triesOf(turn) },
    { render: { ...render, phase: 'abandoned' } },
    inVain ? givenUp(turn) : {},
  );
}

async function makeCopy(turn: TurnContext): Promise<void> {
  const { job, deps, notes } = turn;
  const { task } = job;
  const over = () => enterExport(turn, { is: 'over', ending: 'done' });
  const whole = task.type === 'copy' ? await deps.ledger.render(task.render) : undefined;
  if (!whole) return over();
  const isRefused = notes.phase === 'exporting' && notes.export.is === 'refused';
  const copy = noted(turn);
  const cut = copy.inVain || isRefused ? undefined : await cutToOrder(turn, whole);
  const height = cut && HEIGHTS.find((it) => isLeft(it, whole, cut, copy));
  if (cut && height !== undefined) {
    const resolution = `${height}p`;
    const noting = { copy: { ...copy, ordered: [...copy.ordered, resolution] } };
    return placeOrder(turn, cut, resolution, {}, { copyOf: whole.id, noting });
  }
  await shrinkHere(turn, whole, copy);
  return over();
}

async function cutToOrder(
  { deps }: TurnContext,
  { id, session, draft }: Render,
): Promise<RenderedCut | undefined> {
  const kept = await deps.ledger.cut(id);
  const cut = readCut(kept);
  if (kept === undefined || !cut?.draft || draft === undefined) return undefined;
  const { timeline } = cut.snapshot;
  return { session, content: cut.draft.json, draft, timeline, changedAt: 0, kept };
}

function isLeft(height: number, whole: Render, { timeline }: RenderedCut, copy: CopyNotes) {
  const { width, height: lines } = cutOf({ timeline });
  const own = width && lines ? Math.min(width, lines) : USUAL_HEIGHT;
  const ordered = /^(\d+)p$/.exec(whole.resolution ?? '')?.[1];
  return (
    height < (ordered === undefined ? own : Number(ordered)) && !copy.ordered.includes(`${height}p`)
  );
}

/** As many looks as a turn and its watcher take together. */
const MOST_LOOKS = 40;

async function watchCopy(turn: TurnContext, render: Render): Promise<void> {
  const { clock, rules } = turn.deps;
  const { renderFirstPoll, renderPoll } = rules.waits;
  await clock.sleep(render.polls === 0 ? renderFirstPoll : renderPoll, turn.signal);
  const state = await look(turn, render);
  const polls = render.polls + 1;
  if (state?.status === 'completed')
    return turn.put({ render: { ...render, phase: 'ready', url: state.url, polls } });
  if (state?.status === 'failed') return turn.put({ render: { ...render, phase: 'failed' } });
  const phase = polls < MOST_LOOKS ? 'rendering' : 'abandoned';
  return turn.put({ render: { ...render, phase, polls } });
}

async function deliverCopy(turn: TurnContext, render: Render): Promise<void> {
  const { task } = turn.job;
  const { fileBytes: limit } = await turn.thread.limits();
  const output = await openOutput(turn, render, limit);
  if (output === 'unavailable') return turn.put({ render: { ...render, phase: 'failed' } });
  const { bytes } = output;
  if (bytes === undefined || bytes > limit || output.noRoom) {
    await output.close();
    const whole = task.type === 'copy' ? task.bytes : undefined;
    const isIgnored = bytes !== undefined && whole !== undefined && bytes > whole * NO_SMALLER;
    return unfit(turn, render, isIgnored);
  }
  const described = { ...output, description: await altOf(turn, render) };
  const posted = await postAsFile(turn, described, captionOfCopy(turn), COPY_PART, limit);
  if ('instead' in posted && posted.tooLarge) return unfit(turn, render, false);
  const deliveredAt = turn.deps.clock.now();
  const delivered =
    'instead' in posted
      ? ({ ...render, phase: 'abandoned' } as const)
      : ({ ...render, phase: 'delivered', message: posted.id, deliveredAt } as const);
  await enterExport(turn, { is: 'over', ending: 'done' }, { render: delivered });
}
