/** What "try again" means: the same request once more, or its export alone where the answer was had. */
import { lateRenders } from './batch/late-renders.ts';
import { type Job, type Notes, readJob, readNotes } from './job.ts';
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
  // A button may be pressed twice, or late: what another repetition has done is not done again.
  const root = notes.root ?? earlier.id;
  if (resumed) {
    await rememberAsNewest(turn, root);
    return repetitionOf(turn, job, notes);
  }
  const newest = await turn.deps.ledger.turn(project?.repeated?.[root] ?? earlier.id);
  const done = newest ? readNotes(newest.notes) : notes;
  const { lost } = await lateRenders(turn.deps.ledger, done);
  const made = (done.made ?? []).filter((number) => !lost.includes(number));
  const isOld = newest !== undefined && newest.id !== earlier.id;
  if (isOld && !done.entry && done.ending === 'done' && done.answered) {
    if (await isDelivered(turn, done)) return undefined;
    const { answered, exportWanted, ending } = done;
    await begin(turn, root, { repeats: earlier.id, answered, exportWanted, ending });
    return { type: 'export', resolution: undefined };
  }
  if (done.entry && made.length === done.entry.of) return undefined;
  const isLast = project?.lastRequest === (newest ?? earlier).id;
  const given = inherited(turn, done, made, isLast);
  await begin(turn, root, { repeats: earlier.id, ...given });
  return repetitionOf(turn, job, notes);
}

async function begin(turn: TurnContext, root: string, given: Partial<Notes>): Promise<void> {
  await turn.note({ ...given, root }, given.answered ? 'answered' : undefined);
  await rememberAsNewest(turn, root);
}

/** Which turn has repeated the root last, so that every button under the same request finds it. */
async function rememberAsNewest(
  { deps, job, turn, claim }: TurnContext,
  root: string,
): Promise<void> {
  const { thread } = job.message;
  const project = await deps.projects.of(thread);
  if (!project || project.repeated?.[root] === turn.id) return;
  const others = Object.entries(project.repeated ?? {}).filter(([id]) => id !== root);
  const repeated = Object.fromEntries([...others.slice(1 - MOST_ROOTS), [root, turn.id]]);
  await deps.projects.save(claim, { ...project, repeated });
}

/** Requests of a thread whose repetitions are remembered. */
const MOST_ROOTS = 30;

async function isDelivered(turn: TurnContext, { exportWanted, renderId }: Notes): Promise<boolean> {
  if (!exportWanted || !renderId) return !exportWanted;
  return (await turn.deps.ledger.render(renderId))?.phase === 'delivered';
}

/** What was done need not be done again: files in the session, videos of a batch, an answer that was paid for. */
function inherited(
  { job }: TurnContext,
  done: Notes,
  made: readonly number[],
  isLast: boolean,
): Partial<Notes> {
  const { task } = job;
  const fit = (task.type === 'retry' ? task.fit : undefined) ?? done.fit;
  const late = done.late?.filter(({ number }) => made.includes(number));
  const common = { uploaded: done.uploaded, fit, made: [...made], late };
  const { entry, answered, exportWanted, ending, pastRenders } = done;
  // Nothing has been made over the video that the batch was at: its export is what is missing.
  const stands = entry && answered && exportWanted && isLast && !made.includes(entry.number);
  if (!stands) return common;
  return { ...common, entry, answered, exportWanted, ending, pastRenders, tried: [entry.number] };
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
