/** A person's latest projects: what a slash command without a thread means, and what a home page lists. */

import { z } from 'zod';
import type { IncomingMessage, ThreadRef } from '../platforms/chat.ts';
import type { State } from '../state/state.ts';
import { shownName } from './language/shown-name.ts';

const entry = z.object({
  thread: z.object({
    platform: z.enum(['slack', 'discord', 'web']),
    workspace: z.string(),
    channel: z.string(),
    thread: z.string(),
  }),
  /** First words of the project. */
  name: z.string(),
  at: z.number(),
});
export type RecentThread = z.infer<typeof entry>;

const MOST = 20;

export interface RecentThreads {
  touch(message: IncomingMessage): Promise<void>;
  /** Newest first. */
  of(workspace: string, person: string): Promise<readonly RecentThread[]>;
}

export function openRecentThreads(state: State): RecentThreads {
  const map = state.map('recent', z.array(entry));
  const keyOf = (workspace: string, person: string) => `${workspace}:${person}`;
  const of = async (workspace: string, person: string) =>
    (await map.get(keyOf(workspace, person))) ?? [];
  return {
    of,
    async touch({ thread, author, text, sentAt }) {
      const list = await of(thread.workspace, author.id);
      const known = list.find((e) => sameThread(e.thread, thread));
      if (known && known === list[0]) return;
      const name = known?.name ?? shownName(text.trim().split('\n', 1)[0] ?? '');
      const rest = list.filter((e) => e !== known);
      await map.set(
        keyOf(thread.workspace, author.id),
        [{ thread, name, at: sentAt }, ...rest].slice(0, MOST),
      );
    },
  };
}

export const sameThread = (a: ThreadRef, b: ThreadRef): boolean =>
  a.platform === b.platform &&
  a.workspace === b.workspace &&
  a.channel === b.channel &&
  a.thread === b.thread;
