/** What is said of budgets: how much is used, and whom to ask where one is used up. */
import type { Budget, BudgetUse } from '../../ledger/ledger.ts';
import type { Words } from '../../locales/locale.ts';
import type { OutgoingMessage, Person, Place, PlatformName } from '../../platforms/chat.ts';
import { timeZone } from '../access.ts';
import { paysPrivately } from '../accounts/payer.ts';
import type { Task } from '../job.ts';
import type { Deps } from '../turn-context.ts';
import { budgetsOf } from './budgets.ts';

export type BudgetTask = Extract<Task, { type: 'budget' }>;

/** So many admins are named at most. */
const MOST_NAMED = 3;

export const usedUp = ({ of, limit }: Budget, used: BudgetUse): BudgetTask => ({
  type: 'budget',
  of,
  limit,
  ...used,
});

/** With the operator's admins in front, as far as they are people of this platform. */
export function usedUpMessage(
  deps: Pick<Deps, 'rules' | 'platforms'>,
  words: Words,
  task: BudgetTask,
  platform: PlatformName,
): OutgoingMessage {
  const mention = adminsOn(deps, platform);
  const zone = timeZone();
  return {
    text: words.budgets.usedUp({ ...task, zone, named: mention.length }),
    ...(mention.length > 0 ? { mention } : {}),
  };
}

/** None where the platform cannot tell its people by their ids. */
export function adminsOn(
  { rules, platforms }: Pick<Deps, 'rules' | 'platforms'>,
  platform: PlatformName,
): string[] {
  const mayBe = platforms.get(platform)?.mayBePerson;
  return mayBe ? rules.admins.filter(mayBe).slice(0, MOST_NAMED) : [];
}

/** A line for each budget that holds here for that person; undefined where none does, or where the person's own account pays. */
export async function budgetText(
  deps: Pick<Deps, 'rules' | 'clock' | 'ledger' | 'payer'>,
  words: Words,
  place: Omit<Place, 'channel'> & { readonly channel?: string | undefined },
  person: Person,
): Promise<string | undefined> {
  if (paysPrivately(deps.payer)) return undefined;
  const budgets = budgetsOf(deps, place, person);
  if (budgets.length === 0) return undefined;
  const lines = await Promise.all(
    budgets.map(async ({ since, limit, ...it }) =>
      words.budgets.state({ of: it.of, limit, ...(await deps.ledger.budgetUse(it, since)) }),
    ),
  );
  return lines.join('\n');
}
