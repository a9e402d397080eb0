/**
 * Small durable state beside the ledger: preferences, installations, the anonymous account. Values are checked against their schema on the way out; a store that fails rejects, and
 * never reads as "not there".
 */
import type { z } from 'zod';

export interface StateMap<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
  /** Of all that begin so. */
  keys(prefix: string): Promise<readonly string[]>;
  /**
   * Compare and set, in one step for all processes: true where the stored value was still `was` (undefined: there was none),
   * and is `next` from now on (undefined: it is deleted).
   */
  swap(key: string, was: T | undefined, next: T | undefined): Promise<boolean>;
}

export interface MapOptions {
  /** Encrypted at rest (AES-256-GCM under ENCRYPTION_KEY). */
  readonly secret?: boolean;
  /** Forgotten after so many milliseconds without being written. */
  readonly ttlMs?: number;
}

export interface State {
  /** `name` is part of the stored key: one name, one schema. */
  map<T>(name: string, schema: z.ZodType<T>, options?: MapOptions): StateMap<T>;
  close(): Promise<void>;
}

/** The store did not answer or holds something unreadable. */
export class StateUnavailable extends Error {
  override name = 'StateUnavailable';
}
