/** A person's latest projects: what a slash command without a thread means, and what a home page lists. */
import type { KnownThread, Ledger } from '../ledger/ledger.ts';
import { type Place, type PlatformName, type ThreadRef, threadKey } from '../platforms/chat.ts';
import { NAMELESS } from './language/shown-name.ts';

export interface RecentThread {
  readonly thread: ThreadRef;
  /** First words of the project. */
  readonly name: string;
  readonly at: number;
}

export interface Around {
  readonly here: readonly RecentThread[];
  readonly elsewhere: readonly RecentThread[];
}

const MOST = 20;
/** As many as a person can take in at a glance. */
const MOST_AROUND = 5;

export interface RecentThreads {
  /** Newest first. */
  of(workspace: string, person: string): Promise<readonly RecentThread[]>;
  /** Those in that channel, and those in the rest of its workspace; newest first, a few of each. */
  around(place: Place, person: string): Promise<Around>;
  /** Has the person ever asked for something in it? */
  tookPart(thread: ThreadRef, person: string): Promise<boolean>;
}

/** A greeting opens a thread, too; it has no first words, and no session. */
const isBegun = ({ name, project }: KnownThread): boolean =>
  name !== undefined || project !== undefined;

/** Projects in platforms that are not `served` here are nobody's to choose from. */
export function openRecentThreads(
  ledger: Pick<Ledger, 'recent' | 'tookPart'>,
  served: readonly PlatformName[],
): RecentThreads {
  return {
    async of(workspace, person) {
      const known = await ledger.recent({ workspace, platforms: served, person, limit: MOST });
      return known.filter(isBegun).map(asRecent);
    },

    async around({ platform, workspace, channel }, person) {
      const query = { platforms: [platform], workspace, person, limit: MOST };
      const here = await ledger.recent({ ...query, channel });
      const all = await ledger.recent(query);
      const few = (list: readonly KnownThread[]) =>
        list.filter(isBegun).slice(0, MOST_AROUND).map(asRecent);
      return { here: few(here), elsewhere: few(all.filter((each) => each.channel !== channel)) };
    },

    tookPart: (thread, person) => ledger.tookPart(threadKey(thread), person),
  };
}

const asRecent = (known: KnownThread): RecentThread => ({
  thread: refOf(known),
  name: known.name ?? NAMELESS,
  at: known.touchedAt,
});

export const refOf = ({ platform, workspace, channel, ref }: KnownThread): ThreadRef => ({
  platform,
  workspace,
  channel,
  thread: ref,
});

export const sameThread = (a: ThreadRef, b: ThreadRef): boolean =>
  a.platform === b.platform &&
  a.workspace === b.workspace &&
  a.channel === b.channel &&
  a.thread === b.thread;
