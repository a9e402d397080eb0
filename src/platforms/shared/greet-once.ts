/**
 * Something that is said once to somebody, by however many processes: what was begun is on record before it is said, and
 * that it was said afterwards. Where a process died between the two, or the chat was away, the next occasion says it.
 */
import { z } from 'zod';
import type { StateMap } from '../../state/state.ts';
import { ChatError } from '../chat.ts';

export const greetingShape = z.object({
  done: z.boolean(),
  /** Epoch milliseconds of the last beginning. */
  at: z.number(),
});
export type Greeting = z.infer<typeof greetingShape>;

/** A process that began it has this long; in real milliseconds. */
const TURN_MS = 60_000;

export interface Greetings {
  /** That it is to be said at the next occasion, whatever becomes of this process; nothing where it is on record already. */
  want(key: string): Promise<void>;
  /** Something is on record that has not been said. */
  isOpen(key: string): Promise<boolean>;
  /**
   * Says it, unless it was said or somebody is at it. `again`: it may have got through. True where it was said here.
   * Rejects where the chat or the store is out of reach; a chat that refuses for good is not asked again.
   */
  say(key: string, deed: (again: boolean) => Promise<void>): Promise<boolean>;
}

export function createGreetings(map: StateMap<Greeting>): Greetings {
  const isFree = ({ done, at }: Greeting): boolean => !done && at + TURN_MS <= Date.now();
  return {
    async want(key) {
      await map.swap(key, undefined, { done: false, at: 0 });
    },
    async isOpen(key) {
      const known = await map.get(key);
      return known !== undefined && isFree(known);
    },
    async say(key, deed) {
      const before = await map.get(key);
      if (before && !isFree(before)) return false;
      const mine = { done: false, at: Date.now() };
      if (!(await map.swap(key, before, mine))) return false;
      let said = true;
      try {
        await deed(before !== undefined && before.at > 0);
      } catch (error) {
        if (!(error instanceof ChatError) || error.reason === 'unreachable') {
          await map.swap(key, mine, { done: false, at: 1 });
          throw error;
        }
        said = false;
      }
      await map.swap(key, mine, { done: true, at: mine.at });
      return said;
    },
  };
}
