/**
 * Where the platforms' events come in. A message is in the ledger when `receive` resolves; what it
 * asks for is decided here, what is done about it in run-turn.ts.
 */
import type { Lane } from '../ledger/ledger.ts';
import {
  type ButtonPress,
  type Command,
  type Inbox,
  type IncomingMessage,
  type ThreadRef,
  threadKey,
} from '../platforms/chat.ts';
import { admits } from './access.ts';
import { creditsAnswer, helpAnswer, statusAnswer, stopThread, timelineAnswer } from './immediate.ts';
import { intentOf } from './intent.ts';
import { type Task, writeJob } from './job.ts';
import { replyLanguage } from './language.ts';
import { explain } from './explain.ts';
import type { RecentThreads } from './recent-threads.ts';
import { adorn, type Deps, platformOf } from './turn-context.ts';
import { type Words, wordsFor } from './words/words.ts';

/** An interaction must be answered while its person still looks; product time has no say in it. */
const INTERACTION_MS = 60_000;

export function createInbox(deps: Deps, recent: RecentThreads): Inbox {
  async function append(message: IncomingMessage, task: Task): Promise<void> {
    const lane: Lane = ORDERED.has(task.type) ? 'ordered' : 'immediate';
    const { isNew, ahead } = await deps.ledger.append({
      key: message.key,
      thread: threadKey(message.thread),
      lane,
      requester: message.author.id,
      payload: writeJob({ task, message }),
    });
    if (!isNew || lane === 'immediate') return;
    await recent.touch(message);
    if (ahead > 0 && message.messageId) await showQueued(message.thread, message.messageId);
  }

  async function showQueued(thread: ThreadRef, messageId: string): Promise<void> {
    await adorn(deps.log, () => platformOf(deps, thread).thread(thread).react(messageId, 'queued'));
  }

  async function taskOf(message: IncomingMessage): Promise<Task | undefined> {
    const files = message.attachments.length + (message.quoted?.attachments.length ?? 0);
    const intent = intentOf(message.text);
    if (intent.type === 'aside') return undefined;
    const refusal = await admits(deps, message);
    if (refusal) return { type: 'turned-away', why: refusal };
    if (intent.type === 'empty' && files === 0 && !message.quoted?.text) return { type: 'help' };
    if (intent.type === 'empty' || (files > 0 && intent.type !== 'stop')) return { type: 'request' };
    return intent;
  }

  /** Runs an interaction's answer; whatever fails is told to the one person who sees it. */
  async function answering(
    event: Pick<Command | ButtonPress, 'person' | 'respond'> & { thread?: ThreadRef | undefined },
    deed: (words: Words, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const words = await wordsOf(event.person.locale, event.thread);
    try {
      await deed(words, AbortSignal.timeout(INTERACTION_MS));
    } catch (error) {
      const told = explain(error, words, await deps.nemo.registration());
      if (told.report) deps.log.error('an interaction failed', { error });
      await event.respond(told.private ?? { text: told.message.text });
    }
  }

  async function wordsOf(locale: string | undefined, thread: ThreadRef | undefined): Promise<Words> {
    const project = thread ? await deps.projects.of(thread) : undefined;
    return wordsFor(replyLanguage(locale ?? project?.language ?? 'en'));
  }

  /** A press or command as the message it stands for, so that it queues like one. */
  const asMessage = (event: { key: string; person: IncomingMessage['author'] }, thread: ThreadRef, text: string): IncomingMessage => ({
    key: event.key,
    thread,
    author: event.person,
    text,
    attachments: [],
    sentAt: deps.clock.now(),
  });

  async function stop(event: ButtonPress | (Command & { thread: ThreadRef }), words: Words): Promise<void> {
    const refusal = await stopThread(deps, event.thread, event.person, words);
    await event.respond(refusal ?? { text: words.stopping });
  }

  return {
    async receive(message) {
      const task = await taskOf(message);
      if (task) await append(message, task);
    },

    command: (command) =>
      answering(command, async (words, signal) => {
        const { respond } = command;
        const refusal = await admits(deps, { author: command.person, workspace: command.workspace, channel: command.channel });
        if (refusal && refusal !== 'quota') return respond({ text: refusal === 'place' ? words.notHerePlace : words.notForYou });
        if (command.name === 'credits') return respond(await creditsAnswer(deps, words, signal));
        if (command.name === 'help') return respond(helpAnswer(deps, words));
        const thread = command.thread ?? (await recent.latest(command));
        if (!thread) return respond({ text: words.noThread });
        switch (command.name) {
          case 'status':
            return respond(await statusAnswer(deps, thread, words, signal));
          case 'stop':
            return stop({ ...command, thread }, words);
          case 'new':
            await append(asMessage(command, thread, 'new'), { type: 'new' });
            return respond({ text: words.commandDone('new') });
          case 'export': {
            const intent = intentOf(`export ${command.argument ?? ''}`);
            await append(asMessage(command, thread, 'export'), intent.type === 'export' ? intent : { type: 'export' });
            return respond({ text: words.commandDone('export') });
          }
        }
      }),

    press: (press) =>
      answering(press, async (words, signal) => {
        const { thread, respond } = press;
        const place = { author: press.person, workspace: thread.workspace, channel: thread.channel };
        const refusal = await admits(deps, place);
        if (refusal && refusal !== 'quota') return respond({ text: refusal === 'place' ? words.notHerePlace : words.notForYou });
        switch (press.action) {
          case 'export':
            return append(asMessage(press, thread, 'export'), { type: 'export' });
          case 'retry':
            return append(asMessage(press, thread, 'retry'), { type: 'retry' });
          case 'prompt':
            return append(asMessage(press, thread, press.value ?? ''), { type: 'request' });
          case 'stop':
            return stop(press, words);
          case 'change':
            return respond({ text: words.changeHint });
          case 'timeline':
            return respond(await timelineAnswer(deps, thread, words, signal));
          case 'credits':
            return respond(await creditsAnswer(deps, words, signal));
          case 'editor':
            return respond({ text: await editorText(thread, words, signal) });
        }
      }),

    knows: (thread) => deps.ledger.knows(threadKey(thread)),

    async overview(workspace, person) {
      const words = wordsFor(replyLanguage(person.locale ?? 'en'));
      const signal = AbortSignal.timeout(INTERACTION_MS);
      // A home page without its credits is still a home page.
      const credits = await deps.nemo.credits(signal).then(words.credits, () => undefined);
      const { greeting, examples } = deps.profile.texts[words.language];
      return {
        language: words.language,
        greeting,
        examples,
        help: helpAnswer(deps, words).text,
        credits,
        recent: await recent.of(workspace, person.id),
      };
    },
  };

  async function editorText(thread: ThreadRef, words: Words, signal: AbortSignal): Promise<string> {
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
}

const ORDERED: ReadonlySet<Task['type']> = new Set(['request', 'retry', 'export', 'new']);
