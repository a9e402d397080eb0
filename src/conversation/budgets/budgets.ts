/**
 * What may be spent in a calendar month (of `TZ`) in a workspace, in a channel, and by a person. What was measured
 * counts; where that was not possible, what such work usually takes, as far as that was learnt; else nothing.
 */
import type { Budget, BudgetPlace } from '../../ledger/ledger.ts';
import type { Person, Place, ThreadRef } from '../../platforms/chat.ts';
import type { BudgetLimits } from '../../settings/settings.ts';
import { payerOf, paysPrivately } from '../accounts/payer.ts';
import { startOfMonth } from '../cost/usage.ts';
import type { Task } from '../job.ts';
import type { Deps } from '../turn-context.ts';

/** `channel` is absent where the person is in none, as on a home page. */
type Somewhere = Omit<Place, 'channel'> & { readonly channel?: string | undefined };

/** What a request in that thread has to keep to: nothing where the person's own account pays for it. */
export async function budgetsFor(
  deps: Pick<Deps, 'rules' | 'clock' | 'accounts' | 'projects'>,
  thread: ThreadRef,
  person: Person,
): Promise<Budget[]> {
  const budgets = budgetsOf(deps, thread, person);
  if (budgets.length === 0) return budgets;
  const project = await deps.projects.of(thread);
  return paysPrivately(await payerOf(deps, thread, person, project, 'look')) ? [] : budgets;
}

/** Those that have a limit, the widest first. The operator's admins have none of their own; a place's holds for them, too. */
export function budgetsOf(
  deps: Pick<Deps, 'rules' | 'clock'>,
  place: Somewhere,
  person: Person,
): Budget[] {
  const limits = deps.rules.budgets;
  if (!hasLimits(limits)) return [];
  const { platform, workspace, channel } = place;
  const since = startOfMonth(deps.clock.now());
  const places: BudgetPlace[] = [
    { of: 'workspace', platform, workspace },
    ...(channel === undefined ? [] : [{ of: 'channel', platform, workspace, channel } as const]),
    ...(deps.rules.admins.includes(person.id)
      ? []
      : [{ of: 'person', platform, person: person.id } as const]),
  ];
  return places
    .map((it) => ({ ...it, since, limit: limits[it.of] }))
    .filter(({ limit }) => limit > 0);
}

export const hasLimits = ({ workspace, channel, person }: BudgetLimits): boolean =>
  workspace > 0 || channel > 0 || person > 0;

/** Work that the agent is asked for. Looking, stopping, exports and what is done about a plan cost nothing, and go on. */
export const mayCost = ({ type }: Task): boolean =>
  type === 'request' || type === 'retry' || type === 'make-plan';
