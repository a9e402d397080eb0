/** Wishes for a video that somebody wrote into a field of their own, besides its script. */

/** What is wished in free words. */
export const FREE_WISHES = ['language', 'voice', 'music', 'style'] as const;
export type FreeWish = (typeof FREE_WISHES)[number];

/** In characters: a wish is no second script. */
export const LONGEST_WISH = 200;

/** On one line, so that it stays the sentence it is put into; undefined where nothing was written. */
export function wishIn(written: string | undefined): string | undefined {
  const line = (written ?? '').slice(0, LONGEST_WISH).toWellFormed().replace(/\s+/g, ' ').trim();
  return line.replace(/[.。]$/u, '') || undefined;
}
