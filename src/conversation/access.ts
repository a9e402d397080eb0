/** Who may use the bot, where, and how often. */
import type { Cap, Counts } from '../ledger/ledger.ts';
import type { Words } from '../locales/locale.ts';
import type { ButtonAction, CommandName, Person, Place, PlatformName } from '../platforms/chat.ts';
import type { Task } from './job.ts';
import type { Deps } from './turn-context.ts';

interface Visit {
  readonly author: Person;
  readonly platform: PlatformName;
  readonly workspace: string;
  /** Absent where the person is in none, as on a home page. */
  readonly channel?: string | undefined;
}

/**
 * Undefined: welcome. Empty lists of the settings admit everybody; what an admin denies while the bot runs counts for
 * more than what they allow, and what an admin allows for more than that they do not name it.
 */
export async function admits(
  { rules, desk }: Pick<Deps, 'rules' | 'desk'>,
  { author, platform, workspace, channel }: Visit,
): Promise<'place' | 'person' | undefined> {
  const allows = (list: readonly string[], id: string) => list.length === 0 || list.includes(id);
  if (!allows(rules.workspaces, workspace)) return 'place';
  const { channel: places, person: people } = (await desk.of({ platform, workspace })).rules;
  if (channel !== undefined) {
    const isListed = allows(rules.channels, channel) || places.allowed.includes(channel);
    if (!isListed || places.denied.includes(channel)) return 'place';
  }
  if (rules.admins.includes(author.id)) return undefined;
  const isListed = allows(rules.users, author.id) || people.allowed.includes(author.id);
  return isListed && !people.denied.includes(author.id) ? undefined : 'person';
}

/** By the command, and by the buttons under its answer. */
const DESK: ReadonlySet<CommandName | ButtonAction> = new Set(['admin', 'desk']);

/** The same of a command or a press. An admin who has denied the channel can undo that in it. */
export async function admitsTo(
  deps: Pick<Deps, 'rules' | 'desk'>,
  what: CommandName | ButtonAction,
  { channel, ...visit }: Visit,
): Promise<'place' | 'person' | undefined> {
  const isAtDesk = DESK.has(what) && isAdmin(deps, visit.author);
  return admits(deps, isAtDesk ? visit : { ...visit, channel });
}

export const turnedAwayText = (words: Words, why: TurnedAway): string =>
  ({ place: words.notHerePlace, person: words.notForYou, paused: words.admin.paused })[why];

/**
 * What the person may ask for today: so many requests to the agent, and so many exports besides them.
 * Looking and stopping are always free. Admins have no quota.
 */
export function capsOf({ rules, clock }: Pick<Deps, 'rules' | 'clock'>, person: Person): Cap[] {
  if (rules.admins.includes(person.id)) return [];
  const caps = [
    { counts: 'requests', limit: rules.dailyTurns },
    { counts: 'exports', limit: rules.dailyExports },
  ] as const;
  const asked = caps.filter(({ limit }) => limit > 0);
  // The calendar is costly, and most have no quota.
  if (asked.length === 0) return [];
  const since = startOfDay(clock.now());
  return asked.map((cap) => ({ ...cap, since }));
}

/** How many requests the person may still make today, as far as it is on record. */
export async function requestsLeft(
  deps: Pick<Deps, 'rules' | 'clock' | 'ledger'>,
  person: Person,
): Promise<number> {
  const cap = capsOf(deps, person).find(({ counts }) => counts === 'requests');
  if (!cap) return Number.POSITIVE_INFINITY;
  return Math.max(0, cap.limit - (await deps.ledger.used({ ...cap, requester: person.id })));
}

/** The one that `TZ` names, or the machine's. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Of the calendar day in that zone. */
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** By the operator's list, or because the platform says so of the place. */
export const isAdmin = ({ rules }: Pick<Deps, 'rules'>, person: Person): boolean =>
  Boolean(person.admin) || rules.admins.includes(person.id);

/** Whose word counts in all workspaces. */
export const isOperator = (
  { rules, platforms }: Pick<Deps, 'rules' | 'platforms'>,
  person: Person,
  { platform }: Pick<Place, 'platform'>,
): boolean =>
  rules.admins.includes(person.id) ||
  (Boolean(person.admin) && Boolean(platforms.get(platform)?.isOperatorsOwn));

type TurnedAway = Extract<Task, { type: 'turned-away' }>['why'];

export type QuotaTask = Extract<Task, { type: 'quota' }>;

/** What its person reads in place of it, where only `left` are left. */
export const overQuota = (
  { counts = 'requests', weight: wanted }: { counts?: Counts | undefined; weight: number },
  left: number,
): QuotaTask => ({ type: 'quota', wanted, left, counts });
