/** What a message asks for, and whether its person may. */
import type { Counts } from '../ledger/ledger.ts';
import { type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { admits } from './access.ts';
import { isBare } from './bare-mention.ts';
import { videosIn } from './batch/batch.ts';
import type { Task } from './job.ts';
import { type Intent, intentOf } from './language/intent.ts';
import { fitIn } from './material/script-length.ts';
import { openPlan } from './plan/plan.ts';
import type { Deps } from './turn-context.ts';

export interface Asked {
  readonly task: Task;
  /** In which quota it counts; absent where it is free. */
  readonly counts?: Counts;
  readonly weight: number;
}

/**
 * Undefined: the message is for the other people in the thread. `meant` is what a button stands for; its
 * message has no words of its own.
 */
export async function taskFromMessage(
  deps: Deps,
  message: IncomingMessage,
  meant?: Task,
): Promise<Asked | undefined> {
  const intent = intentOf(message.text);
  if (intent.type === 'aside') return undefined;
  const refusal = await admits(deps, { author: message.author, ...message.thread });
  if (refusal) return { task: { type: 'turned-away', why: refusal }, weight: 0 };
  const task = meant ?? (await taskInWords(deps, message, intent));
  if (task.type === 'export') return { task, ...EXPORT };
  return { task, counts: 'requests', weight: await weightOf(deps, task, message) };
}

/** What an export of its own counts for. */
export const EXPORT = { counts: 'exports', weight: 1 } as const;

async function taskInWords(
  deps: Deps,
  message: IncomingMessage,
  intent: Exclude<Intent, { type: 'aside' }>,
): Promise<Task> {
  const files = message.attachments.length + (message.quoted?.attachments.length ?? 0);
  const material =
    files > 0 ||
    Boolean(message.quoted?.text) ||
    message.under !== undefined ||
    // Nobody asks for help with a list; that it cannot be read is told when the turn runs.
    Boolean(message.unread?.length);
  if (intent.type === 'stop') return (await planStopped(deps, message)) ?? intent;
  if (isBare(message)) return { type: 'request' };
  if (intent.type === 'empty' && !material) {
    // At first contact whoever says nothing wants to know what this is.
    return { type: (await deps.ledger.knows(threadKey(message.thread))) ? 'empty' : 'help' };
  }
  if (intent.type !== 'request' && intent.type !== 'empty' && files === 0) return intent;
  // The answer to "what shall I use of the script?" is one only where that was asked.
  const fit = files === 0 ? fitIn(message.text) : undefined;
  const turn = fit && (await deps.projects.of(message.thread))?.tooLong;
  return turn ? { type: 'retry', turn, fit } : { type: 'request' };
}

/** With nothing at work, "cancel" is about the plan that was shown last. */
async function planStopped(deps: Deps, { thread }: IncomingMessage): Promise<Task | undefined> {
  const project = await deps.projects.of(thread);
  const plan = openPlan(project);
  if (plan === undefined || project?.asks !== plan) return undefined;
  const unfinished = await deps.ledger.unfinished(threadKey(thread));
  return unfinished.length === 0 ? { type: 'cancel-plan', plan } : undefined;
}

/**
 * Every video that the agent is asked for; the answer to a question was counted with it, and a mention
 * without a word is counted once it is known what came with it.
 */
async function weightOf(deps: Deps, task: Task, message: IncomingMessage): Promise<number> {
  if (task.type === 'request') return isBare(message) ? 0 : videosIn(message);
  if (task.type !== 'retry') return 0;
  const asked = task.fit && (await deps.projects.of(message.thread))?.tooLong;
  return asked !== undefined && asked === task.turn ? 0 : 1;
}
