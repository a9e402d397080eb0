/** The credits as they were a moment ago, for what shows them unasked: many looks at once are one question to the backend. */

import { shareWork } from '../nemo/account.ts';
import type { Credits, Nemo } from '../nemo/nemo.ts';
import { type Clock, machineTimers, type Timers } from '../runtime/clock.ts';
import { withDeadline } from '../runtime/deadline.ts';

export interface Balance {
  of(signal: AbortSignal): Promise<Credits>;
  /** Something may have been spent: the next who asks is told the new figure. */
  spent(): void;
}

/** Product milliseconds. */
const FRESH_MS = 15_000;
/** Real milliseconds for one question, whoever of those who wait for it leaves. */
const ASK_MS = 60_000;

export function openBalance(
  nemo: Pick<Nemo, 'credits'>,
  clock: Clock,
  timers: Timers = machineTimers,
): Balance {
  let known: { readonly credits: Credits; readonly at: number } | undefined;
  let spendings = 0;
  const ask = shareWork(async () => {
    const before = spendings;
    const credits = await withDeadline({ ms: ASK_MS, timers }, (signal) => nemo.credits(signal));
    if (before === spendings) known = { credits, at: clock.now() };
    return credits;
  });
  return {
    of: async (signal) =>
      known && clock.elapsed(known.at) < FRESH_MS ? known.credits : ask(signal),
    spent() {
      spendings += 1;
      known = undefined;
    },
  };
}
