/** What a message asks for, and whether its person may. */
import { type IncomingMessage, threadKey } from '../platforms/chat.ts';
import { admits, usedUpQuota } from './access.ts';
import type { Task } from './job.ts';
import { intentOf } from './language/intent.ts';
import { fitIn } from './material/script-length.ts';
import type { Deps } from './turn-context.ts';

/** Undefined: the message is for the other people in the thread. */
export async function taskOf(deps: Deps, message: IncomingMessage): Promise<Task | undefined> {
  const files = message.attachments.length + (message.quoted?.attachments.length ?? 0);
  const material = files > 0 || Boolean(message.quoted?.text) || message.under !== undefined;
  const intent = intentOf(message.text);
  if (intent.type === 'aside') return undefined;
  const refusal = admits(deps, { author: message.author, ...message.thread });
  if (refusal) return { type: 'turned-away', why: refusal };
  if (intent.type === 'empty' && !material) {
    // At first contact whoever says nothing wants to know what this is.
    return { type: (await deps.ledger.knows(threadKey(message.thread))) ? 'empty' : 'help' };
  }
  const request =
    intent.type === 'request' || intent.type === 'empty' || (files > 0 && intent.type !== 'stop');
  const task = request ? await requestIn(deps, message) : intent;
  const costs = task.type === 'request' || task.type === 'retry';
  if (costs && (await usedUpQuota(deps, message.author)))
    return { type: 'turned-away', why: 'quota' };
  return task;
}

/** The answer to "what shall I use of the script?" is a request only where that was asked. */
async function requestIn(deps: Deps, message: IncomingMessage): Promise<Task> {
  const fit = message.attachments.length === 0 ? fitIn(message.text) : undefined;
  const turn = fit && (await deps.projects.of(message.thread))?.tooLong;
  return turn ? { type: 'retry', turn, fit } : { type: 'request' };
}
