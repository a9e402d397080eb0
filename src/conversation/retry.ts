/** What "try again" means: the same request once more, or its export alone where the answer was had. */
import { type Job, type Notes, readJob, readNotes } from './job.ts';
import type { TurnContext } from './turn-context.ts';

export type Repetition =
  | { readonly type: 'request'; readonly job: Job }
  | { readonly type: 'export'; readonly resolution: string | undefined };

/** `id` is the turn it was asked under; else the thread's last one counts. Undefined: there is none. */
export async function openRepetition(
  turn: TurnContext,
  id: string | undefined,
): Promise<Repetition | undefined> {
  const wanted =
    turn.notes.repeats ?? id ?? (await turn.deps.projects.of(turn.job.message.thread))?.lastRequest;
  const earlier = wanted ? await turn.deps.ledger.turn(wanted) : undefined;
  if (!earlier || earlier.thread !== turn.turn.thread) return undefined;
  const notes = readNotes(earlier.notes);
  const job = readJob(earlier.payload);
  // Files that the session holds already are not sent again.
  const uploaded = turn.notes.uploaded ?? notes.uploaded;
  const { task } = turn.job;
  const fit = (task.type === 'retry' ? task.fit : undefined) ?? turn.notes.fit ?? notes.fit;
  const made = turn.notes.made ?? notes.made;
  await turn.note({ repeats: earlier.id, uploaded, fit, made });
  // Of a batch only what is left is made.
  if (notes.entry && made?.length === notes.entry.of && !turn.notes.entry) return undefined;
  return repetitionOf(turn, job, notes);
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
