/**
 * Rules that do not hold yet, each with a seed that shows it. Whoever cures one takes its line away; a
 * planted fault is found all the same, because it is compared with the same world without it.
 */
export interface Waiting {
  readonly rule: string;
  readonly seed: number;
  readonly why: string;
}

export const WAITING: readonly Waiting[] = [
  {
    rule: 'nothing is left hanging',
    seed: 329,
    why: 'a notice that is still on its way when it is to go is posted again to find it, and then stands there',
  },
  {
    rule: 'everything is said once',
    seed: 37,
    why: 'a failure told while the end could not be written is told again, without looking for the first',
  },
  {
    rule: 'nobody is given up for no reason',
    seed: 37,
    why: 'a store that cannot be written is told as "something went wrong" and ends the turn',
  },
  {
    rule: 'one delivery',
    seed: 16,
    why: 'an order whose answer was lost in a batch is told as a failure, though it was taken',
  },
];
