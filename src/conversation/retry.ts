/** What "try again" means: the same request once more, or its export alone where the answer was had. */

import type { Turn } from '../ledger/ledger.ts';
import type { TurnId } from '../runtime/ids.ts';
import { deliveredCuts, standingCut } from './batch/answered-cuts.ts';
import { lateRenders } from './batch/late-renders.ts';
import { type Job, readJob } from './job.ts';
import {
  type Batch,
  type Common,
  type EndedNotes,
  type Entering,
  type Notes,
  type Repetition,
  readNotes,
} from './notes.ts';
import type { Project } from './project.ts';
import type { TurnContext } from './turn-context.ts';

/**
 * Decides what is repeated and puts that on record, with what need not be done again. `id` is the turn it
 * was asked under; else the thread's last one counts. False: nothing is left to repeat.
 */
export async function openRepetition(turn: TurnContext, id: TurnId | undefined): Promise<boolean> {
  const { ledger } = turn.deps;
  const { project, notes } = turn;
  const wanted = notes.repeats?.turn ?? id ?? project?.lastRequest;
  const earlier = wanted ? await ledger.turn(wanted) : undefined;
  if (!earlier || earlier.thread !== turn.turn.thread) return false;
  const first = notesOf(earlier);
  // A button may be pressed twice, or late: what another repetition has done is not done again.
  const root = first.root ?? earlier.id;
  const begin = beginning(turn, root, earlier.id);
  const as = await repetitionOf(turn, earlier);
  if (!as) return false;
  // Begun by an earlier version, which had not noted as what.
  if (notes.repeats) return begin({}, as);
  const newest = (await ledger.turn(project?.repeated?.[root] ?? earlier.id)) ?? earlier;
  const done = notesOf(newest);
  const made = await madeOf(turn, done);
  const { said, reply, entry } = partsOf(done);
  if (reply && !said && !entry) {
    // What was paid for was never said: it is said now, and what it asked for follows.
    return begin({ phase: 'answered', reply }, { type: 'request', turn: earlier.id });
  }
  if (isAnswered(turn, done)) return false;
  const isOld = newest.id !== earlier.id;
  if (isOld && !entry && said?.ending === 'done') {
    if (await isDelivered(turn, done)) return false;
    return begin(exportOf(said), { type: 'export' });
  }
  if (entry && made.length === entry.of) return false;
  const isLast = project?.lastRequest === newest.id;
  return begin(await inherited(turn, done, made, isLast), as);
}

/** By number: the videos of a batch that are there or under way, delivered by whichever turn. */
async function madeOf(turn: TurnContext, { batch }: Notes | EndedNotes) {
  if (!batch) return [];
  const { lost } = await lateRenders(turn.deps.ledger, batch);
  const delivered = await deliveredCuts(turn, batch.cuts ?? []);
  const kept = batch.made.filter((it) => !lost.includes(it) || delivered.includes(it));
  return [...new Set([...kept, ...delivered])];
}

const notesOf = ({ notes, phase }: Turn): Notes | EndedNotes => readNotes(notes, phase);

function partsOf(notes: Notes | EndedNotes) {
  return {
    reply: 'reply' in notes ? notes.reply : undefined,
    said: 'said' in notes ? notes.said : undefined,
    exported: 'export' in notes ? notes.export : undefined,
    entry: notes.batch?.entry,
  };
}

type Taken = Entering | Partial<Common>;

const exportOf = (said: ReturnType<typeof partsOf>['said']): Taken => ({
  phase: 'exporting',
  said,
  export: { is: 'wanted', failed: 0, lost: 0 },
});

/** Notes and project in one stroke, so that every button under the same request finds the newest repetition. */
const beginning =
  (turn: TurnContext, root: TurnId, earlier: TurnId) =>
  async (taken: Taken, as: Repetition): Promise<true> => {
    const common = { ...taken, root, repeats: { turn: earlier, as } };
    const project = asNewest(turn, root);
    const along = project ? { project } : {};
    await ('phase' in common ? turn.enter(common, along) : turn.note(common, along));
    return true;
  };

/** The answer came after this was asked for, or the button is under a failure of what came after the answer. */
function isAnswered({ job, turn }: TurnContext, done: Notes | EndedNotes): boolean {
  const { task } = job;
  const { said, entry } = partsOf(done);
  if (task.type !== 'retry' || task.fit || !said || entry || said.exportWanted) return false;
  const isSince = said.at > turn.acceptedAt;
  return said.ending === 'done'
    ? isSince || task.turn !== undefined
    : isSince && said.ending !== 'failed';
}

