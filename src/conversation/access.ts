/** Who may use the bot, where, and how often. */
import type { IncomingMessage, Person } from '../platforms/chat.ts';
import type { Deps } from './turn-context.ts';

const DAY_MS = 86_400_000;

interface Visit {
  readonly author: Person;
  readonly workspace: string;
  readonly channel: string;
}

/** Undefined: welcome. Empty lists admit everybody; admins have no quota. */
export async function admits(
  { rules, ledger, clock }: Pick<Deps, 'rules' | 'ledger' | 'clock'>,
  visit: Visit | IncomingMessage,
): Promise<'place' | 'person' | 'quota' | undefined> {
  const { workspace, channel } = 'thread' in visit ? visit.thread : visit;
  const allows = (list: readonly string[], id: string) => list.length === 0 || list.includes(id);
  if (!allows(rules.workspaces, workspace) || !allows(rules.channels, channel)) return 'place';
  if (rules.admins.includes(visit.author.id)) return undefined;
  if (!allows(rules.users, visit.author.id)) return 'person';
  if (rules.dailyTurns === 0) return undefined;
  const today = await ledger.countSince(visit.author.id, clock.now() - DAY_MS);
  return today >= rules.dailyTurns ? 'quota' : undefined;
}

/** By the operator's list, or because the platform says so of the place. */
export const isAdmin = ({ rules }: Pick<Deps, 'rules'>, person: Person): boolean =>
  Boolean(person.admin) || rules.admins.includes(person.id);
