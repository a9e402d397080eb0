/** A person's latest projects: what a slash command without a thread means, and what a home page lists. */
import { z } from 'zod';
import type { KnownThread, Ledger } from '../ledger/ledger.ts';
import type { Command, ThreadRef } from '../platforms/chat.ts';

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
  /** The newest in the command's channel, else the newest anywhere in the workspace. */
  latest(
    command: Pick<Command, 'workspace' | 'channel' | 'person'>,
  ): Promise<ThreadRef | undefined>;
}

export function openRecentThreads(ledger: Pick<Ledger, 'recent'>): RecentThreads {
  const newest = async (query: { workspace: string; person: string; channel?: string }) =>
    (await ledger.recent({ ...query, limit: 1 }))[0];
  return {
    async of(workspace, person) {
      const known = await ledger.recent({ workspace, person, limit: MOST });
      return known.map((each) => ({
        thread: refOf(each),
        name: each.name,
        at: each.touchedAt,
      }));
    },
    async latest({ workspace, channel, person: { id: person } }) {
      const here = await newest({ workspace, person, channel });
      const found = here ?? (await newest({ workspace, person }));
      return found && refOf(found);
    },
  };
}

const platformName = z.enum(['slack', 'discord', 'web']);

const refOf = ({ platform, workspace, channel, ref }: KnownThread): ThreadRef => ({
  platform: platformName.parse(platform),
  workspace,
  channel,
  thread: ref,
});
