/** The words that are answered at once, also while a turn of the thread is running. */

import type { Turn } from '../ledger/ledger.ts';
import type { Words } from '../locales/locale.ts';
import { EMPTY_STATE } from '../nemo/session-state.ts';
import { isExportable } from '../nemo/timeline.ts';
import {
  type OutgoingMessage,
  type Person,
  type Place,
  type ThreadRef,
  threadKey,
} from '../platforms/chat.ts';
import { isAdmin, timeZone, turnedAwayText } from './access.ts';
import { askWhose } from './ask-whose.ts';
import { budgetText, usedUpMessage } from './budgets/used-up.ts';
import { tellCaptions } from './captions/tell-captions.ts';
import { buttons } from './compose-answer.ts';
import { usageText } from './cost/usage.ts';
import { returnCourtesy } from './courtesy-turn.ts';
import { helpAnswer } from './help-answer.ts';
import { readJob, type Task } from './job.ts';
import { readNotes } from './notes.ts';
import type { Word } from './phase-table.ts';
import type { Project } from './project.ts';
import { registrationFor } from './registration-link.ts';
import { tellRunsOn } from './second-thoughts.ts';
import { timelineText } from './timeline/format-timeline.ts';
import { chartFor, type Shown, sayShown } from './timeline/show-timeline.ts';
import type { Deps, TurnContext } from './turn-context.ts';
import { compareAnswer, versionsAnswer } from './versions/list-versions.ts';

/** A word in the thread: account matters go to the one who asked, the rest to the thread. */
export async function answerNow(turn: TurnContext, task: Word): Promise<void> {
  const { deps, job, words, thread } = turn;
  const { author } = job.message;
  switch (task.type) {
    case 'credits':
      return thread.postPrivately(
        author.id,
        await creditsAnswer(deps, words, turn.signal, author, thread.ref, thread.ref),
      );
    case 'stop': {
      const refusal = await stopMeant(turn);
      return refusal ? thread.postPrivately(author.id, refusal) : undefined;
    }
    case 'courtesy':
      return returnCourtesy(turn, task.reaction);
    case 'whose':
      return askWhose(turn);
    case 'theirs':
      return deps.talk.note(thread.ref, { quiet: true, asked: undefined });
    case 'second-thoughts':
      return tellRunsOn(turn, task);
    case 'turned-away':
      return thread.postPrivately(author.id, { text: turnedAwayText(words, task.why) });
    case 'quota':
      return thread.postPrivately(author.id, { text: quotaText(deps, words, task) });
    case 'budget':
      return thread.postPrivately(author.id, usedUpMessage(deps, words, task, thread.ref.platform));
    case 'status':
      return sayShown(
        turn,
        await statusAnswer(deps, job.message.thread, words, turn.signal),
        'status-word',
      );
    case 'versions':
      await turn.say(await versionsAnswer(deps, job.message.thread, words), 'versions');
      return;
    case 'compare':
      await turn.say(await compareAnswer(deps, job.message.thread, words, task.pair), 'compare');
      return;
    case 'captions':
      return tellCaptions(turn);
    case 'empty':
      await turn.say({ text: words.emptyMessage }, 'empty');
      return;
    case 'help':
      await turn.say(helpAnswer(deps, words, helpNotesOf(turn)), 'help');
      return;
  }
}

const helpNotesOf = ({ deps, words, job, project }: TurnContext): string[] =>
  [paysText(deps, words, job.message.author, project)].filter((note) => note !== undefined);

export async function creditsAnswer(
  deps: Deps,
  words: Words,
  signal: AbortSignal,
  person: Person,
  place: Place,
  thread?: ThreadRef,
): Promise<OutgoingMessage> {
  const credits = await deps.nemo.credits(signal);
  const { account, link: offered } = await registrationFor(deps, person, place);
  const link =
    account !== 'anonymous'
      ? words.creditsWhenOut
      : offered
        ? words.creditsLink(offered.url, offered.keepsProject)
        : words.registerAsk;
  const lines = [
    words.credits(credits),
    credits.frozen > 0 ? words.creditsFrozen : undefined,
    await usageText(deps, words, thread),
    await budgetText(deps, words, place, person),
    paysText(deps, words, person, thread && (await deps.projects.of(thread))),
    link,
  ];
  return { text: lines.filter(Boolean).join('\n') };
}

