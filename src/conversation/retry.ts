/** What "try again" means: the same request once more, or its export alone where the answer was had. */
import type { Turn } from '../ledger/ledger.ts';
import { type Job, type Notes, readJob, readNotes } from './job.ts';
import type { Project } from './project.ts';
import type { TurnContext } from './turn-context.ts';

export type Repetition =
  | { readonly type: 'request'; readonly job: Job }
  | { readonly type: 'export'; readonly resolution: string | undefined };

/** `id` is the turn it was asked under; else the thread's last one counts. Undefined: nothing is left to repeat. */
export async function openRepetition(
  turn: TurnContext,
  id: string | undefined,
): Promise<Repetition | undefined> {
  const project = await turn.deps.projects.of(turn.job.message.thread);
  const resumed = turn.notes.repeats !== undefined;
  const wanted = turn.notes.repeats ?? id ?? project?.lastRequest;
  const earlier = wanted ? await turn.deps.ledger.turn(wanted) : undefined;
  if (!earlier || earlier.thread !== turn.turn.thread) return undefined;
  const notes = readNotes(earlier.notes);
  const job = readJob(earlier.payload);
  if (resumed) return repetitionOf(turn, job, notes);
  // A button may be pressed twice: what its first repetition has done is not done again.
  const newest = await newestRepetition(turn, earlier, project);
  const done = newest ?? notes;
  const made = await reallyMade(turn, done);
  if (newest && !newest.entry && newest.ending === 'done' && newest.answered) {
    return (await isDelivered(turn, newest))
      ? undefined
      : { type: 'export', resolution: undefined };
  }
  if (done.entry && made.length === done.entry.of) return undefined;
  const isLast = newest !== undefined || project?.lastRequest === earlier.id;
  await inherit(turn, earlier, done, made, isLast);
  return repetitionOf(turn, job, notes);
}

/** Notes of the thread's last request, where that repeats the turn, at first or second hand. */
async function newestRepetition(
  { deps }: TurnContext,
  origin: Turn,
  project: Project | undefined,
): Promise<Notes | undefined> {
  let newest: Notes | undefined;
  let at = project?.lastRequest;
  for (let n = 0; at !== undefined && at !== origin.id && n < LONGEST_CHAIN; n += 1) {
    const found = await deps.ledger.turn(at);
    const notes = found && readNotes(found.notes);
    newest ??= notes;
    at = notes?.repeats;
  }
  return at === origin.id ? newest : undefined;
}

const LONGEST_CHAIN = 50;

async function isDelivered(turn: TurnContext, { exportWanted, renderId }: Notes): Promise<boolean> {
  if (!exportWanted || !renderId) return !exportWanted;
  return (await turn.deps.ledger.render(renderId))?.phase === 'delivered';
}

/** Of a batch: without those whose render went on when the batch did, and failed later. */
async function reallyMade({ deps }: TurnContext, { made = [], late = [] }: Notes) {
  const lost = new Set<number>();
  for (const { number, render } of late) {
    const phase = (await deps.ledger.render(render))?.phase;
    if (phase === 'failed' || phase === 'abandoned' || phase === undefined) lost.add(number);
  }
  return made.filter((number) => !lost.has(number));
}

/** What was done need not be done again: files in the session, videos of a batch, an answer that was paid for. */
async function inherit(
  turn: TurnContext,
  earlier: Turn,
  done: Notes,
  made: readonly number[],
  isLast: boolean,
): Promise<void> {
  const { task } = turn.job;
  const fit = (task.type === 'retry' ? task.fit : undefined) ?? done.fit;
  const common = { repeats: earlier.id, uploaded: done.uploaded, fit, made: [...made] };
  const { entry, answered, exportWanted, ending, pastRenders } = done;
  // Nothing has been made over the video that the batch was at: its export is what is missing.
  const stands = entry && answered && exportWanted && isLast && !made.includes(entry.number);
  if (!stands) return turn.note(common);
  const standing = { entry, answered, exportWanted, ending, pastRenders, tried: [entry.number] };
  await turn.note({ ...common, ...standing }, 'answered');
}

async function repetitionOf(
  turn: TurnContext,
  job: Job,
  notes: Notes,
): Promise<Repetition | undefined> {
  const { task } = job;
  if (task.type === 'export') return { type: 'export', resolution: task.resolution };
  if (!notes.entry && notes.answered && notes.exportWanted)
    return { type: 'export', resolution: undefined };
  if (task.type === 'request') return { type: 'request', job };
  const origin = notes.repeats ? await turn.deps.ledger.turn(notes.repeats) : undefined;
  if (task.type !== 'retry' || !origin) return undefined;
  return repetitionOf(turn, readJob(origin.payload), readNotes(origin.notes));
}
