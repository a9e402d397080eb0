/** Buttons and slash commands: answered privately at once, or put on record like a message. */
import type {
  ButtonPress,
  Command,
  Inbox,
  IncomingMessage,
  Material,
  ThreadRef,
} from '../platforms/chat.ts';
import { admits, isAdmin, turnedAwayText } from './access.ts';
import { profileNamed } from './channel-profiles.ts';
import { explain } from './explain.ts';
import {
  creditsAnswer,
  helpAnswer,
  quotaText,
  statusAnswer,
  stopThread,
  timelineAnswer,
} from './immediate.ts';
import type { Task } from './job.ts';
import { intentOf } from './language/intent.ts';
import { replyLanguage } from './language/language.ts';
import { PROFILE_NAMES } from './profile.ts';
import { registrationFor } from './registration.ts';
import { type Asked, EXPORT, taskOf } from './task-of.ts';
import type { Deps } from './turn-context.ts';
import { CannotTell, type Whose } from './whose.ts';
import type { Words } from './words/en.ts';
import { wordsFor } from './words/words.ts';

export type QuotaTask = Extract<Task, { type: 'quota' }>;

/** Why a task was not taken: the person's quota is used up, or too many wait in the thread. */
export type Refusal = QuotaTask | { readonly type: 'queue-full' };

/**
 * Puts a task on record; a second time with the same message key does nothing. Gives why it was not
 * taken, for its person: nothing is on record then, or after a full queue its key alone.
 */
export type Append = (message: IncomingMessage, asked: Asked) => Promise<Refusal | undefined>;

/** An interaction must be answered while its person still looks; product time has no say in it. */
const INTERACTION_MS = 60_000;

/** What an interaction's answer is made with: the deps of its place, the person's words. */
interface Desk {
  readonly deps: Deps;
  readonly words: Words;
  readonly signal: AbortSignal;
}

