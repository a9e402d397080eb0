/** While the bot is paused nothing new is taken on, and what waits goes on waiting; what is at work comes to its end. */
import type { RunOutcome } from '../../ledger/dispatch.ts';
import type { Words } from '../../locales/locale.ts';
import type { IncomingMessage } from '../../platforms/chat.ts';
import { laneOf } from '../arrival.ts';
import { NOTHING_NOTED } from '../notes.ts';
import type { Asked } from '../task-from-message.ts';
import type { Deps, TurnContext } from '../turn-context.ts';
import type { Workspace } from './desk-rules.ts';

/** Product milliseconds after which a turn that waits looks again. */
const LOOK_MS = 10_000;

export interface PausedTask {
  readonly type: 'paused';
}

/** What its person reads; undefined where nothing is paused. */
export async function pausedText(
  deps: Pick<Deps, 'desk'>,
  words: Words,
  workspace: Workspace,
): Promise<string | undefined> {
  return (await deps.desk.of(workspace)).paused ? words.admin.paused : undefined;
}

/** Asked before anything is put on record. What is on record already, is. */
export async function haltedBy(
  deps: Pick<Deps, 'desk' | 'ledger'>,
  { key, thread }: Pick<IncomingMessage, 'key' | 'thread'>,
  { task }: Asked,
): Promise<'known' | PausedTask | undefined> {
  if (laneOf(task) !== 'ordered' || !(await deps.desk.of(thread)).paused) return undefined;
  return (await deps.ledger.turnOf(key)) ? 'known' : { type: 'paused' };
}

/** A turn that nothing has been done about yet; one that is to stop is ended, paused or not. */
export async function waitsForResume({
  deps,
  turn,
  signal,
  job,
}: TurnContext): Promise<RunOutcome | undefined> {
  const isFresh = turn.phase === 'accepted' && turn.notes === NOTHING_NOTED;
  if (!isFresh || turn.stopRequested || signal.aborted) return undefined;
  if (!(await deps.desk.of(job.message.thread)).paused) return undefined;
  return { how: 'parked', notBefore: deps.clock.in(LOOK_MS) };
}
