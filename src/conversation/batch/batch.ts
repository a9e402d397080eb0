/**
 * Several videos from one message: one file after the other in the thread's session, each with its own
 * render. The turn is one, so that stop ends the rest and a restart goes on with the file it was at.
 */

import { posix } from 'node:path';
import { Interrupted } from '../../ledger/dispatch.ts';
import { ClaimLost } from '../../ledger/ledger.ts';
import { AccessExpired, CreditsExhausted, PlanBlocked } from '../../nemo/errors.ts';
import { ChatError, type IncomingMessage } from '../../platforms/chat.ts';
import { buttons } from '../answer.ts';
import type { Entry } from '../job.ts';
import { shownName } from '../language/shown-name.ts';
import { freeName } from '../material/free-name.ts';
import type { Order } from '../material/prepare.ts';
import type { Progress } from '../progress.ts';
import type { Ending } from '../stage.ts';
import { tellFailure } from '../tell-failure.ts';
import type { TurnContext } from '../turn-context.ts';
import { planBatch } from './batch-plan.ts';
import { lateRenders } from './late-renders.ts';

export interface BatchEntry extends Entry {
  readonly order: Order;
}

/** Undefined: the message asks for one video. */
export function entriesOf(message: IncomingMessage): readonly BatchEntry[] | undefined {
  const files = [...(message.quoted?.attachments ?? []), ...message.attachments];
  const { text, each } = message;
  const plan = planBatch({ text, each, files: files.map((file) => file.name) });
  const names = titles(plan?.map((item) => files[item.files[0]]?.name ?? '') ?? []);
  return plan?.map((item, index) => {
    const { instruction, forAll } = item;
    const entry = { number: index + 1, of: plan.length, name: names[index] ?? '' };
    return {
      ...entry,
      order: {
        separate: { ...entry, forAll },
        message: {
          ...message,
          text: instruction,
          attachments: item.files.flatMap((at) => files[at] ?? []),
          ...(message.quoted ? { quoted: { ...message.quoted, attachments: [] } } : {}),
        },
      },
    };
  });
}

/** How many videos a message asks for. */
export const videosIn = (message: IncomingMessage): number => entriesOf(message)?.length ?? 1;

/** What the videos are called: the files' names without their endings, told apart where they are equal. */
function titles(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const title = freeName(shownName(posix.parse(name).name) || 'video', taken);
    taken.add(title);
    return title;
  });
}

/** Runs every entry that is not made yet; one that fails is told and does not stop the others. */
export async function runBatch(
  turn: TurnContext,
  progress: Progress,
  entries: readonly BatchEntry[],
  runOne: (turn: TurnContext, order: Order) => Promise<Ending>,
): Promise<Ending> {
  const isMade = ({ number }: Entry) => turn.notes.made?.includes(number) ?? false;
  if (!turn.resumed || !turn.notes.entry) {
    await turn.say(
      { text: turn.words.batchPlan(entries.filter((it) => !isMade(it))) },
      'batch-plan',
    );
    await progress.said();
  }
  const isCurrent = ({ number }: Entry) => number === turn.notes.entry?.number;
  for (const entry of [...entries.filter(isCurrent), ...entries.filter((it) => !isCurrent(it))]) {
    if (isMade(entry)) continue;
    if (!isCurrent(entry)) {
      if (turn.notes.tried?.includes(entry.number)) continue;
      await begin(turn, entry);
    }
    const outcome = await attempt(turn.part(`${entry.number}`), entry, runOne);
    if (outcome === 'made') await turn.note({ made: [...(turn.notes.made ?? []), entry.number] });
    if (outcome === 'hopeless') break;
  }
  return sumUp(turn, entries);
}

/** Forgets the notes of the video before, so that a crash from here on belongs to this one. */
async function begin(turn: TurnContext, { number, of, name }: BatchEntry): Promise<void> {
  const renders = await turn.deps.ledger.renders(turn.turn.thread);
  const fresh = {
    baseline: undefined,
    sentAt: undefined,
    answer: undefined,
    answered: undefined,
    ending: undefined,
    creditsWanted: undefined,
    exportWanted: undefined,
    renderId: undefined,
    cut: undefined,
    pastRenders: renders.filter((r) => r.turn === turn.turn.id).map((r) => r.id),
    tried: [...(turn.notes.tried ?? []), number],
  };
  await turn.note({ ...fresh, entry: { number, of, name } }, 'preparing');
}

/** `made`: delivered, or will be by the turn that looks after its render. `hopeless`: the others would end the same. */
type Outcome = 'made' | 'not-made' | 'hopeless';

async function attempt(
  turn: TurnContext,
  entry: BatchEntry,
  runOne: (turn: TurnContext, order: Order) => Promise<Ending>,
): Promise<Outcome> {
  try {
    const ending = await runOne(turn, entry.order);
    return ending === 'done' && turn.notes.exportWanted === true ? 'made' : 'not-made';
  } catch (error) {
    const unreachable = error instanceof ChatError && error.reason === 'unreachable';
    if (
      turn.signal.aborted ||
      error instanceof ClaimLost ||
      error instanceof Interrupted ||
      unreachable
    )
      throw error;
    await tellFailure(turn, error, { heading: turn.words.batchEntry(entry) });
    return concernsAccount(error) ? 'hopeless' : 'not-made';
  }
}

const concernsAccount = (error: unknown): boolean =>
  error instanceof CreditsExhausted ||
  error instanceof PlanBlocked ||
  error instanceof AccessExpired;

async function sumUp(turn: TurnContext, entries: readonly BatchEntry[]): Promise<Ending> {
  const { words, notes, job } = turn;
  const { rendering, lost } = await lateRenders(turn.deps.ledger, notes);
  const isMade = ({ number }: Entry) => notes.made?.includes(number) && !lost.includes(number);
  const made = entries.filter(isMade);
  const left = entries.filter((it) => !isMade(it));
  const late = made.filter(({ number }) => rendering.includes(number));
  // The draft is the one that was changed last, delivered or not.
  const last = entries.find(({ number }) => number === notes.made?.at(-1));
  const shown = notes.exportWanted ? notes.entry : last;
  const text = [
    left.length === 0 && late.length === 0
      ? words.batchDone(made.length)
      : words.batchPartly(made.length - late.length, entries.length),
    late.length > 0 ? words.batchLate(namesOf(late)) : undefined,
    left.length > 0 ? words.batchLeft(namesOf(left)) : undefined,
    shown && words.batchGoesOn(shown.name),
  ];
  await turn.say(
    {
      text: text.filter(Boolean).join('\n'),
      mention: [job.message.author.id],
      buttons: buttons(words, shown !== undefined, left.length > 0 ? turn.turn.id : undefined),
    },
    'batch-done',
  );
  if (left.length === 0) return 'done';
  return made.length > 0 ? 'needs-you' : 'failed';
}

const namesOf = (entries: readonly Entry[]): string[] => entries.map(({ name }) => name);
