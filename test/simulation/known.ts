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
    rule: 'nothing is rendered twice',
    seed: 1,
    why: 'an export of a cut that is delivered already, or under way, orders another render',
  },
  {
    rule: 'nothing is left hanging',
    seed: 7,
    why: 'a notice that its worker did not live to note; a last edit that came while the chat was away',
  },
  {
    rule: 'everything is said once',
    seed: 8,
    why: 'a failure told while the end could not be written is told again, without looking for the first',
  },
  {
    rule: 'nobody is given up for no reason',
    seed: 8,
    why: 'a store that cannot be written is told as "something went wrong" and ends the turn',
  },
  {
    rule: 'one delivery',
    seed: 33,
    why: 'a render whose turn failed meanwhile is looked after by nobody',
  },
];
