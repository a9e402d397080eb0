/** Texts that buttons stand for: too long for a custom id, kept so that old buttons go on working. */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { State } from '../../state/state.ts';

export interface Values {
  keep(values: ReadonlyMap<string, string>): Promise<void>;
  of(key: string): Promise<string | undefined>;
}

const KEEP_MS = 90 * 86_400_000;
/** A text that is posted again and again is written anew once a day at most. */
const REFRESH_MS = 86_400_000;

const text = z.string();

export function openValues(state: State): Values {
  const map = state.map('discord-value', text, { ttlMs: KEEP_MS });
  const written = new LRUCache<string, true>({ max: 500, ttl: REFRESH_MS, ttlResolution: 0 });
  return {
    async keep(values) {
      for (const [key, value] of values) {
        if (written.get(key)) continue;
        await map.set(key, value);
        written.set(key, true);
      }
    },
    of: (key) => map.get(key),
  };
}