function asNewest({ project, turn }: TurnContext, root: TurnId): Project | undefined {
  if (!project || project.repeated?.[root] === turn.id) return undefined;
  const others = Object.entries(project.repeated ?? {}).filter(([id]) => id !== root);
  const repeated = Object.fromEntries([...others.slice(1 - MOST_ROOTS), [root, turn.id]]);
  return { ...project, repeated };
}

/** Requests of a thread whose repetitions are remembered. */
const MOST_ROOTS = 30;

async function isDelivered(turn: TurnContext, done: Notes | EndedNotes): Promise<boolean> {
  const { said, exported } = partsOf(done);
  const id = exported && 'render' in exported ? exported.render : undefined;
  if (!said?.exportWanted || !id) return !said?.exportWanted;
  return (await turn.deps.ledger.render(id))?.phase === 'delivered';
}

/** What was done need not be done again: files in the session, videos of a batch, an answer that was paid for. */
async function inherited(
  turn: TurnContext,
  done: Notes | EndedNotes,
  made: number[],
  isLast: boolean,
): Promise<Taken> {
  const { task } = turn.job;
  const fit = (task.type === 'retry' ? task.fit : undefined) ?? done.fit;
  const { uploaded, makes, origins } = done;
  const common = { uploaded, fit, makes, origins };
  const { batch } = done;
  if (!batch) return common;
  const { lost } = await lateRenders(turn.deps.ledger, batch);
  const late = batch.late.filter(({ number }) => made.includes(number) && !lost.includes(number));
  const { cuts } = batch;
  const fresh: Batch = { announced: false, tried: [], made, late, pastRenders: [], cuts };
  const { entry, pastRenders, taken } = (await answeredEntry(turn, done, made, isLast)) ?? {};
  if (!entry) return { ...common, batch: fresh };
  return {
    ...common,
    batch: { ...fresh, entry, pastRenders: pastRenders ?? [], tried: [entry.number] },
    ...taken,
  };
}

/** A video of a batch that was answered and not delivered, while nothing has been made over it: its export is what is missing. */
async function answeredEntry(
  turn: TurnContext,
  done: Notes | EndedNotes,
  made: number[],
  isLast: boolean,
): Promise<(Pick<Batch, 'entry' | 'pastRenders'> & { taken: Taken }) | undefined> {
  const { batch, videos } = done;
  const { said, reply, entry } = partsOf(done);
  if (!batch) return undefined;
  const isLeft = ({ number }: { number: number }) => !made.includes(number);
  const isAnswered = entry && isLeft(entry) && (said ?? reply)?.exportWanted;
  const { pastRenders } = batch;
  const stands = isAnswered && isLast;
  const cut = stands ? undefined : await standingCut(turn, (batch.cuts ?? []).filter(isLeft));
  if (isAnswered && (stands || cut?.number === entry.number)) {
    if (said) return { entry, pastRenders, taken: exportOf(said) };
    return reply && { entry, pastRenders, taken: { phase: 'answered', reply } };
  }
  const video = cut && videos?.find(({ number }) => number === cut.number);
  if (!cut || !video) return undefined;
  const { number, of, name } = video;
  const taken = exportOf({ at: cut.at, ending: 'done', exportWanted: true });
  return { entry: { number, of, name }, pastRenders: [], taken };
}

/** As what the turn is repeated; a repetition stands for what it has repeated itself. */
async function repetitionOf(turn: TurnContext, earlier: Turn): Promise<Repetition | undefined> {
  const { task } = readJob(earlier.payload);
  if (task.type === 'export')
    return { type: 'export', resolution: task.resolution, wish: task.wish };
  const notes = notesOf(earlier);
  const { said, entry } = partsOf(notes);
  if (!entry && said?.exportWanted) return { type: 'export' };
  if (task.type === 'request' || task.type === 'make-plan')
    return { type: 'request', turn: earlier.id };
  const origin = notes.repeats && (await turn.deps.ledger.turn(notes.repeats.turn));
  return task.type === 'retry' && origin ? repetitionOf(turn, origin) : undefined;
}

/** The message that the turn works on: its own, or that of the turn it repeats. */
export async function givenJob({ deps, job, notes }: TurnContext): Promise<Job> {
  const as = notes.repeats?.as;
  if (as?.type !== 'request') return job;
  const earlier = await deps.ledger.turn(as.turn);
  if (!earlier) throw new Error('the turn that is repeated is on record no longer');
  return readJob(earlier.payload);
}
