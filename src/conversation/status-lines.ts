/** What stands in the status message below its first line: what would else be messages of its own. */
import type { Common, Fate } from './notes.ts';
import type { TurnContext } from './turn-context.ts';

/** In characters, of each of the two. A status is read at a glance, and every place takes so much in one message. */
const MOST_CHARS = 800;

/** While the turn is at work. */
export function linesAtWork(turn: TurnContext): readonly string[] {
  const { lowCredits, batch } = turn.notes;
  const plan = batch?.announced ? batchLine(turn) : undefined;
  return [
    ...(lowCredits === undefined ? [] : [turn.words.creditsLow(lowCredits)]),
    ...(plan === undefined ? [] : [plan]),
    ...linesAtEnd(turn),
  ];
}

/** What became of the files is true at the end, too. */
export const linesAtEnd = ({
  notes,
  deps,
}: Pick<TurnContext, 'notes' | 'deps'>): readonly string[] =>
  (notes.fates ?? []).map(({ line }) => deps.redact(line));

/** Which videos will be made; undefined where that needs a message of its own. */
export function batchLine({
  notes,
  words,
}: Pick<TurnContext, 'notes' | 'words'>): string | undefined {
  const text = words.batchVideos(videosToMake(notes));
  return isShown(notes) && text.length <= MOST_CHARS ? text : undefined;
}

/** Those that an earlier turn has made are not made once more. */
export const videosToMake = ({ videos = [], batch }: Common) =>
  videos.filter(({ number }) => !batch?.made.includes(number) || batch.tried.includes(number));

/** Whether they can stand there. */
export const fitStatus = (notes: Common, fates: readonly Fate[]): boolean =>
  isShown(notes) && fates.reduce((sum, { line }) => sum + line.length + 1, 0) <= MOST_CHARS;

/** It went to its person directly where the place took nothing more: then it cannot be edited. */
const isShown = ({ statusId }: Common): boolean => typeof statusId === 'string';

/** Of what the turn works on, a video of a batch or its only one: the files with which something is wrong. */
export function wrongLines({ notes }: Pick<TurnContext, 'notes'>): readonly string[] {
  const video = notes.batch?.entry?.number;
  return (notes.fates ?? []).flatMap((it) => (it.isWrong && it.video === video ? it.line : []));
}