/** Said where somebody has connected an account: without that there is but one. */
export function paysText(
  { payer }: Pick<Deps, 'payer'>,
  words: Words,
  person: Person,
  project?: Project,
): string | undefined {
  if (payer.whose === 'operator') return undefined;
  const isYours = payer.whose === 'person' && payer.person === person.id;
  return project?.sessionId
    ? words.accounts.paysHere(payer.whose, isYours)
    : words.accounts.pays(payer.whose);
}

export async function statusAnswer(
  deps: Deps,
  thread: ThreadRef,
  words: Words,
  signal: AbortSignal,
): Promise<Shown> {
  const [running, ...queued] = await deps.ledger.unfinished(threadKey(thread));
  const project = await deps.projects.of(thread);
  const state = project?.sessionId ? await deps.nemo.state(project.sessionId, signal) : undefined;
  const { timeline } = state ?? EMPTY_STATE;
  const startedAt = running ? readNotes(running.notes, running.phase).startedAt : undefined;
  const lines = [
    running ? doing() : project?.sessionId ? words.status.idle : words.status.none,
    queued.length > 0 ? words.status.queued(queued.length) : undefined,
    timelineText(timeline, words) ?? (project?.sessionId && words.noTimeline),
  ];
  return {
    message: {
      text: lines.filter(Boolean).join('\n'),
      ...(project?.sessionId ? { buttons: buttons(words, isExportable(timeline)) } : {}),
    },
    // Of nothing there is nothing to see; who presses "Timeline" wants to look all the same.
    chart: isExportable(timeline) ? await chartFor(deps, thread, words, project, state) : undefined,
  };

  function doing(): string {
    if (running?.phase === 'exporting') return words.status.rendering;
    return words.status.working(startedAt === undefined ? 0 : deps.clock.elapsed(startedAt));
  }
}

export async function timelineAnswer(
  deps: Deps,
  thread: ThreadRef,
  words: Words,
  signal: AbortSignal,
): Promise<Shown> {
  const project = await deps.projects.of(thread);
  const state = project?.sessionId ? await deps.nemo.state(project.sessionId, signal) : undefined;
  const { timeline } = state ?? EMPTY_STATE;
  return {
    message: { text: timelineText(timeline, words) ?? words.noTimeline },
    chart: await chartFor(deps, thread, words, project, state),
  };
}

/**
 * A word to stop means the turn that was at work when it came. What it means is noted before it is done:
 * worked on again after a crash it would hit the next one.
 */
async function stopMeant(turn: TurnContext): Promise<OutgoingMessage | undefined> {
  const { deps, job, words, notes } = turn;
  if (notes.stops === undefined) {
    const [head] = await deps.ledger.unfinished(turn.turn.thread);
    const meant = head && head.order < turn.turn.order ? head.id : null;
    await turn.note({ stops: meant });
  }
  const meant = turn.notes.stops ? await deps.ledger.turn(turn.notes.stops) : undefined;
  return stop(deps, meant, job.message.author, words);
}

/**
 * Stops the thread's running turn, or the one that a button named, which a client may have made up. Gives the
 * sentence for the person when there is none, or it is not theirs.
 */
export async function stopThread(
  deps: Deps,
  thread: ThreadRef,
  person: Person,
  words: Words,
  named?: string | undefined,
): Promise<OutgoingMessage | undefined> {
  const unfinished = await deps.ledger.unfinished(threadKey(thread));
  const meant = named === undefined ? unfinished[0] : unfinished.find(({ id }) => id === named);
  // The press came late or twice: by now it would hit somebody else's.
  if (!meant && unfinished.length > 0) return { text: words.stopOver };
  return stop(deps, meant, person, words);
}

async function stop(
  deps: Deps,
  running: Turn | undefined,
  person: Person,
  words: Words,
): Promise<OutgoingMessage | undefined> {
  if (!running) return { text: words.stopNothing };
  const { author } = readJob(running.payload).message;
  const mayStop = running.requester === person.id || isAdmin(deps, person);
  if (!mayStop) return { text: words.stopNotYours(author.name ?? words.theRequester) };
  const stopped = await deps.ledger.requestStop(running.id, person.id);
  if (stopped) deps.interrupt(stopped.id);
  return undefined;
}

export const quotaText = (
  { rules }: Deps,
  words: Words,
  { wanted, left, counts }: Extract<Task, { type: 'quota' }>,
): string => {
  const zone = timeZone();
  if (counts === 'exports') return words.exportsUsed(rules.dailyExports, zone);
  return left > 0
    ? words.quotaTooSmall(wanted, left, zone)
    : words.quotaUsed(rules.dailyTurns, zone);
};
