/** Names, languages and standing of people, as far as the workspace lets the app know them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../runtime/log.ts';
import { ChatError, type Person } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';
import { isMissing } from './errors.ts';

export interface People {
  /** Within a moment, or just the id: nobody waits for a name. */
  person(workspace: string, id: string): Promise<Person>;
  /** A bot's account, as far as Slack tells within a moment. */
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

interface CachedPerson {
  readonly person: Promise<Person>;
  /** Once it is there. */
  told?: Person;
  readonly until: number;
}

export function createPeople(calls: WebCalls, log: Log): People {
  const kept = new Map<string, CachedPerson>();
  /** Workspaces that do not grant users:read. */
  const closed = new Set<string>();
  /** Of those kept; apart from them, because a person goes on record with a message. */
  const bots = new Set<string>();

  function lookUp(workspace: string, id: string): Promise<Person> {
    const key = `${workspace}:${id}`;
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.person;
    const person = ask(workspace, id);
    const entry: CachedPerson = { person, until: Date.now() + KEPT_MS };
    kept.delete(key);
    kept.set(key, entry);
    person.then(
      (told) => {
        entry.told = told;
      },
      () => {},
    );
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return person;
  }

  async function ask(workspace: string, id: string): Promise<Person> {
    if (closed.has(workspace)) return { id };
    try {
      const { user } = await calls(
        workspace,
        (client, token) => client.users.info({ token, user: id, include_locale: true }),
        { attempts: 2 },
      );
      if (user?.is_bot) bots.add(`${workspace}:${id}`);
      return {
        id,
        name: user?.profile?.display_name || user?.real_name || user?.name,
        locale: user?.locale,
        // With Slack Connect people of other workspaces are here, too; what they administer is not this one.
        admin: (user?.is_admin ?? false) && (user?.team_id ?? workspace) === workspace,
      };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (isMissing(error)) closed.add(workspace);
      log.debug('Slack did not say who somebody is', { error });
      return { id };
    }
  }

  const soon = (workspace: string, id: string): Promise<Person> => {
    const moment = new AbortController();
    const asked = lookUp(workspace, id);
    const late = delay(MOMENT_MS, { id }, { signal: moment.signal }).catch(() => ({ id }));
    return Promise.race([asked, late]).finally(() => moment.abort());
  };

  const namesOf = (people: readonly (Person | undefined)[]): Names =>
    new Map(people.flatMap((one) => (one?.name ? [[one.id, one.name] as const] : [])));

  return {
    person: soon,
    async isBot(workspace, id) {
      await soon(workspace, id);
      return bots.has(`${workspace}:${id}`);
    },
    atHand(workspace, ids) {
      const told = ids.map((id) => kept.get(`${workspace}:${id}`)?.told);
      const unasked = !closed.has(workspace) && told.some((person) => person === undefined);
      return { names: namesOf(told), unasked };
    },
    async names(workspace, ids) {
      return namesOf(await Promise.all(ids.map((id) => soon(workspace, id))));
    },
  };
}
