/**
 * How people use a thread of ours: alone or with others, and for talk of their own. It is kept beside the project,
 * which only an ordered turn may write: this is learnt from messages that come to no turn, and holds also when the
 * project is begun anew.
 */
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import { type ThreadRef, threadKey } from '../platforms/chat.ts';
import type { State } from '../state/state.ts';

const talk = z.object({
  /** Somebody who has spoken without asking for anything; a second one makes it several. */
  voice: z.string().optional(),
  several: z.boolean().optional(),
  /** What is not clear is theirs, until somebody calls us. */
  quiet: z.boolean().optional(),
  /** The message about which its author was asked last, epoch milliseconds; gone when that is settled. */
  asked: z.object({ key: z.string(), at: z.number() }).optional(),
});
export type Talk = z.infer<typeof talk>;

export interface ThreadTalk {
  of(thread: ThreadRef): Promise<Talk>;
  /** Writes nothing where all of it is so already. */
  note(thread: ThreadRef, change: Talk): Promise<void>;
  /** Somebody has spoken there. */
  heard(thread: ThreadRef, person: string): Promise<void>;
  forget(thread: ThreadRef): Promise<void>;
  /** One of several is no longer known to have spoken there. */
  forgetVoice(thread: ThreadRef, person: string): Promise<void>;
  /** Has nobody but this person spoken there, as far as we know? */
  isAlone(thread: ThreadRef, person: string): Promise<boolean>;
}

/** Without being written; a thread that is quiet for longer asks once more. */
const KEPT_MS = 180 * 86_400_000;

export function openThreadTalk(state: State, ledger: Pick<Ledger, 'othersTookPart'>): ThreadTalk {
  const map = state.map('thread-talk', talk, { ttlMs: KEPT_MS });

  async function of(thread: ThreadRef): Promise<Talk> {
    return (await map.get(threadKey(thread))) ?? {};
  }

  /** Compared and set: of two processes that learn something in the same moment both are heard. */
  async function change(thread: ThreadRef, next: (known: Talk) => Talk): Promise<void> {
    const key = threadKey(thread);
    for (;;) {
      const stored = await map.get(key);
      const known = stored ?? {};
      const changed = { ...known, ...next(known) };
      if (JSON.stringify(changed) === JSON.stringify(known)) return;
      if (await map.swap(key, stored, changed)) return;
    }
  }

  return {
    of,
    note: (thread, given) => change(thread, () => given),
    heard: (thread, person) =>
      change(thread, ({ voice = person }) => ({
        voice,
        ...(voice === person ? {} : { several: true }),
      })),
    forget: (thread) => map.delete(threadKey(thread)),
    forgetVoice: (thread, person) =>
      change(thread, ({ voice }) => (voice === person ? { voice: undefined, several: true } : {})),
    async isAlone(thread, person) {
      const { voice = person, several } = await of(thread);
      if (several || voice !== person) return false;
      return !(await ledger.othersTookPart(threadKey(thread), person));
    },
  };
}
