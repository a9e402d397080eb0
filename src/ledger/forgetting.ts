/** The part of the ledger's port by which records are found, and forgotten, by whose they are. */
import type { ThreadKey } from '../runtime/ids.ts';
import type { Turn } from './ledger.ts';

/** Whose records are meant: of a thread, or one person's part of it; of a person in a platform; of a workspace. */
export type Scope =
  | { readonly thread: ThreadKey; readonly person?: string | undefined }
  | { readonly platform: string; readonly person: string }
  | { readonly platform: string; readonly workspace: string };

/** How much is on record. */
export interface OnRecord {
  readonly threads: number;
  readonly turns: number;
  readonly renders: number;
}

export interface Forgetting {
  onRecord(scope: Scope): Promise<OnRecord>;
  /** Threads with something of it, by their keys; those behind `after`. */
  threadsOf(scope: Scope, after: string, limit: number): Promise<readonly ThreadKey[]>;
  /** Its turns of any lane, finished or not, in their order; those behind the order `after`. */
  turnsOf(scope: Scope, after: number, limit: number): Promise<readonly Turn[]>;
  /** Those of them that have not ended, a bounded number. */
  openOf(scope: Scope): Promise<readonly Turn[]>;
  /**
   * Forgets a thread, or one person's part of it; the whole of it where nobody else has taken part. What is unfinished
   * ends with it, and who is at work on it loses the claim. Of each turn its key stays, so that an event that is told
   * again makes none, and for two days what it counts for in its person's quota. What was spent stays as a number that is
   * nobody's. In pieces of a bounded size; the last one takes the thread's own row.
   */
  erase(thread: ThreadKey, person?: string): Promise<void>;
}

/** In the place of a thread, or a person, that was forgotten. No key and no id of a platform's looks like this. */
export const FORGOTTEN = '(forgotten)';

/** So long a forgotten turn still says whose it was, where it counts in a quota: else forgetting would give one back. */
export const QUOTA_KEPT_MS = 2 * 86_400_000;

/** Rows per transaction. */
export const ERASE_BATCH = 500;
export const MOST_OPEN = 500;

/** Keys of the threads of a workspace lie from the first of these up to the second. */
export const keysOf = (platform: string, workspace: string): readonly [string, string] => {
  const place = `${platform}:${workspace}`;
  return [`${place}:`, `${place};`];
};
