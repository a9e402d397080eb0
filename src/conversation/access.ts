/** Who may use the bot, where, and how often. */
import type { Person } from '../platforms/chat.ts';
import type { Deps } from './turn-context.ts';
import type { Words } from './words/en.ts';

const DAY_MS = 86_400_000;

interface Visit {
  readonly author: Person;
  readonly workspace: string;
  /** Absent where the person is in none, as on a home page. */
  readonly channel?: string | undefined;
}

/** Undefined: welcome. Empty lists admit everybody. */
export function admits(
  { rules }: Pick<Deps, 'rules'>,
  { author, workspace, channel }: Visit,
): 'place' | 'person' | undefined {
  const allows = (list: readonly string[], id: string) => list.length === 0 || list.includes(id);
  if (!allows(rules.workspaces, workspace)) return 'place';
  if (channel !== undefined && !allows(rules.channels, channel)) return 'place';
  return allows(rules.users, author.id) || rules.admins.includes(author.id) ? undefined : 'person';
}

export const turnedAwayText = (words: Words, why: 'place' | 'person'): string =>
  why === 'place' ? words.notHerePlace : words.notForYou;

/**
 * How many requests the person may still make today. For what is sent to the agent: looking, stopping and
 * exporting are always free. Admins have no quota.
 */
export async function requestsLeft(
  { rules, ledger, clock }: Pick<Deps, 'rules' | 'ledger' | 'clock'>,
  person: Person,
): Promise<number> {
  if (rules.dailyTurns === 0 || rules.admins.includes(person.id)) return Number.POSITIVE_INFINITY;
  const used = await ledger.weightSince(person.id, clock.now() - DAY_MS);
  return Math.max(0, rules.dailyTurns - used);
}

/** By the operator's list, or because the platform says so of the place. */
export const isAdmin = ({ rules }: Pick<Deps, 'rules'>, person: Person): boolean =>
  Boolean(person.admin) || rules.admins.includes(person.id);
