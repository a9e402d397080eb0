/**
 * What a message that somebody wrote comes to: a task, or nothing at all. It is decided when the message comes in,
 * from what is on record then; messages of a thread are read one after the other. What was decided is on record with
 * the message's key, so that a message that comes again is not read anew.
 */
import { type IncomingMessage, type ThreadRef, threadKey } from '../platforms/chat.ts';
import { admits } from './access.ts';
import { laneOf } from './arrival.ts';
import { isBare } from './bare-mention.ts';
import { whomFor } from './language/whom-for.ts';
import { type Asked, taskFromMessage } from './task-from-message.ts';
import type { Deps } from './turn-context.ts';

/** Product milliseconds in which nobody in a thread is asked again whom a message is for. */
const ASKED_LATELY_MS = 10 * 60_000;

/** Undefined: the message is for the other people in the thread. */
export async function hear(deps: Deps, message: IncomingMessage): Promise<Asked | undefined> {
  const { thread, author, calls } = message;
  if (calls === 'others') {
    await deps.talk.note(thread, { several: true });
    return undefined;
  }
  const isKnown = !message.first && (await deps.ledger.knows(threadKey(thread)));
  // A thread that somebody else began.
  if (message.under === thread.thread) await deps.talk.note(thread, { several: true });
  if (calls === 'us' && isKnown) await deps.talk.note(thread, { quiet: undefined });
  const asked = isBare(message)
    ? await taskFromMessage(deps, message)
    : await meant(deps, message, isKnown);
  // Who asks for work is on record as one who took part.
  if (isKnown && !(asked && laneOf(asked.task) === 'ordered'))
    await deps.talk.heard(thread, author.id);
  return asked;
}

async function meant(
  deps: Deps,
  message: IncomingMessage,
  isKnown: boolean,
): Promise<Asked | undefined> {
  const { text, thread, author, calls, quoted } = message;
  const spoken = {
    brings: message.attachments.length > 0 || quoted !== undefined,
    calls,
    // The first message of a thread begins it.
    alone: calls === 'us' || !isKnown || (await deps.talk.isAlone(thread, author.id)),
  };
  const unasked = whomFor(text, { ...spoken, asked: false });
  const depends = isKnown && (unasked === 'noted' || unasked === 'ask');
  const whom = depends ? whomFor(text, { ...spoken, asked: await isAsked(deps, thread) }) : unasked;
  // At first contact whoever shows a sign alone wants to know what this is; what has no message can bear no sign.
  const isFirstSign = !isKnown && !/[\p{L}\p{N}]/u.test(text);
  if (whom === 'us' || isFirstSign || message.messageId === undefined)
    return taskFromMessage(deps, message);
  if (whom === 'nobody' || (await admits(deps, { author, ...thread }))) return undefined;
  if (whom !== 'ask') return { task: { type: 'courtesy', reaction: whom }, weight: 0 };
  return (await mayAsk(deps, message)) ? { task: { type: 'whose' }, weight: 0 } : undefined;
}

/** Has our last word in the thread asked something, and has nobody answered it yet? */
async function isAsked(deps: Deps, thread: ThreadRef): Promise<boolean> {
  const project = await deps.projects.of(thread);
  if (project?.tooLong !== undefined) return true;
  if (project?.asks === undefined) return false;
  const unfinished = await deps.ledger.unfinished(threadKey(thread));
  // The one that asked may still be rendering what it asks about.
  return unfinished.every(({ id }) => id === project.asks);
}

async function mayAsk(deps: Deps, { key, thread }: IncomingMessage): Promise<boolean> {
  const { quiet, asked } = await deps.talk.of(thread);
  if (quiet) return false;
  if (asked && asked.key !== key && deps.clock.elapsed(asked.at) < ASKED_LATELY_MS) return false;
  await deps.talk.note(thread, { asked: { key, at: deps.clock.now() } });
  return true;
}
