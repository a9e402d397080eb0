/**
 * The notice "Still working" of every two minutes in which nothing new could be seen: posted once and edited
 * from then on (or posted each time, as HEARTBEAT_MODE says), and taken away at the end.
 */
import PQueue from 'p-queue';
import { ChatError } from '../platforms/chat.ts';
import type { MessageId } from '../runtime/ids.ts';
import type { TurnContext } from './turn-context.ts';

export interface Heartbeat {
  /** Runs until the progress is over. */
  beat(): Promise<void>;
  /** Something new was shown: the two minutes begin anew, and the notice goes. */
  shown(): Promise<void>;
  /** A byte came from the backend. */
  byteCame(): void;
  remove(): Promise<void>;
}

export interface HeartbeatOptions {
  readonly startedAt: number;
  /** Aborted when the progress is over. */
  readonly over: AbortSignal;
  /** Resolves after so many product milliseconds, and at once when the progress is over. */
  readonly pause: (ms: number) => Promise<void>;
  /** Swallows what the chat refuses for good. */
  readonly attempt: (call: () => Promise<unknown>) => Promise<boolean>;
  readonly isGone: () => boolean;
  /** The place takes nothing more. */
  readonly leave: () => void;
}

export function createHeartbeat(turn: TurnContext, options: HeartbeatOptions): Heartbeat {
  const { deps, thread, words } = turn;
  const { clock, rules, log } = deps;
  const { startedAt, over, pause, attempt, isGone, leave } = options;
  /** Posting a notice and taking it away never overlap: one could be left that nothing knows of any more. */
  const calls = new PQueue({ concurrency: 1 });
  let shownAt = startedAt;
  let byteAt: number | undefined;

  async function beat(): Promise<void> {
    let noticedAt = shownAt;
    while (!over.aborted) {
      const since = Math.max(shownAt, noticedAt);
      await pause(Math.max(1, rules.waits.heartbeat - clock.elapsed(since)));
      if (over.aborted) return;
      if (clock.elapsed(Math.max(shownAt, noticedAt)) < rules.waits.heartbeat) continue;
      noticedAt = clock.now();
      await attempt(() => calls.add(post));
    }
  }

  async function post(): Promise<void> {
    const silence = byteAt === undefined ? 0 : clock.elapsed(byteAt);
    const now = `notice-${Math.round(clock.elapsed(startedAt))}-${Math.round(silence)}`;
    const existing = turn.notes.noticeId;
    if (existing && rules.heartbeatMode === 'edit')
      return thread.edit(existing, { text: textOf(now) });
    const part = turn.notes.notice ?? now;
    const text = textOf(part);
    if (rules.heartbeatMode === 'post') {
      if (!(await turn.say({ text }, part, { onlyHere: true }))) leave();
      return;
    }
    const again = turn.resumed || turn.notes.notice !== undefined;
    await turn.note({ notice: part });
    const posted = await turn.say({ text }, part, { again, onlyHere: true });
    await turn.note({ noticeId: posted?.id ?? null });
    // The thread takes no more.
    if (!posted) leave();
  }

  /** A notice is posted as a part named after the times it tells: whoever looks for it has its words. */
  function textOf(part: string): string {
    const [elapsed = 0, silence = 0] = part.split('-').slice(1).map(Number);
    return silence >= 2 * rules.waits.heartbeat
      ? words.noSignOfLife(elapsed, silence)
      : words.stillWorking(elapsed);
  }

  async function takeAway(): Promise<void> {
    const { notice: part, noticeId } = turn.notes;
    if (noticeId === undefined && part === undefined) return;
    try {
      const id = noticeId === undefined && part && !isGone() ? await idOfPosted(part) : noticeId;
      if (id && !isGone()) await thread.delete(id);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.debug('a notice could not be removed', { error });
      // It may still be there: whoever ends the turn, or takes it up, tries again.
      if (error.reason === 'unreachable') return;
      if (error.reason === 'gone') leave();
    }
    await turn.note({ notice: undefined, noticeId: undefined });
  }

  /** A post whose answer was lost, or whose worker died, is found by its key; one that never got there is posted now. */
  async function idOfPosted(part: string): Promise<MessageId | undefined> {
    return (await turn.say({ text: textOf(part) }, part, { again: true, onlyHere: true }))?.id;
  }

  const remove = () => calls.add(takeAway);
  return {
    beat,
    remove,
    shown() {
      shownAt = clock.now();
      return remove();
    },
    byteCame() {
      byteAt = clock.now();
    },
  };
}
