/** A person's latest projects: what a slash command without a thread means, and what a home page lists. */

import { z } from 'zod';
import type { KnownThread, Ledger } from '../ledger/ledger.ts';
import { type Place, type ThreadRef, threadKey } from '../platforms/chat.ts';

export interface RecentThread {
  readonly thread: ThreadRef;
  /** First words of the project. */
  readonly name: string;
  readonly at: number;
}

const MOST = 20;

export interface RecentThreads {
  /** Newest first. */
  of(workspace: string, person: string): Promise<readonly RecentThread[]>;
  /** The newest in that channel, and the newest anywhere in its workspace. */
  newest(place: Place, person: string): Promise<readonly ThreadRef[]>;
  /** Has the person ever asked for something in it? */
  tookPart(thread: ThreadRef, person: string): Promise<boolean>;
}

export function openRecentThreads(ledger: Pick<Ledger, 'recent' | 'tookPart'>): RecentThreads {
  return {
    async of(workspace, person) {
      const known = await ledger.recent({ workspace, person, limit: MOST });
      return known.map((each) => ({
        thread: refOf(each),
        name: each.name,
        at: each.touchedAt,
      }));
    },

    async newest({ platform, workspace, channel }, person) {
      const query = { platform, workspace, person, limit: 1 };
      const [here] = await ledger.recent({ ...query, channel });
      const [anywhere] = await ledger.recent(query);
      const found = here?.key === anywhere?.key ? [here] : [here, anywhere];
      return found.filter((each) => each !== undefined).map(refOf);
    },

    tookPart: (thread, person) => ledger.tookPart(threadKey(thread), person),
  };
}

const platformName = z.enum(['slack', 'discord', 'web']);

const refOf = ({ platform, workspace, channel, ref }: KnownThread): ThreadRef => ({
  platform: platformName.parse(platform),
  workspace,
  channel,
  thread: ref,
});

export const sameThread = (a: ThreadRef, b: ThreadRef): boolean =>
  a.platform === b.platform &&
  a.workspace === b.workspace &&
  a.channel === b.channel &&
  a.thread === b.thread;
