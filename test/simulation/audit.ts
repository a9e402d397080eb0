/** What must be true of every world. While it lives, and when it has come to rest. */
import { z } from 'zod';
import { auditChat } from './audit-chat.ts';
import { auditClaims } from './audit-claims.ts';
import { auditMoney } from './audit-money.ts';
import type { Run } from './backend.ts';
import type { Books, TurnRow } from './books.ts';
import type { Deed, People } from './people.ts';
import type { Hired, House } from './worker.ts';

export interface Evidence {
  readonly house: House;
  readonly books: Books;
  readonly people: People;
}

const payload = z.object({
  task: z.object({ type: z.string(), turn: z.string().optional(), from: z.string().optional() }),
});
export const taskOf = (turn: TurnRow) => payload.parse(JSON.parse(turn.payload)).task;

export type DeedOf = (turn: TurnRow | undefined) => Deed | undefined;

/** The message that a turn works for: its own, or the one that it repeats or follows. */
export function deedFinder({ books, people }: Omit<Evidence, 'house'>): DeedOf {
  const turns = new Map(books.turns().map((turn) => [turn.id, turn]));
  const find: DeedOf = (turn) => {
    if (!turn) return undefined;
    const { type, turn: repeated, from } = taskOf(turn);
    const other = type === 'retry' ? repeated : from;
    if (other && other !== turn.id) return find(turns.get(other));
    return people.deeds.find(({ key }) => key === turn.key);
  };
  return find;
}

export function openAudit({ house, books, people }: Evidence) {
  const { world, backend, chat } = house;

  backend.onRun((run: Run) => {
    const number = Number(run.subject.split('/')[0]);
    const deed = people.deeds.find((it) => it.number === number);
    if (!deed) return world.blame('a run is somebody’s', `${run.id} is about ${run.subject}`);
    const head = books.head(deed.thread);
    const asked = deedFinder({ books, people })(head);
    if (asked?.number !== number) {
      const turn = head ? `#${asked?.number ?? '?'} comes first` : 'no turn of it is open';
      world.blame('one after the other', `${run.id} was sent for #${number} while ${turn}`);
    }
  });

  backend.onJob(({ id, by }) => {
    // The client may have had to take an id that it derives from ours.
    if (!books.renders().some((render) => id === render.id || id === `${render.id}-2`))
      world.blame('on record before it is ordered', `${by} ordered ${id}`);
  });

  chat.onPost(({ key, thread }) => {
    if (!key.endsWith(':answer')) return;
    const turn = books.turns().find(({ id }) => key.startsWith(`${id}:`));
    if (turn && !['answered', 'exporting'].includes(turn.phase))
      world.blame(
        'on record before it is said',
        `${key} in ${thread} while its turn is ${turn.phase}`,
      );
  });

  return {
    /** After every event. */
    look(worker: Hired): void {
      if (!worker.alive) return;
      const running = worker.working();
      if (running > house.maxRunningTurns) {
        world.blame('at most so many at a time', `${worker.name} works on ${running} turns`);
      }
    },
  };
}

export function auditEnd(evidence: Evidence): void {
  const { house, books, people } = evidence;
  const { world } = house;
  const turns = books.turns();
  for (const turn of turns) {
    if (turn.finished_at === null)
      world.blame('every accepted turn ends', `${taskOf(turn).type} ${turn.key} is ${turn.phase}`);
  }
  for (const deed of people.deeds) {
    const ownTurn = deed.kind !== 'retry' && deed.kind !== 'export' && deed.kind !== 'word';
    if (!deed.acked && ownTurn)
      world.blame('no message is lost', `#${deed.number} was never taken`);
    const missing = deed.acked && ownTurn && !turns.some(({ key }) => key === deed.key);
    if (missing && house.rules.dailyTurns === 0)
      world.blame('no message is lost', `#${deed.number} is not on record`);
  }
  auditArrival(evidence);
  auditClaims(evidence);
  auditMoney(evidence);
  auditChat(evidence);
}

/** Messages that one worker took in one after the other are worked on in that order. */
function auditArrival({ house, books, people }: Evidence): void {
  const place = new Map(
    books
      .turns()
      .filter(({ lane }) => lane === 'ordered')
      .map(({ key }, index) => [key, index]),
  );
  for (const one of people.deeds) {
    for (const other of people.deeds) {
      if (one.thread !== other.thread || !one.first?.went || !other.first?.went) continue;
      if (one.first.worker !== other.first.worker || one.first.order >= other.first.order) continue;
      const [first, second] = [place.get(one.key), place.get(other.key)];
      if (first !== undefined && second !== undefined && first > second)
        house.world.blame('in the order received', `#${other.number} overtook #${one.number}`);
    }
  }
}
