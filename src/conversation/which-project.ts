/**
 * Which of a person's projects a command means that was given in none: the newest of its channel. What cannot be
 * taken back is done only where there is no doubt; nothing is done to a project of another channel unasked.
 */

import { type Command, type CommandName, threadKey } from '../platforms/chat.ts';
import type { TurnId } from '../runtime/ids.ts';
import type { RecentThread } from './recent-threads.ts';
import type { Deps } from './turn-context.ts';
import type { Whose } from './verify-thread-claim.ts';

/** The commands that are about a project. */
export type ProjectCommand = Extract<
  CommandName,
  'status' | 'export' | 'versions' | 'new' | 'stop'
>;

export type Which =
  | { readonly type: 'none' }
  /** `others`: what else could have been meant. */
  | { readonly type: 'one'; readonly project: Choice; readonly others: readonly Choice[] }
  /** `here`: they are projects of the command's channel. */
  | {
      readonly type: 'unclear';
      readonly here: boolean;
      readonly choices: readonly Choice[];
    };

/** `turn`: the one at work in it, where that is what is to be stopped. */
export type Choice = RecentThread & { readonly turn?: TurnId | undefined };

/** A message takes no more buttons than can be looked through. */
const MOST_CHOICES = 5;

export async function whichProject(
  deps: Deps,
  whose: Whose,
  name: ProjectCommand,
  command: Command,
  signal: AbortSignal,
): Promise<Which> {
  const { here, elsewhere } = await whose.around(command, signal);
  if (name === 'stop') {
    const running = await atWork(deps, here);
    const beyond = await atWork(deps, elsewhere);
    if (running.length + beyond.length > 0) return choose(running, beyond, false);
    // There is nothing to choose where nothing can be stopped.
    const [project] = [...here, ...elsewhere];
    return project ? { type: 'one', project, others: [] } : { type: 'none' };
  }
  return choose(here, elsewhere, name !== 'new');
}

/** `newest`: of several in the channel the newest is meant. */
function choose(here: readonly Choice[], elsewhere: readonly Choice[], newest: boolean): Which {
  const [first, ...rest] = here;
  const all = [...here, ...elsewhere];
  if (all.length === 0) return { type: 'none' };
  if (first && (newest || rest.length === 0)) {
    const others = all.filter((each) => each !== first).slice(0, MOST_CHOICES);
    return { type: 'one', project: first, others };
  }
  return { type: 'unclear', here: first !== undefined, choices: all.slice(0, MOST_CHOICES) };
}

async function atWork(deps: Deps, list: readonly RecentThread[]): Promise<Choice[]> {
  const turns = await Promise.all(
    list.map(({ thread }) => deps.ledger.unfinished(threadKey(thread))),
  );
  // One that is being stopped already leaves no doubt about another.
  return list.flatMap((project, index) => {
    const [head] = turns[index] ?? [];
    return head && !head.stopRequested ? [{ ...project, turn: head.id }] : [];
  });
}
