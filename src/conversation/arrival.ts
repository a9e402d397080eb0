/** A message and what it asks for, as the ledger takes them. */
import type { Arrival, Lane } from '../ledger/ledger.ts';
import { type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { PLAN_TASKS, type Task, writeJob } from './job.ts';
import { shownName } from './language/shown-name.ts';
import { planWish } from './plan/plan-words.ts';
import type { Asked } from './task-from-message.ts';

/** Work in a thread, one after the other; anything else runs beside it. */
const ORDERED: ReadonlySet<Task['type']> = new Set([
  'request',
  'retry',
  'export',
  'new',
  ...PLAN_TASKS,
]);

export const laneOf = ({ type }: Task): Lane => (ORDERED.has(type) ? 'ordered' : 'immediate');

export function arrivalOf(message: IncomingMessage, { task, counts, weight }: Asked): Arrival {
  const { platform, workspace, channel, thread: ref } = message.thread;
  return {
    key: message.key,
    thread: { key: threadKey(message.thread), platform, workspace, channel, ref },
    lane: laneOf(task),
    requester: message.author.id,
    payload: writeJob({ task, message }),
    counts,
    weight,
    name:
      shownName(planWish(message.text).rest.trim().split('\n', 1)[0] ?? '') ||
      shownName(message.attachments[0]?.name ?? ''),
    // A word of help in passing does not make a stranger's thread one of ours; a greeting says "write here".
    opens: task.type === 'help' && message.begins,
  };
}
