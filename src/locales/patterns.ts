/** What the patterns of every language are made of. */

/** Stands for one character of quoted text or code. */
export const BLANK = '\ue000';

/** What an instruction wants to be done, in our terms; `nothing` is only left out. */
export type Ask = 'export' | 'timeline' | 'credits' | 'nothing';

/** `named`: its own words tell what is asked. */
export type Instructions = readonly (readonly [verb: string, ask: Ask | 'named'])[];
export type Compiled = readonly (readonly [start: RegExp, ask: Ask | 'named'])[];

/**
 * Of words in lower case: patterns that ignore case take twice as long to be made ready. `lead`: what may stand in front,
 * where it cannot be told from the instruction.
 */
export const startingWith = (instructions: Instructions, lead = ''): Compiled =>
  instructions.map(([verb, ask]) => [new RegExp(`^${lead}(?:${verb})`, 'u'), ask]);

/** A height like 1080p, a width by a height, or the trade names of heights. */
export const HEIGHT = '(?:\\d{3,4} ?p?|\\d{3,4} ?[x×] ?\\d{3,4}|[248] ?k|full hd|fhd|uhd|qhd)';
export const HEIGHT_LABELLED =
  '(?:\\d{3,4} ?p|\\d{3,4} ?[x×] ?\\d{3,4}|[248] ?k|full hd|fhd|uhd|qhd)';

export const anyOf = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'iu');
