/** What a running turn writes of itself: its notes with their phase, and what belongs to them in the same stroke. */
import type { Claim, Ledger, TurnChange } from '../ledger/ledger.ts';
import {
  type Common,
  type Entering,
  entered,
  isOpen,
  type Notes,
  readNotes,
  writeNotes,
} from './notes.ts';
import { type Project, writeProject } from './project.ts';

/** What is written together with the notes, or not at all. */
export interface Along
  extends Pick<TurnChange, 'render' | 'cut' | 'taking' | 'abandons' | 'follow' | 'weight'> {
  readonly project?: Project | undefined;
}

export interface TurnRecord {
  /** With the phase on record, as far as this worker has brought it. */
  readonly notes: Notes;
  /** The thread's, read once; an ordered turn changes it along with its notes. */
  readonly project: Project | undefined;
  /** Writes notes before the deed that they announce. */
  note(change: Partial<Common>, along?: Along): Promise<void>;
  /** The same, with the next phase and what it requires. */
  enter(next: Entering, along?: Along): Promise<void>;
  /** Writes what needs no note. */
  put(along: Along): Promise<void>;
}

/** Throws `UnreadableNotes`. `given` is the thread's project as it was read. */
export function openRecord(
  ledger: Pick<Ledger, 'advance'>,
  claim: Claim,
  given: Project | undefined,
): TurnRecord {
  const read = readNotes(claim.turn.notes, claim.turn.phase);
  if (!isOpen(read)) throw new Error('a turn that has ended was claimed');
  let notes = read;
  let project = given;

  /** One at a time: what the progress notes in between is not overwritten by the step's. */
  let last: Promise<unknown> = Promise.resolve();
  function write(next: () => Notes, { project: changed, ...along }: Along = {}): Promise<void> {
    const written = last.then(async () => {
      if (changed && claim.turn.lane !== 'ordered')
        throw new Error('only an ordered turn may write the project of its thread');
      const noted = next();
      await ledger.advance(claim, {
        ...(noted === notes ? {} : { phase: noted.phase, notes: writeNotes(noted) }),
        ...(changed ? { project: writeProject(changed) } : {}),
        ...along,
      });
      notes = noted;
      project = changed ?? project;
    });
    last = written.catch(() => undefined);
    return written;
  }

  return {
    get notes() {
      return notes;
    },
    get project() {
      return project;
    },
    note: (change, along) => write(() => ({ ...notes, ...change }), along),
    enter: (next, along) => write(() => entered(notes, next), along),
    put: (along) => write(() => notes, along),
  };
}
