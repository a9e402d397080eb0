/**
 * Whose thread is it: the one rule by which a thread that a client named becomes one to act on. A client may name
 * any; it is acted on only where the event itself happened in it or in its channel, or where the person took part in
 * it and still sees it. What is refused reads like a project that does not exist.
 */
import {
  type ButtonPress,
  type Command,
  type Person,
  type Place,
  type ThreadRef,
  threadKey,
} from '../platforms/chat.ts';
import { withDeadline, within } from '../runtime/deadline.ts';
import { type TurnId, toTurnId } from '../runtime/ids.ts';
import { admits } from './access.ts';
import {
  type Around,
  type RecentThread,
  type RecentThreads,
  sameThread,
} from './recent-threads.ts';
import { type Deps, platformOf } from './turn-context.ts';

/** It cannot be found out right now; nothing is done until it is certain. */
export class CannotTell extends Error {
  override name = 'CannotTell';
}

type Event = Pick<
  ButtonPress | Command,
  'person' | 'platform' | 'workspace' | 'channel' | 'thread' | 'claim'
>;

export interface Whose {
  /** The project that the event is about, if it is the person's to use. Rejects with `CannotTell`. */
  of(event: Event, signal: AbortSignal): Promise<ThreadRef | undefined>;
  /**
   * The person's projects in the event's channel, and beyond it. Rejects with `CannotTell` about those here; one
   * elsewhere of which nothing can be found out is left out, and where there are some here they are not waited for.
   */
  around(event: Event, signal: AbortSignal): Promise<Around>;
  /** The turn of the thread that a button named by its id, which a client may have made up, too. */
  turnOf(thread: ThreadRef, named: string): Promise<TurnId | undefined>;
}

/** Real milliseconds that a platform may take to say what somebody sees. */
const LOOK_MS = 10_000;
/** The same about projects that are only offered beside another. */
const GLANCE_MS = 2_000;

export function createWhose(deps: Deps, recent: RecentThreads): Whose {
  async function isTheirs(event: Event, wanted: ThreadRef, signal: AbortSignal): Promise<boolean> {
    const { person, platform, workspace, channel } = event;
    // Also what `person.admin` rests on: it was granted in the event's workspace, and counts in no other.
    if (wanted.platform !== platform || wanted.workspace !== workspace) return false;
    if (await admits(deps, { author: person, ...wanted })) return false;
    if (!(await deps.ledger.knows(threadKey(wanted)))) return false;
    if (wanted.channel !== channel && !(await recent.tookPart(wanted, person.id))) return false;
    return sees(wanted, person, event, signal);
  }

  async function sees(
    thread: ThreadRef,
    person: Person,
    from: Place,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      return await withDeadline({ ms: LOOK_MS, signal, timers: deps.timers }, (bounded) =>
        platformOf(deps, thread).canSee(thread, person, from, bounded),
      );
    } catch (error) {
      throw new CannotTell('what a person sees could not be found out', { cause: error });
    }
  }

  /** Those of which it is certain by then. */
  async function seenWithin(
    ms: number,
    event: Event,
    list: readonly RecentThread[],
  ): Promise<readonly RecentThread[]> {
    const answers = list.map(({ thread }) =>
      within(
        ms,
        false,
        (signal) =>
          isTheirs(event, thread, signal).catch((error: unknown) => {
            if (error instanceof CannotTell) return false;
            throw error;
          }),
        deps.timers,
      ),
    );
    const certain = await Promise.all(answers);
    return list.filter((_, index) => certain[index]);
  }

  return {
    async of(event, signal) {
      const { claim, thread } = event;
      if (!claim) return thread;
      const { claimed } = claim;
      if (thread && sameThread(thread, claimed)) return thread;
      return (await isTheirs(event, claimed, signal)) ? claimed : undefined;
    },

    async around(event, signal) {
      const { here, elsewhere } = await recent.around(event, event.person.id);
      const theirs = await Promise.all(here.map((it) => isTheirs(event, it.thread, signal)));
      const own = here.filter((_, index) => theirs[index]);
      const ms = own.length > 0 ? GLANCE_MS : LOOK_MS;
      return { here: own, elsewhere: await seenWithin(ms, event, elsewhere) };
    },

    async turnOf(thread, named) {
      const turn = await deps.ledger.turn(toTurnId(named));
      return turn?.thread === threadKey(thread) ? turn.id : undefined;
    },
  };
}