export function createInteractions(
  anywhere: Deps,
  whose: Whose,
  append: Append,
): Pick<Inbox, 'command' | 'press'> {
  /** Runs an interaction's answer; whatever fails is told to the one person who sees it. */
  async function answering(
    event: ButtonPress | Command,
    deed: (desk: Desk) => Promise<void>,
  ): Promise<void> {
    const deps = await anywhere.at(event);
    const project = event.thread ? await deps.projects.of(event.thread) : undefined;
    const words = wordsFor(replyLanguage(event.person.locale ?? project?.language ?? 'en'));
    try {
      const { person, workspace, channel } = event;
      const refusal = admits(deps, { author: person, workspace, channel });
      if (refusal) return await event.respond({ text: turnedAwayText(words, refusal) });
      await deed({ deps, words, signal: AbortSignal.timeout(INTERACTION_MS) });
    } catch (error) {
      if (error instanceof CannotTell) {
        deps.log.warn('whose project something is could not be told', { error });
        return await event.respond({ text: words.cannotTell });
      }
      const told = explain(error, words, await registrationFor(deps, event.person, event));
      if (told.report) deps.log.error('an interaction failed', { error });
      await event.respond(told.private ?? { text: told.message.text });
    }
  }

  /** As if the person had written it. */
  async function speakFor(
    desk: Desk,
    press: ButtonPress,
    thread: ThreadRef,
    said: Material,
    meant?: Task,
  ): Promise<void> {
    const message = asMessage(press, thread, said);
    const asked = await taskOf(desk.deps, message, meant);
    if (!asked) return;
    await enqueue(desk, press, message, asked);
  }

  /** False: the person has been told why it was not taken. */
  async function enqueue(
    { deps, words }: Desk,
    { respond }: Pick<Command, 'respond'>,
    message: IncomingMessage,
    asked: Asked,
  ): Promise<boolean> {
    const refusal = await append(message, asked);
    if (!refusal) return true;
    const text =
      refusal.type === 'quota'
        ? quotaText(deps, words, refusal)
        : words.queueFull(deps.rules.maxQueued);
    await respond({ text });
    return false;
  }

  /** Repeats a turn of the thread, and no other's. */
  async function repeat(
    desk: Desk,
    press: ButtonPress,
    thread: ThreadRef,
    fit?: 'first-part' | 'gist',
  ): Promise<void> {
    const { value: turn } = press;
    if (turn !== undefined && !(await whose.hasTurn(thread, turn)))
      return press.respond({ text: desk.words.retryNothing });
    return speakFor(desk, press, thread, saying('retry'), { type: 'retry', turn, fit });
  }

  return {
    command: (command) =>
      answering(command, async (desk) => {
        const { respond, name, person } = command;
        const { deps, words, signal } = desk;
        if (name === 'credits')
          return respond(await creditsAnswer(deps, words, signal, person, command));
        if (name === 'help') return respond(helpAnswer(deps, words, command.notes));
        if (name === 'profile') return respond({ text: await profileText(desk, command) });
        const asked = command.claim ?? command.thread;
        const thread = await (asked ? whose.of(command, signal) : whose.newest(command, signal));
        if (!thread) return respond({ text: words.noThread });
        if (name === 'status')
          return respond(await statusAnswer(deps, thread, words, signal), thread);
        if (name === 'stop') return stop(desk, command, thread);
        const intent = intentOf(`${name} ${command.argument ?? ''}`);
        const task = intent.type === 'export' && name === 'export' ? intent : { type: name };
        const message = asMessage(command, thread, saying(name));
        const wanted = name === 'export' ? { task, ...EXPORT } : { task, weight: 0 };
        if (await enqueue(desk, command, message, wanted))
          await respond({ text: words.commandDone(name) });
      }),

    press: (press) =>
      answering(press, async (desk) => {
        const { respond, action, person, material } = press;
        const { deps, words, signal } = desk;
        const thread = await whose.of(press, signal);
        if (!thread) return respond({ text: words.noThread });
        switch (action) {
          case 'export':
            await enqueue(desk, press, asMessage(press, thread, saying('export')), {
              task: { type: 'export' },
              ...EXPORT,
            });
            return;
          case 'retry':
            return repeat(desk, press, thread);
          case 'first-part':
          case 'gist':
            return repeat(desk, press, thread, action);
          case 'prompt':
            if (!press.value) return respond({ text: words.emptyMessage });
            return speakFor(desk, press, thread, saying(press.value));
          case 'stop':
            return stop(desk, press, thread, press.value);
          case 'change':
            if (material) return speakFor(desk, press, thread, material);
            return respond({ text: words.changeHint });
          case 'timeline':
            return respond(await timelineAnswer(deps, thread, words, signal));
          case 'credits':
            return respond(await creditsAnswer(deps, words, signal, person, press));
          case 'editor':
            return respond({ text: await editorText(desk, thread) });
        }
      }),
  };
}

async function stop(
  { deps, words }: Desk,
  event: Pick<Command, 'person' | 'respond'>,
  thread: ThreadRef,
  named?: string | undefined,
): Promise<void> {
  const refusal = await stopThread(deps, thread, event.person, words, named);
  await event.respond(refusal ?? { text: words.stopping });
}

async function editorText({ deps, words, signal }: Desk, thread: ThreadRef): Promise<string> {
  const project = await deps.projects.of(thread);
  if (!project?.sessionId) return words.noTimeline;
  const session = { sessionId: project.sessionId, taskId: project.taskId };
  try {
    return words.editorLink(await deps.nemo.editorLink(session, signal));
  } catch (error) {
    deps.log.warn('no editor link could be had', { error });
    return words.editorFailed;
  }
}

/** Shows the channel's skill profile, or changes it for an admin. */
async function profileText({ deps, words }: Desk, command: Command): Promise<string> {
  const titles = PROFILE_NAMES.join(', ');
  if (!command.argument?.trim()) {
    const { name, kinds } = deps.profile;
    return words.profileNow(name, kinds.join(', '), deps.uploadLimit, titles);
  }
  if (!isAdmin(deps, command.person)) return words.adminsOnly;
  const name = profileNamed(command.argument);
  if (!name) return words.profileUnknown(command.argument.trim().slice(0, 60), titles);
  await deps.profiles.choose(command, name);
  return words.profileChosen(name);
}

/** A press or command as the message it stands for, so that it queues like one. */
const asMessage = (
  { key, person }: Pick<ButtonPress, 'key' | 'person'>,
  thread: ThreadRef,
  said: Material,
): IncomingMessage => ({ ...said, key, thread, author: person, sentAt: Date.now() });

const saying = (text: string): Material => ({ text, attachments: [] });
