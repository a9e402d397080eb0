/** Buttons and slash commands: answered privately at once, or put on record like a message. */
import type {
  ButtonPress,
  Command,
  Inbox,
  IncomingMessage,
  Person,
  ThreadRef,
} from '../platforms/chat.ts';
import { admits, isAdmin } from './access.ts';
import { type Place, profileNamed } from './channel-profiles.ts';
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
import type { RecentThreads } from './recent-threads.ts';
import { type Asked, EXPORT, taskOf } from './task-of.ts';
import type { Deps } from './turn-context.ts';
import type { Words } from './words/en.ts';
import { wordsFor } from './words/words.ts';

export type QuotaTask = Extract<Task, { type: 'quota' }>;

/**
 * Puts a task on record; a second time with the same message key does nothing. Gives what to tell the
 * person where their quota is used up: nothing is on record then.
 */
export type Append = (message: IncomingMessage, asked: Asked) => Promise<QuotaTask | undefined>;

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
  recent: RecentThreads,
  append: Append,
): Pick<Inbox, 'command' | 'press'> {
  /** Runs an interaction's answer; whatever fails is told to the one person who sees it. */
  async function answering(
    event: ButtonPress | Command,
    place: Place,
    deed: (desk: Desk) => Promise<void>,
  ): Promise<void> {
    const deps = await anywhere.at(place);
    const project = event.thread ? await deps.projects.of(event.thread) : undefined;
    const words = wordsFor(replyLanguage(event.person.locale ?? project?.language ?? 'en'));
    try {
      const refusal = admits(deps, { author: event.person, ...place });
      if (refusal) {
        return await event.respond({
          text: refusal === 'place' ? words.notHerePlace : words.notForYou,
        });
      }
      await deed({ deps, words, signal: AbortSignal.timeout(INTERACTION_MS) });
    } catch (error) {
      const told = explain(error, words, await deps.nemo.registration());
      if (told.report) deps.log.error('an interaction failed', { error });
      await event.respond(told.private ?? { text: told.message.text });
    }
  }

  /** As if the person had written it. */
  async function speakFor(
    { deps, words }: Desk,
    press: ButtonPress,
    text: string,
    meant?: Task,
  ): Promise<void> {
    const message = asMessage(press, press.thread, text);
    const asked = await taskOf(deps, message, meant);
    if (!asked) return;
    await appendOrRefuse({ deps, words }, press, message, asked);
  }

  /** False: the person has been told that their quota is used up. */
  async function appendOrRefuse(
    { deps, words }: Pick<Desk, 'deps' | 'words'>,
    { respond }: Pick<Command, 'respond'>,
    message: IncomingMessage,
    asked: Asked,
  ): Promise<boolean> {
    const refusal = await append(message, asked);
    if (refusal) await respond({ text: quotaText(deps, words, refusal) });
    return !refusal;
  }

  return {
    command: (command) =>
      answering(command, command, async (desk) => {
        const { respond, name } = command;
        const { deps, words, signal } = desk;
        if (name === 'credits') return respond(await creditsAnswer(deps, words, signal));
        if (name === 'help') return respond(helpAnswer(deps, words));
        if (name === 'profile') return respond({ text: await profileText(desk, command) });
        const thread = command.thread ?? (await recent.latest(command));
        if (!thread) return respond({ text: words.noThread });
        if (name === 'status') return respond(await statusAnswer(deps, thread, words, signal));
        if (name === 'stop') return stop(desk, { ...command, thread });
        const intent = intentOf(`${name} ${command.argument ?? ''}`);
        const task = intent.type === 'export' && name === 'export' ? intent : { type: name };
        const asked = name === 'export' ? { task, ...EXPORT } : { task, weight: 0 };
        const message = asMessage(command, thread, name);
        if (await appendOrRefuse(desk, command, message, asked))
          await respond({ text: words.commandDone(name) });
        return;
      }),

    press: (press) =>
      answering(press, press.thread, async (desk) => {
        const { thread, respond } = press;
        const { deps, words, signal } = desk;
        switch (press.action) {
          case 'export':
            await appendOrRefuse(desk, press, asMessage(press, thread, 'export'), {
              task: { type: 'export' },
              ...EXPORT,
            });
            return;
          case 'retry':
            return speakFor(desk, press, 'retry', { type: 'retry', turn: press.value });
          case 'first-part':
          case 'gist':
            return speakFor(desk, press, 'retry', {
              type: 'retry',
              turn: press.value,
              fit: press.action,
            });
          case 'prompt':
            return speakFor(desk, press, press.value ?? '');
          case 'stop':
            return stop(desk, press);
          case 'change':
            return respond({ text: words.changeHint });
          case 'timeline':
            return respond(await timelineAnswer(deps, thread, words, signal));
          case 'credits':
            return respond(await creditsAnswer(deps, words, signal));
          case 'editor':
            return respond({ text: await editorText(desk, thread) });
        }
      }),
  };
}

async function stop(
  { deps, words }: Desk,
  event: Pick<Command, 'person' | 'respond'> & { thread: ThreadRef },
): Promise<void> {
  const refusal = await stopThread(deps, event.thread, event.person, words);
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
  event: { key: string; person: Person },
  thread: ThreadRef,
  text: string,
): IncomingMessage => ({
  key: event.key,
  thread,
  author: event.person,
  text,
  attachments: [],
  sentAt: Date.now(),
});
