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
import { admits } from './access.ts';
import { type RecentThreads, sameThread } from './recent-threads.ts';
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
  /** The person's newest in the event's channel, else their newest anywhere in the workspace. */
  newest(event: Event, signal: AbortSignal): Promise<ThreadRef | undefined>;
  /** Was this turn one of the thread's? Its id came back from a button, too. */
  hasTurn(thread: ThreadRef, id: string): Promise<boolean>;
}

/** Real milliseconds that a platform may take to say what somebody sees. */
const LOOK_MS = 10_000;

export function createWhose(deps: Deps, recent: RecentThreads): Whose {
  async function isTheirs(event: Event, wanted: ThreadRef, signal: AbortSignal): Promise<boolean> {
    const { person, platform, workspace, channel } = event;
    // Also what `person.admin` rests on: it was granted in the event's workspace, and counts in no other.
    if (wanted.platform !== platform || wanted.workspace !== workspace) return false;
    if (admits(deps, { author: person, ...wanted })) return false;
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
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]);
    try {
      return await platformOf(deps, thread).canSee(thread, person, from, bounded);
    } catch (error) {
      throw new CannotTell('what a person sees could not be found out', { cause: error });
    }
  }

  return {
    async of(event, signal) {
      const { claim, thread } = event;
      if (!claim) return thread;
      const { claimed } = claim;
      if (thread && sameThread(thread, claimed)) return thread;
      return (await isTheirs(event, claimed, signal)) ? claimed : undefined;
    },

    async newest(event, signal) {
      for (const thread of await recent.newest(event, event.person.id)) {
        if (await isTheirs(event, thread, signal)) return thread;
      }
      return undefined;
    },

    hasTurn: async (thread, id) => (await deps.ledger.turn(id))?.thread === threadKey(thread),
  };
}
