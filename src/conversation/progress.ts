/**
 * The honest progress of a turn: one status message that is edited, and a notice every two minutes
 * in which nothing new could be seen.
 */

import PQueue from 'p-queue';
import { ClaimLost } from '../ledger/ledger.ts';
import { ChatError, threadKey } from '../platforms/chat.ts';
import { newestOnly } from '../runtime/newest-only.ts';
import type { Ending, Stage } from './status-stage.ts';
import type { TurnContext } from './turn-context.ts';

export interface Progress {
  show(stage: Stage): void;
  /** Text was posted for the person: the two minutes begin anew. */
  said(): Promise<void>;
  /** A byte came from the backend. */
  alive(): void;
  /**
   * Last edit of the status message; the notice goes. Nothing is shown after it. False: the chat is out of
   * reach, and what speaks of work still stands there.
   */
  end(ending: Ending): Promise<boolean>;
  /** Ends without touching the thread: another worker speaks there now. */
  drop(): Promise<void>;
}

/** How often the elapsed time is brought up to date, in product milliseconds. */
const REFRESH_MS = 15_000;

export async function openProgress(turn: TurnContext, first: Stage): Promise<Progress> {
  const { deps, thread, words } = turn;
  const { clock, rules, log } = deps;
  const startedAt = turn.notes.startedAt ?? clock.now();
  const over = new AbortController();
  const stop = {
    label: words.button.stop,
    style: 'danger',
    does: { action: 'stop', value: turn.turn.id },
  } as const;
  let stage = first;
  const showNewest = newestOnly<Stage>();
  /** Posting a notice and taking it away never overlap: one could be left that nothing knows of any more. */
  const notices = new PQueue({ concurrency: 1 });
  /** The edits under way. */
  let showing: Promise<void> = Promise.resolve();
  let visibleAt = startedAt;
  let byteAt: number | undefined;
  /** The place, or our way into it, no longer exists: every further call would be refused, too. */
  let gone = false;

  const statusText = () => {
    const text = words.stage(stage, clock.elapsed(startedAt));
    const entry = turn.notes.batch?.entry;
    return entry ? words.batchStage(entry, text) : text;
  };
  const statusId =
    turn.notes.statusId ?? (await turn.say({ text: statusText(), buttons: [stop] }, 'status')).id;
  await turn.note({ startedAt, statusId });
  let shown = statusText();
  let refreshedAt = clock.now();
  /** Not so where it went to the person directly, or an edit was refused for good. */
  let editable = statusId !== '';
  await removeNotice();

  /** The pause is part of it: what comes meanwhile waits, and the newest of it is shown next. */
  async function edit(newest: () => Stage): Promise<void> {
    stage = newest();
    const text = statusText();
    if (over.signal.aborted || !editable) return;
    if (text !== shown) {
      shown = text;
      editable = await attempt(() => thread.edit(statusId, { text, buttons: [stop] }));
      await quiet(rules.waits.statusEdit);
    }
    refreshedAt = clock.now();
  }

  function update(next: Stage): Promise<void> {
    showing = showNewest('status', next, edit);
    return showing;
  }

  async function keepCurrent(): Promise<void> {
    while (!over.signal.aborted && editable) {
      await quiet(Math.max(1, REFRESH_MS - clock.elapsed(refreshedAt)));
      if (clock.elapsed(refreshedAt) >= REFRESH_MS) await update(stage);
    }
  }

  async function keepCompany(): Promise<void> {
    let noticedAt = visibleAt;
    while (!over.signal.aborted) {
      const since = Math.max(visibleAt, noticedAt);
      await quiet(Math.max(1, rules.waits.heartbeat - clock.elapsed(since)));
      if (over.signal.aborted) return;
      if (clock.elapsed(Math.max(visibleAt, noticedAt)) < rules.waits.heartbeat) continue;
      noticedAt = clock.now();
      await attempt(() => notices.add(notice));
    }
  }

  /** False: refused for good. That is no reason to fail a turn, but the end of signs in a place that is gone. */
  async function attempt(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.debug('a sign of progress was refused', { error });
      if (error.reason === 'gone') leave();
      return error.reason === 'unreachable';
    }
  }

  /** False: it may still be done, later. */
  async function reach(call: () => Promise<unknown>): Promise<boolean> {
    let done = false;
    const open = await attempt(async () => {
      await call();
      done = true;
    });
    return done || !open;
  }

  function leave(): void {
    gone = true;
    over.abort();
    showActivity(undefined);
  }

  function showActivity(label: string | undefined): void {
    deps.bestEffort.run(threadKey(thread.ref), 'activity', () => thread.showActivity(label));
  }

  async function notice(): Promise<void> {
    const silence = byteAt === undefined ? 0 : clock.elapsed(byteAt);
    const now = `notice-${Math.round(clock.elapsed(startedAt))}-${Math.round(silence)}`;
    const existing = turn.notes.noticeId;
    if (existing && rules.heartbeatMode === 'edit')
      return thread.edit(existing, { text: noticeText(now) });
    const part = turn.notes.notice ?? now;
    const text = noticeText(part);
    if (rules.heartbeatMode === 'post') {
      if ((await turn.say({ text }, part)).id === '') leave();
      return;
    }
    const again = turn.resumed || turn.notes.notice !== undefined;
    await turn.note({ notice: part });
    const posted = await turn.say({ text }, part, { again });
    await turn.note({ noticeId: posted.id });
    // It went to the person directly, once: the thread takes no more.
    if (posted.id === '') leave();
  }

  function removeNotice(): Promise<void> {
    return notices.add(takeNoticeAway);
  }

  /** A notice is posted as a part named after the times it tells: whoever looks for it has its words. */
  function noticeText(part: string): string {
    const [elapsed = 0, silence = 0] = part.split('-').slice(1).map(Number);
    return silence >= 2 * rules.waits.heartbeat
      ? words.noSignOfLife(elapsed, silence)
      : words.stillWorking(elapsed);
  }

  async function takeNoticeAway(): Promise<void> {
    const { notice: part, noticeId } = turn.notes;
    if (noticeId === undefined && part === undefined) return;
    try {
      const id = noticeId ?? (part && !gone ? await idOfPosted(part) : '');
      if (id && !gone) await thread.delete(id);
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
  async function idOfPosted(part: string): Promise<string> {
    return (await turn.say({ text: noticeText(part) }, part, { again: true })).id;
  }

  /** Resolves after the time, and at once when the progress is over. */
  async function quiet(ms: number): Promise<void> {
    await clock.sleep(ms, over.signal).catch(() => undefined);
  }

  async function silence(): Promise<void> {
    over.abort();
    await Promise.all([loops, showing.catch(() => undefined)]);
  }

  function broken(error: unknown): void {
    editable = false;
    // Whoever has the claim now shows its progress.
    if (error instanceof ClaimLost) return;
    log.error('progress can no longer be shown', { turn: turn.turn.id, error });
  }

  const loops = Promise.all([keepCurrent(), keepCompany()]).catch(broken);
  if (!gone) showActivity(words.activity);

  return {
    show(next) {
      stage = next;
      void update(next).catch(broken);
    },
    async said() {
      visibleAt = clock.now();
      await removeNotice();
    },
    alive() {
      byteAt = clock.now();
    },
    drop: silence,
    async end(ending) {
      await silence();
      await removeNotice();
      if (gone) return true;
      showActivity(undefined);
      const text = words.ending(ending, clock.elapsed(startedAt));
      const reached = statusId === '' || (await reach(() => thread.edit(statusId, { text })));
      return reached && turn.notes.notice === undefined && turn.notes.noticeId === undefined;
    },
  };
}
