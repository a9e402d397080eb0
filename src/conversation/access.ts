/** Who may use the bot, where, and how often. */
import type { Cap } from '../ledger/ledger.ts';
import type { Person } from '../platforms/chat.ts';
import type { Deps } from './turn-context.ts';

interface Visit {
  readonly author: Person;
  readonly workspace: string;
  readonly channel: string;
}

/** Undefined: welcome. Empty lists admit everybody. */
export function admits(
  { rules }: Pick<Deps, 'rules'>,
  { author, workspace, channel }: Visit,
): 'place' | 'person' | undefined {
  const allows = (list: readonly string[], id: string) => list.length === 0 || list.includes(id);
  if (!allows(rules.workspaces, workspace) || !allows(rules.channels, channel)) return 'place';
  return allows(rules.users, author.id) || rules.admins.includes(author.id) ? undefined : 'person';
}

/**
 * What the person may ask for today: so many requests to the agent, and so many exports besides them.
 * Looking and stopping are always free. Admins have no quota.
 */
export function capsOf({ rules, clock }: Pick<Deps, 'rules' | 'clock'>, person: Person): Cap[] {
  if (rules.admins.includes(person.id)) return [];
  const since = startOfDay(clock.now());
  const caps = [
    { counts: 'requests', since, limit: rules.dailyTurns },
    { counts: 'exports', since, limit: rules.dailyExports },
  ] as const;
  return caps.filter(({ limit }) => limit > 0);
}

/** The one that `TZ` names, or the machine's. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Of the calendar day in that zone. */
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** By the operator's list, or because the platform says so of the place. */
export const isAdmin = ({ rules }: Pick<Deps, 'rules'>, person: Person): boolean =>
  Boolean(person.admin) || rules.admins.includes(person.id);
