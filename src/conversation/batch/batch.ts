/**
 * Several videos from one message: one file after the other in the thread's session, each with its own
 * render. The turn is one, so that stop ends the rest and a restart goes on with the file it was at.
 */

import { posix } from 'node:path';
import { AccessExpired, CreditsExhausted, PlanBlocked } from '../../nemo/errors.ts';
import type { IncomingMessage } from '../../platforms/chat.ts';
import { buttons } from '../compose-answer.ts';
import type { BatchEntry } from '../job.ts';
import { shownName } from '../language/shown-name.ts';
import type { VideoRequest } from '../material/prepare.ts';
import { uniqueName } from '../material/unique-name.ts';
import type { Batch, BatchVideo } from '../notes.ts';
import type { Progress } from '../progress.ts';
import { batchLine, videosToMake } from '../status-lines.ts';
import type { Ending } from '../status-stage.ts';
import { tellFailure } from '../tell-error.ts';
import type { TurnContext } from '../turn-context.ts';
import { lateRenders } from './late-renders.ts';
import { splitBatch } from './split-batch.ts';

/** None: the message asks for one video. */
export function listVideos(message: IncomingMessage): BatchVideo[] {
  const files = filesOf(message);
  const { text, each } = message;
  const items = splitBatch({ text, each, files }) ?? [];
  const names = titles(items.map((item) => files[item.files[0]]?.name ?? ''));
  return items.map(({ instruction, forAll, files: own }, index) => ({
    number: index + 1,
    of: items.length,
    name: names[index] ?? '',
    instruction,
    forAll,
    files: own.flatMap((at) => files[at]?.id ?? []),
  }));
}

/** What one video of a batch is made of. */
export function orderOf(message: IncomingMessage, video: BatchVideo): VideoRequest {
  const { instruction, files, number, of, forAll } = video;
  return {
    separate: { number, of, forAll },
    message: {
      ...message,
      text: instruction,
      attachments: files.flatMap((id) => filesOf(message).find((file) => file.id === id) ?? []),
      ...(message.quoted ? { quoted: { ...message.quoted, attachments: [] } } : {}),
    },
  };
}

const filesOf = ({ quoted, attachments }: IncomingMessage) => [
  ...(quoted?.attachments ?? []),
  ...attachments,
];

/** How many videos a message asks for. */
export const videosIn = (message: IncomingMessage): number => listVideos(message).length || 1;

/** What the videos are called: the files' names without their endings, told apart where they are equal. */
function titles(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const title = uniqueName(shownName(posix.parse(name).name) || 'video', taken);
    taken.add(title);
    return title;
  });
}

const isMade = ({ made }: Batch, { number }: BatchEntry): boolean => made.includes(number);

/** What a turn has to go on with, once it is about several. */
function batchOf({ notes }: TurnContext): { videos: readonly BatchVideo[]; batch: Batch } {
  const { videos, batch } = notes;
  if (!videos || !batch) throw new Error('a batch without its videos');
  return { videos, batch };
}

/** Which videos will be made, before the first of them is begun. */
export async function announceBatch(turn: TurnContext, progress: Progress): Promise<void> {
  const { batch } = batchOf(turn);
  const isInStatus = batchLine(turn) !== undefined;
  if (!isInStatus) {
    await turn.say({ text: turn.words.batchVideos(videosToMake(turn.notes)) }, 'batch-plan');
    await progress.said();
  }
  await turn.note({ batch: { ...batch, announced: true } });
  if (isInStatus) progress.show({ type: 'working' });
}

/** The phase forgets the video before, so that a crash from here on belongs to this one. */
export async function nextOfBatch(turn: TurnContext, wanted: number): Promise<void> {
  const { videos, batch } = batchOf(turn);
  const video = videos.find(({ number }) => number === wanted);
  if (!video) throw new Error(`there is no video ${wanted} in the batch`);
  const { number, of, name } = video;
  const renders = await turn.deps.ledger.renders(turn.turn.thread);
  await turn.enter({
    phase: 'preparing',
    held: undefined,
    batch: {
      ...batch,
      entry: { number, of, name },
      over: undefined,
      pastRenders: renders.filter((r) => r.turn === turn.turn.id).map((r) => r.id),
      tried: [...batch.tried, number],
    },
  });
}

/** `made`: delivered, or will be by the turn that looks after its render. `hopeless`: the others would end the same. */
export async function closeEntry(
  turn: TurnContext,
  over: 'made' | 'not-made' | 'hopeless',
): Promise<void> {
  const { batch } = batchOf(turn);
  const { entry, made } = batch;
  if (entry) await sayHeld(turn.part(`${entry.number}`));
  const now = entry && over === 'made' ? [...made, entry.number] : made;
  await turn.note({ batch: { ...batch, over, made: now } });
}

/** What no video has brought along: it was stopped, or came to nothing. In the part of that video. */
export async function sayHeld(turn: TurnContext): Promise<void> {
  const { held, batch } = turn.notes;
  if (held === undefined || !batch?.entry) return;
  const { entry } = batch;
  const text = `${turn.words.batchAbout(entry)}\n\n${held}`;
  await turn.say({ text }, 'answer');
  await turn.note({ held: undefined });
}

/** One that fails is told and does not stop the others. */
export async function failEntry(
  turn: TurnContext,
  entry: BatchEntry,
  error: unknown,
): Promise<void> {
  await sayHeld(turn);
  await tellFailure(turn, error, { heading: turn.words.batchEntry(entry) });
  await closeEntry(turn, concernsAccount(error) ? 'hopeless' : 'not-made');
}

const concernsAccount = (error: unknown): boolean =>
  error instanceof CreditsExhausted ||
  error instanceof PlanBlocked ||
  error instanceof AccessExpired;

export async function sumUp(turn: TurnContext): Promise<Ending> {
  const { words, notes, job } = turn;
  const { videos: entries, batch } = batchOf(turn);
  const { rendering, lost } = await lateRenders(turn.deps.ledger, batch);
  const isThere = (it: BatchEntry) => isMade(batch, it) && !lost.includes(it.number);
  const made = entries.filter(isThere);
  const left = entries.filter((it) => !isThere(it));
  const late = made.filter(({ number }) => rendering.includes(number));
  // The draft is the one that was changed last, delivered or not.
  const last = entries.find(({ number }) => number === batch.made.at(-1));
  const isExported = 'said' in notes && notes.said?.exportWanted === true;
  const shown = isExported ? batch.entry : last;
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

const namesOf = (entries: readonly BatchEntry[]): string[] => entries.map(({ name }) => name);
