/** Names, languages and standing of people, as far as the workspace lets the app know them. */
import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../runtime/log.ts';
import { ChatError, type Person } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { isMissing } from './errors.ts';

export interface People {
  /** Within a moment, or just the id: nobody waits for a name. */
  person(workspace: string, id: string): Promise<Person>;
  /** A bot's account, as far as Slack tells. */
  isBot(workspace: string, id: string): Promise<boolean>;
  /** The names that are at hand; `unasked`: somebody's is not, and Slack may tell it. */
  atHand(workspace: string, ids: readonly string[]): { names: Names; unasked: boolean };
  /** Names of these people; whoever is not known in time is left out. */
  names(workspace: string, ids: readonly string[]): Promise<Names>;
}

type Names = ReadonlyMap<string, string>;

const KEPT_MS = 15 * 60_000;
const MOST_KEPT = 1000;
/** Real milliseconds: a turn, or a person who looks at a form, waits no longer. */
const MOMENT_MS = 800;

/** A person goes on record with a message; what kind of account it is does not. */
interface Account {
  readonly person: Person;
  readonly isBot: boolean;
}

interface CachedPerson {
  readonly account: Promise<Account>;
  /** Once it is there. */
  told?: Person;
  readonly until: number;
}

export function createPeople(calls: WebCalls, log: Log): People {
  const kept = new Map<string, CachedPerson>();
  /** Workspaces that do not grant users:read; whoever installs the app anew may grant it. */
  const refusing = new LRUCache<string, true>({ max: MOST_KEPT, ttl: KEPT_MS });

  function lookUp(workspace: string, id: string): Promise<Account> {
    const key = `${workspace}:${id}`;
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.account;
    const account = ask(workspace, id);
    const entry: CachedPerson = { account, until: Date.now() + KEPT_MS };
    kept.delete(key);
    kept.set(key, entry);
    account.then(
      ({ person }) => {
        entry.told = person;
      },
      () => {},
    );
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return account;
  }

  async function ask(workspace: string, id: string): Promise<Account> {
    const stranger = { person: { id }, isBot: false };
    if (refusing.has(workspace)) return stranger;
    try {
      const { user } = await calls(
        workspace,
        (client, token) => client.users.info({ token, user: id, include_locale: true }),
        { attempts: 2 },
      );
      const person = {
        id,
        name: user?.profile?.display_name || user?.real_name || user?.name,
        locale: user?.locale,
        // With Slack Connect people of other workspaces are here, too; what they administer is not this one.
        admin: (user?.is_admin ?? false) && (user?.team_id ?? workspace) === workspace,
      };
      return { person, isBot: user?.is_bot === true };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (isMissing(error)) refusing.set(workspace, true);
      log.debug('Slack did not say who somebody is', { error });
      return stranger;
    }
  }

  const soon = (workspace: string, id: string): Promise<Person> => {
    const moment = new AbortController();
    const asked = lookUp(workspace, id).then(({ person }) => person);
    const late = delay(MOMENT_MS, { id }, { signal: moment.signal }).catch(() => ({ id }));
    return Promise.race([asked, late]).finally(() => moment.abort());
  };

  const namesOf = (people: readonly (Person | undefined)[]): Names =>
    new Map(people.flatMap((one) => (one?.name ? [[one.id, one.name] as const] : [])));

  return {
    person: soon,
    isBot: async (workspace, id) => (await lookUp(workspace, id)).isBot,
    atHand(workspace, ids) {
      const told = ids.map((id) => kept.get(`${workspace}:${id}`)?.told);
      const unasked = !refusing.has(workspace) && told.some((person) => person === undefined);
      return { names: namesOf(told), unasked };
    },
    async names(workspace, ids) {
      return namesOf(await Promise.all(ids.map((id) => soon(workspace, id))));
    },
  };
}
