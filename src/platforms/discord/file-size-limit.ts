/** How large a file a place takes: told by interactions, by the server's boosts, and by refusals. */
import { LRUCache } from 'lru-cache';

const MIB = 1024 * 1024;
/** Without boosts; https://support.discord.com/hc/en-us/articles/25444343291031. */
const PLAIN = 10 * MIB;
const BY_TIER: readonly number[] = [PLAIN, PLAIN, 50 * MIB, 100 * MIB];
/** No place takes less; a smaller file that is refused says nothing about the next one. */
const LEAST = 8 * MIB;
/** What a refused size is taken to mean: the next smaller one of these. */
const STEPS: readonly number[] = [100 * MIB, 50 * MIB, 25 * MIB, PLAIN, LEAST];
/** Boosts come and go. */
const KEEP_MS = 3_600_000;

export interface FileLimits {
  /** Bytes that a file may have in this server (`dm` included). */
  of(workspace: string, premiumTier: number | undefined): number;
  /** No place has a limit below it. */
  fitsAnywhere(bytes: number): boolean;
  /** An interaction of that server said so. */
  told(workspace: string, bytes: number): void;
  /**
   * A file of that size was refused; gives the limit that is assumed from now on. Undefined: a file so
   * small can have been refused by mistake only.
   */
  refused(workspace: string, bytes: number): number | undefined;
}

export function createFileLimits(now: () => number): FileLimits {
  const known = new LRUCache<string, { bytes: number; refused: boolean }>({
    max: 1_000,
    ttl: KEEP_MS,
    ttlResolution: 0,
    perf: { now },
  });
  return {
    of: (workspace, premiumTier) =>
      known.get(workspace)?.bytes ?? BY_TIER[workspace === 'dm' ? 0 : (premiumTier ?? 0)] ?? PLAIN,
    fitsAnywhere: (bytes) => bytes <= LEAST,
    told(workspace, bytes) {
      // A person's own subscription may raise what an interaction says, not what the bot may send.
      const { bytes: before = bytes, refused = false } = known.get(workspace) ?? {};
      const limit = refused ? Math.min(bytes, before) : bytes;
      known.set(workspace, { bytes: Math.max(LEAST, limit), refused });
    },
    refused(workspace, bytes) {
      const limit = STEPS.find((step) => step < bytes);
      if (limit === undefined) return undefined;
      known.set(workspace, { bytes: limit, refused: true });
      return limit;
    },
  };
}
