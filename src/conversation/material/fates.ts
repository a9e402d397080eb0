/** What became of the files, a line for each: in the status message, or apart where they are many. */
import type { Fate } from '../notes.ts';
import type { Progress } from '../progress.ts';
import { fitStatus } from '../status-lines.ts';
import type { TurnContext } from '../turn-context.ts';
import { type FileResult, isUsed } from './file-result.ts';
import type { Fit } from './script-length.ts';

type Told = Omit<Fate, 'video'>;

export const fateOf = (file: FileResult): Told => ({
  line: file.line,
  isWrong: file.isCut === true || !(isUsed(file) || file.isTwin),
});

/** Nobody was asked, where the turn has no such wish noted. */
export const fateOfScript = (
  { words, notes }: TurnContext,
  fit: Fit,
  taken: number,
  length: number,
): Told => ({ line: words.scriptFits(fit, taken, length), isWrong: notes.fit === undefined });

/** Before the long work begins. */
export async function tellFates(
  turn: TurnContext,
  progress: Progress,
  fates: readonly Told[],
): Promise<void> {
  const video = turn.notes.batch?.entry?.number;
  const earlier = turn.notes.fates ?? [];
  const others = earlier.filter((fate) => fate.video !== video);
  if (fates.length === 0 && others.length === earlier.length) return;
  const all = [...others, ...fates.map((fate) => ({ ...fate, video }))];
  if (fitStatus(turn.notes, all)) await turn.note({ fates: all });
  else {
    await turn.say({ text: fates.map(({ line }) => line).join('\n') }, 'files');
    await progress.said();
  }
  progress.show({ type: 'working' });
}
