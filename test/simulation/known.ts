/**
 * Rules that do not hold yet, each with a seed that shows it. Whoever cures one takes its line away; a
 * planted fault is found all the same, because it is compared with the same world without it.
 */
export interface Waiting {
  readonly rule: string;
  readonly seed: number;
  readonly why: string;
}

export const WAITING: readonly Waiting[] = [];
