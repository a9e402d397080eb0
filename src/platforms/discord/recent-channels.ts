/**
 * Where the bot has been used lately, and when it last heard the gateway: what must be looked through
 * for missed messages after it was away. Bounded lists; written only when they change.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { ThreadRef } from '../chat.ts';

export interface Used {
  note(ref: ThreadRef): Promise<void>;
  /** Channels of a server, or of direct messages (`dm`), newest first. */
  channels(workspace: string): Promise<readonly string[]>;
  /** Epoch milliseconds at which these shards were last known to hear; undefined before their first time. */
  heardAt(shards: string): Promise<number | undefined>;
  hear(shards: string, at: number): Promise<void>;
}

const channelsShape = z.array(z.string());
const timeShape = z.number();

const MOST = 20;
const KEEP_MS = 30 * 86_400_000;

export function openUsed(state: State): Used {
  const channels = state.map('discord-used', channelsShape, { ttlMs: KEEP_MS });
  const heard = state.map('discord-heard', timeShape, { ttlMs: KEEP_MS });
  const listed = new LRUCache<string, readonly string[]>({ max: 500 });
  return {
    async note({ workspace, channel }) {
      if (listed.get(workspace)?.includes(channel)) return;
      for (;;) {
        const before = await channels.get(workspace);
        const isThere = before?.includes(channel) ?? false;
        const after = isThere ? (before ?? []) : [channel, ...(before ?? [])].slice(0, MOST);
        if (!isThere && !(await channels.swap(workspace, before, after))) continue;
        listed.set(workspace, after);
        return;
      }
    },
    channels: async (workspace) => (await channels.get(workspace)) ?? [],
    heardAt: (shards) => heard.get(shards),
    hear: (shards, at) => heard.set(shards, at),
  };
}
