/** An export that was asked for by the number of a version, and the shape that it was wished to have. */
import type { Words } from '../../locales/locale.ts';
import type { Cut, VersionWish } from '../job.ts';
import type { TurnContext } from '../turn-context.ts';
import { shapeOf } from '../video-shape.ts';

/** Undefined: the cut as it is now was meant. */
export function versionWished({
  job,
  notes,
}: Pick<TurnContext, 'job' | 'notes'>): VersionWish | undefined {
  const { task } = job;
  if (task.type === 'export' || task.type === 'watch') return task.wish;
  const as = notes.repeats?.as;
  return as?.type === 'export' ? as.wish : undefined;
}

/** A render shows the draft as it is: what it cannot give is said. */
export function unmetShape(
  words: Words,
  wish: VersionWish | undefined,
  cut: Cut,
): string | undefined {
  const shape = shapeOf(cut);
  if (!wish?.shape || wish.shape === shape) return undefined;
  return words.versions.shapeStays(wish.version, wish.shape);
}
