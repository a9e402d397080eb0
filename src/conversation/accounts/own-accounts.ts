/**
 * NemoVideo accounts that people connect: one for a workspace, one for each person in it. Their tokens are kept
 * encrypted, all of a workspace under one key, so that they go with it in one stroke.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ownAccountId } from '../../nemo/account.ts';
import type { Place } from '../../platforms/chat.ts';
import { machineTimers, type Timers } from '../../runtime/clock.ts';
import type { State } from '../../state/state.ts';

export type Owner =
  | { readonly whose: 'workspace' }
  | { readonly whose: 'person'; readonly person: string };

export interface OwnAccount {
  /** Equal for equal tokens; tells nothing of them. */
  readonly id: string;
  readonly token: string;
}

export type Workspace = Pick<Place, 'platform' | 'workspace'>;

export interface OwnAccounts {
  /** False: there is no key to encrypt tokens with. */
  readonly canConnect: boolean;
  of(place: Workspace, owner: Owner): Promise<OwnAccount | undefined>;
  /** In place of the one before. False: there are too many in the workspace. */
  connect(place: Workspace, owner: Owner, token: string): Promise<boolean>;
  /** False: there was none. */
  disconnect(place: Workspace, owner: Owner): Promise<boolean>;
  /** All of the workspace, but those connected after that moment (epoch milliseconds). */
  forget(place: Workspace, until: number): Promise<void>;
}

/** In one workspace; a token has some hundred bytes. */
const MOST_PEOPLE = 1_000;
/** Real milliseconds after which what another process has written is seen here. */
const LIFE_MS = 2_000;

const account = z.object({ token: z.string(), at: z.number() });
const record = z.object({
  workspace: account.optional(),
  people: z.record(z.string(), account),
});
type Kept = z.infer<typeof record>;
const NONE: Kept = { people: {} };

/** `secrets`: whether the state can keep them. */
export function openOwnAccounts(
  state: State,
  secrets: boolean,
  timers: Pick<Timers, 'monotonic' | 'now'> = machineTimers,
): OwnAccounts {
  if (!secrets) return { ...NOWHERE };
  const map = state.map('own-accounts', record, { secret: true });
  const recent = new LRUCache<string, Kept>({
    max: 1_000,
    ttl: LIFE_MS,
    ttlResolution: 0,
    perf: { now: () => timers.monotonic() },
  });
  let writes = 0;
  const keyOf = ({ platform, workspace }: Workspace) => `${platform}:${workspace}`;

  async function read(place: Workspace): Promise<Kept> {
    const key = keyOf(place);
    const known = recent.get(key);
    if (known) return known;
    const before = writes;
    const found = (await map.get(key)) ?? NONE;
    // What was read while somebody wrote may be the old one.
    if (before === writes) recent.set(key, found);
    return found;
  }

  /** `next` undefined: it stays as it is. Gives whether anything was written. */
  async function change(
    place: Workspace,
    next: (kept: Kept) => Kept | undefined,
  ): Promise<boolean> {
    const key = keyOf(place);
    for (;;) {
      const was = await map.get(key);
      const changed = next(was ?? NONE);
      if (!changed) return false;
      const isEmpty = !changed.workspace && Object.keys(changed.people).length === 0;
      const isDone = await map.swap(key, was, isEmpty ? undefined : changed);
      writes += 1;
      recent.delete(key);
      if (isDone) return true;
    }
  }

  return {
    canConnect: true,
    async of(place, owner) {
      const found = accountIn(await read(place), owner);
      return found && { id: ownAccountId(found.token), token: found.token };
    },
    connect: (place, owner, token) =>
      change(place, (kept) => {
        const own = { token, at: timers.now() };
        if (owner.whose === 'workspace') return { ...kept, workspace: own };
        const people = { ...kept.people, [owner.person]: own };
        return Object.keys(people).length > MOST_PEOPLE ? undefined : { ...kept, people };
      }),
    disconnect: (place, owner) =>
      change(place, (kept) => {
        if (!accountIn(kept, owner)) return undefined;
        if (owner.whose === 'workspace') return { people: kept.people };
        const { [owner.person]: _, ...people } = kept.people;
        return { ...kept, people };
      }),
    async forget(place, until) {
      await change(place, ({ workspace, people }) => {
        const later = Object.entries(people).filter(([, { at }]) => at > until);
        const stays = workspace && workspace.at > until;
        if (later.length === Object.keys(people).length && Boolean(stays) === Boolean(workspace))
          return undefined;
        return { people: Object.fromEntries(later), ...(stays ? { workspace } : {}) };
      });
    },
  };
}

/** A name that every object has is nobody's. */
const accountIn = (kept: Kept, owner: Owner): z.infer<typeof account> | undefined =>
  owner.whose === 'workspace'
    ? kept.workspace
    : Object.hasOwn(kept.people, owner.person)
      ? kept.people[owner.person]
      : undefined;

const NOWHERE: OwnAccounts = {
  canConnect: false,
  of: async () => undefined,
  connect: async () => false,
  disconnect: async () => false,
  forget: async () => {},
};
