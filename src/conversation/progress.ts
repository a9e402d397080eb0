/** The honest progress of a turn: one status message that is edited, and the heartbeat beside it. */
import { ClaimLost } from '../ledger/ledger.ts';
import { ChatError, threadKey } from '../platforms/chat.ts';
import { newestOnly } from '../runtime/newest-only.ts';
import { isStoreOutage } from '../runtime/store-outage.ts';
import { createHeartbeat } from './heartbeat.ts';
import { linesAtEnd, linesAtWork } from './status-lines.ts';
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
   * reach, and what speaks of work still stands there. `credits`: what the turn has cost.
   */
  end(ending: Ending, credits?: number): Promise<boolean>;
  /** Ends without touching the thread: another worker speaks there now. */
  drop(): Promise<void>;
  /** Ends before anything is shown in place of it: what was posted is taken away by whoever calls. */
  silence(): Promise<void>;
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
  /** The edits under way. */
  let showing: Promise<void> = Promise.resolve();
  /** The place, or our way into it, no longer exists: every further call would be refused, too. */
  let gone = false;

  const heartbeat = createHeartbeat(turn, {
    startedAt,
    over: over.signal,
    pause,
    attempt,
    isGone: () => gone,
    leave,
  });

  const statusText = () => {
    const text = words.stage(stage, clock.elapsed(startedAt));
    const { batch } = turn.notes;
    const line = batch?.entry ? words.batchStage(batch.entry, text) : text;
    return [line, ...linesAtWork(turn)].join('\n');
  };
  const sayStatus = async () =>
    (await turn.say({ text: statusText(), buttons: [stop] }, 'status', { onlyHere: true }))?.id ??
    null;
  const statusId = turn.notes.statusId === undefined ? await sayStatus() : turn.notes.statusId;
  await turn.note({ startedAt, statusId });
  let shown = statusText();
  let refreshedAt = clock.now();
  /** Not so where it went to the person directly, or an edit was refused for good. */
  let editable = statusId !== null;
  await heartbeat.remove();

  /** The pause is part of it: what comes meanwhile waits, and the newest of it is shown next. */
  async function edit(newest: () => Stage): Promise<void> {
    stage = newest();
    const text = statusText();
    if (over.signal.aborted || !editable || statusId === null) return;
    if (text !== shown) {
      shown = text;
      editable = await attempt(() => thread.edit(statusId, { text, buttons: [stop] }));
      await pause(rules.waits.statusEdit);
    }
    refreshedAt = clock.now();
  }

  function update(next: Stage): Promise<void> {
    showing = showNewest('status', next, edit);
    return showing;
  }

  async function keepCurrent(): Promise<void> {
    while (!over.signal.aborted && editable) {
      await pause(Math.max(1, REFRESH_MS - clock.elapsed(refreshedAt)));
      if (clock.elapsed(refreshedAt) >= REFRESH_MS) await update(stage);
    }
  }

  /** False: refused for good. That is no reason to fail a turn, but the end of signs in a place that is gone. */
  async function attempt(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      // What a notice puts on record first waits for the store, as the turn does; the next sign may be shown again.
      if (isStoreOutage(error)) return true;
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

  /** Resolves after the time, and at once when the progress is over. */
  async function pause(ms: number): Promise<void> {
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

  const loops = Promise.all([keepCurrent(), heartbeat.beat()]).catch(broken);
  if (!gone) showActivity(words.activity);

  return {
    show(next) {
      stage = next;
      void update(next).catch(broken);
    },
    said: heartbeat.shown,
    alive: heartbeat.byteCame,
    drop: silence,
    async silence() {
      await silence();
      if (!gone) showActivity(undefined);
    },
    async end(ending, credits) {
      await silence();
      await heartbeat.remove();
      if (gone) return true;
      showActivity(undefined);
      const head = words.ending(ending, clock.elapsed(startedAt), credits);
      const text = [head, ...linesAtEnd(turn)].join('\n');
      const reached = statusId === null || (await reach(() => thread.edit(statusId, { text })));
      return reached && turn.notes.notice === undefined && turn.notes.noticeId === undefined;
    },
  };
}
