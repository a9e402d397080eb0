/** What a thread and the calendar month have used of the account, as far as it was measured. */
import type { Spent } from '../../ledger/ledger.ts';
import type { Words } from '../../locales/locale.ts';
import { type ThreadRef, threadKey } from '../../platforms/chat.ts';
import type { Deps } from '../turn-context.ts';

/** Undefined: nothing of it is known for certain. */
export async function usageText(
  { ledger, nemo, clock, rules }: Pick<Deps, 'ledger' | 'nemo' | 'clock' | 'rules'>,
  words: Words,
  thread: ThreadRef | undefined,
): Promise<string | undefined> {
  if (!rules.costNotes) return undefined;
  const since = startOfMonth(clock.now());
  const [here, month] = await Promise.all([
    thread && ledger.spent({ thread: threadKey(thread) }),
    ledger.spent({ account: nemo.account, since }),
  ]);
  const used = { thread: worthSaying(here), month: worthSaying(month) };
  return used.thread || used.month ? words.creditsUsed(used) : undefined;
}

const worthSaying = (spent: Spent | undefined): Spent | undefined =>
  spent && spent.credits > 0 ? spent : undefined;

/** Of the calendar month in the zone that `TZ` names, or the machine's. */
export function startOfMonth(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
}
