/** Buttons: answered privately at once, or put on record like a message. */
import { AccountUnusable } from '../nemo/errors.ts';
import type { ButtonPress, Inbox, Material, ThreadRef } from '../platforms/chat.ts';
import { payingIn } from './accounts/payer.ts';
import { answerDesk } from './admin/run-order.ts';
import { pressExportData } from './data/export-data.ts';
import { pressForget } from './data/forget.ts';
import { takeFeedback } from './feedback/take-feedback.ts';
import { creditsAnswer, statusAnswer, timelineAnswer } from './immediate-commands.ts';
import {
  type Append,
  answering,
  asMessage,
  enqueue,
  exportAs,
  type InteractionContext,
  type Put,
  saying,
  stop,
} from './interaction.ts';
import type { Task } from './job.ts';
import { intentOf } from './language/intent.ts';
import { pressPlan } from './plan/plan-presses.ts';
import { askOffered } from './prompts/ask-offered.ts';
import { sameThread } from './recent-threads.ts';
import { taskFromMessage } from './task-from-message.ts';
import { respondShown } from './timeline/show-timeline.ts';
import type { Deps } from './turn-context.ts';
import type { Whose } from './verify-thread-claim.ts';
import { compareAnswer, versionsAnswer } from './versions/list-versions.ts';
import { settleWhose } from './whose-message.ts';
import { sendWordsAlone } from './words-alone.ts';

type Pressed = InteractionContext<ButtonPress>;

export function createPresses(
  anywhere: Deps,
  whose: Whose,
  { append, put }: { readonly append: Append; readonly put: Put },
): Pick<Inbox, 'press'> {
  /** As if the person had written it. */
  async function speakFor(
    pressed: Pressed,
    thread: ThreadRef,
    said: Material,
    meant?: Task,
  ): Promise<void> {
    const { deps, event } = pressed;
    const asked = await taskFromMessage(deps, asMessage(deps, event, thread, said), meant);
    if (asked) await enqueue(pressed, append, thread, said, asked);
  }

  /** Repeats a turn of the thread, and no other's. */
  async function repeat(
    pressed: Pressed,
    thread: ThreadRef,
    fit?: 'first-part' | 'gist',
  ): Promise<void> {
    const { value: named } = pressed.event;
    const turn = named === undefined ? undefined : await whose.turnOf(thread, named);
    if (named !== undefined && turn === undefined)
      return pressed.respond({ text: pressed.words.retryNothing });
    return speakFor(pressed, thread, saying('retry'), { type: 'retry', turn, fit });
  }

  /** What is done in another thread than the one it was asked in is not seen by its person. */
  async function order(pressed: Pressed, thread: ThreadRef, what: 'export' | 'new'): Promise<void> {
    const { event, words, respond } = pressed;
    const asked =
      what === 'export' ? exportAs(event.value) : ({ task: { type: what }, weight: 0 } as const);
    if (!(await enqueue(pressed, append, thread, saying(what), asked))) return;
    if (event.thread && sameThread(event.thread, thread)) return;
    await respond({ text: words.commandDone(what) }, thread);
  }

  /** For everybody in the thread, as if the word had been written there. */
  async function orderCaptions(pressed: Pressed, thread: ThreadRef): Promise<void> {
    const { event, words, respond } = pressed;
    const asked = { task: { type: 'captions' }, weight: 0 } as const;
    if (!(await enqueue(pressed, append, thread, saying('captions'), asked))) return;
    if (event.thread && sameThread(event.thread, thread)) return;
    await respond({ text: words.captions.comes }, thread);
  }

  return {
    press: (press) =>
      press.action === 'desk'
        ? answering(anywhere, press, (pressed) => answerDesk(pressed, press.value))
        : answering(anywhere, press, pressIn),
  };

  async function pressIn(pressed: Pressed): Promise<void> {
    const press = pressed.event;
    const { action, person, material } = press;
    const { words, signal, respond } = pressed;
    if (action === 'forget') return pressForget(pressed, whose);
    if (action === 'export-data') return pressExportData(pressed);
    const thread = await whose.of(press, signal);
    if (!thread) return respond({ text: words.noThread });
    // Whoever opens a project in the editor has it.
    const use = action === 'editor' ? 'spend' : 'look';
    const deps = await payingIn(pressed.deps, thread, person, use);
    switch (action) {
      case 'export':
      case 'new':
        return order(pressed, thread, action);
      case 'captions':
        return orderCaptions(pressed, thread);
      case 'retry':
        return repeat(pressed, thread);
      case 'first-part':
      case 'gist':
        return repeat(pressed, thread, action);
      case 'make-plan':
      case 'change-plan':
      case 'cancel-plan':
        return pressPlan(pressed, put, thread, action);
      case 'words-alone':
        return sendWordsAlone(pressed, put, thread);
      case 'for-us':
      case 'for-them':
        return settleWhose(pressed, put, thread, action);
      case 'prompt':
        if (!press.value) return respond({ text: words.emptyMessage });
        return speakFor(pressed, thread, saying(press.value));
      case 'suggested':
      case 'shape':
        return askOffered(pressed, { put, whose }, thread);
      case 'stop':
        return stop(pressed, thread, press.value);
      case 'change':
        if (material) return speakFor(pressed, thread, material);
        return respond({ text: words.changeHint });
      case 'status':
        return respondShown(deps, thread, respond, await statusAnswer(deps, thread, words, signal));
      case 'versions':
        return respond(await versionsAnswer(deps, thread, words), thread);
      case 'compare':
        return respond(await compareAnswer(deps, thread, words, pairIn(press.value)));
      case 'timeline':
        return respondShown(
          deps,
          thread,
          respond,
          await timelineAnswer(deps, thread, words, signal),
        );
      case 'credits':
        return respond(await creditsAnswer(deps, words, signal, person, press, thread));
      case 'feedback':
        return takeFeedback(pressed, thread);
      case 'editor':
        return respond({ text: await editorText({ ...pressed, deps }, thread) });
      case 'desk':
        return;
    }
  }
}

/** What the client says is read as the words that it stands for; anything else means the last two. */
function pairIn(value: string | undefined): readonly [number, number] | undefined {
  const intent = intentOf(`compare ${value ?? ''}`);
  return intent.type === 'compare' ? intent.pair : undefined;
}

async function editorText({ deps, words, signal }: Pressed, thread: ThreadRef): Promise<string> {
  const project = await deps.projects.of(thread);
  if (!project?.sessionId) return words.noTimeline;
  const session = { sessionId: project.sessionId, taskId: project.taskId };
  try {
    return words.editorLink(await deps.nemo.editorLink(session, signal));
  } catch (error) {
    if (error instanceof AccountUnusable) throw error;
    deps.log.warn('no editor link could be had', { error });
    return words.editorFailed;
  }
}
