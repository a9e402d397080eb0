/** What buttons and slash commands have in common: a private answer at once, or a task on record like a message. */

import type { Words } from '../locales/locale.ts';
import { localeFor } from '../locales/locales.ts';
import type {
  ButtonPress,
  Command,
  IncomingMessage,
  Material,
  OutgoingMessage,
  PlatformName,
  Respond,
  ThreadRef,
} from '../platforms/chat.ts';
import { withDeadline } from '../runtime/deadline.ts';
import { admitsTo, type QuotaTask, turnedAwayText } from './access.ts';
import type { PausedTask } from './admin/pause.ts';
import { type BudgetTask, usedUpMessage } from './budgets/used-up.ts';
import { errorMessage } from './error-messages.ts';
import { quotaText, stopThread } from './immediate-commands.ts';
import { intentOf } from './language/intent.ts';
import { registrationFor } from './registration-link.ts';
import { type Asked, EXPORT } from './task-from-message.ts';
import type { Deps } from './turn-context.ts';
import { CannotTell } from './verify-thread-claim.ts';

/** Why a task was not taken: a quota or a budget is used up, the bot is paused, or too many wait in the thread. */
export type NotTaken = QuotaTask | BudgetTask | PausedTask | { readonly type: 'queue-full' };

/**
 * Puts a task on record; a second time with the same message key does nothing. Gives why it was not
 * taken, for its person: nothing is on record then, or after a full queue its key alone.
 */
export type Append = (message: IncomingMessage, asked: Asked) => Promise<NotTaken | undefined>;

/** The same, and says whether it was the first with its key. */
export type Put = (message: IncomingMessage, asked: Asked) => Promise<'new' | 'known' | NotTaken>;

/** An interaction must be answered while its person still looks; product time has no say in it. */
const INTERACTION_MS = 60_000;

/** What an answer is made with: the deps of its place, the person's words, the event itself. */
export interface InteractionContext<Event extends ButtonPress | Command> {
  readonly deps: Deps;
  readonly words: Words;
  readonly signal: AbortSignal;
  readonly event: Event;
  readonly respond: Respond;
}

/** Runs an interaction's answer; whatever fails is told to the one person who sees it. */
export async function answering<Event extends ButtonPress | Command>(
  anywhere: Deps,
  event: Event,
  answer: (interaction: InteractionContext<Event>) => Promise<void>,
): Promise<void> {
  const { person, platform, workspace, channel, respond } = event;
  const deps = await anywhere.at(event);
  const project = event.thread ? await deps.projects.of(event.thread) : undefined;
  const words = localeFor(person.locale ?? project?.language).words;
  try {
    const what = 'action' in event ? event.action : event.name;
    const refusal = await admitsTo(deps, what, { author: person, platform, workspace, channel });
    if (refusal) return await respond({ text: turnedAwayText(words, refusal) });
    const bound = { ms: INTERACTION_MS, timers: deps.timers };
    await withDeadline(bound, (signal) => answer({ deps, words, signal, event, respond }));
  } catch (error) {
    if (error instanceof CannotTell) {
      deps.log.warn('whose project something is could not be told', { error });
      return await respond({ text: words.cannotTell });
    }
    const told = errorMessage(error, words, await registrationFor(deps, person, event));
    if (told.report) deps.log.error('an interaction failed', { error });
    await respond(told.private ?? { text: told.message.text });
  }
}

/** Puts what it asks for on record. False: the person has been told why it was not taken. */
export async function enqueue(
  { deps, words, event, respond }: InteractionContext<ButtonPress | Command>,
  append: Append,
  thread: ThreadRef,
  said: Material,
  asked: Asked,
): Promise<boolean> {
  const refusal = await append(asMessage(deps, event, thread, said), asked);
  if (!refusal) return true;
  await respond(notTaken(deps, words, refusal, event.platform));
  return false;
}

export function notTaken(
  deps: Deps,
  words: Words,
  refusal: NotTaken,
  platform: PlatformName,
): OutgoingMessage {
  switch (refusal.type) {
    case 'quota':
      return { text: quotaText(deps, words, refusal) };
    case 'budget':
      return usedUpMessage(deps, words, refusal, platform);
    case 'paused':
      return { text: words.admin.paused };
    case 'queue-full':
      return { text: words.queueFull(deps.rules.maxQueued) };
  }
}

export async function stop(
  { deps, words, event, respond }: InteractionContext<ButtonPress | Command>,
  thread: ThreadRef,
  named?: string | undefined,
): Promise<void> {
  const refusal = await stopThread(deps, thread, event.person, words, named);
  await respond(refusal ?? { text: words.stopping }, thread);
}

/** An export in the form that was asked for, where that is one. */
export function exportAs(form: string | undefined): Asked {
  const intent = intentOf(`export ${form ?? ''}`);
  return { task: intent.type === 'export' ? intent : { type: 'export' }, ...EXPORT };
}

/** A press or command as the message it stands for, so that it queues like one. */
export const asMessage = (
  { clock }: Pick<Deps, 'clock'>,
  { key, person }: Pick<ButtonPress, 'key' | 'person'>,
  thread: ThreadRef,
  said: Material,
): IncomingMessage => ({ ...said, key, thread, author: person, sentAt: clock.now() });

export const saying = (text: string): Material => ({ text, attachments: [] });
