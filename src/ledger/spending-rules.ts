/** What a turn is certain to have spent: of every store, on facts that it has read. */
import type { BudgetUse, Measured } from './ledger.ts';

/** Spendings are kept so long at least, so that those of a calendar month can be told. */
export const KEPT_MS = 32 * 86_400_000;

/** Stands for what is not known of a thread any more, or never was; belongs to no account. */
export const NO_ACCOUNT = '';
export const tombOf = (thread: string): string => `before:${thread}`;

export interface SpendingFacts {
  /** Somebody else spent of the account in between, or another worker of the same turn. */
  readonly shared: boolean;
  /** Its time was over: who began after that did not hear of it. */
  readonly late: boolean;
  /** The balance after the spending before it, where that one is certain. */
  readonly before: number | undefined;
}

export function certainCredits(
  { shared, late, before }: SpendingFacts,
  measured: Measured | undefined,
): number | undefined {
  if (measured === 'nothing') return 0;
  if (!measured || shared || late) return undefined;
  const { was, is } = measured;
  // Something was taken between the two that nobody here asked for: it may be taking still.
  if (before !== undefined && was < before) return undefined;
  // More than before: somebody has topped up, and what was spent besides cannot be told.
  return is > was ? undefined : hundredths(was - is);
}

/** Of a budget, as it is summed up. */
export const knownUse = (sums: {
  readonly credits: number;
  readonly expected: number;
  readonly unknown: number;
}): BudgetUse => ({
  credits: hundredths(sums.credits),
  expected: hundredths(sums.expected),
  complete: sums.unknown === 0,
});

const hundredths = (credits: number): number => Math.round(credits * 100) / 100;
