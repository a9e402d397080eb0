/** What the state asks of a store: one table of it, SQLite's or PostgreSQL's. */
import type { KeyvStorageAdapter } from 'keyv';
import type { Cipher } from './encryption.ts';

/** Of Keyv's contract single values, no events, no iteration; and keys, and compare and set, as Keyv does not have them. */
export interface MapStore
  extends Pick<
    KeyvStorageAdapter,
    'namespace' | 'capabilities' | 'get' | 'set' | 'delete' | 'clear' | 'has'
  > {
  /** Of the rows that begin so and have not ended. */
  keys(prefix: string): Promise<string[]>;
  /**
   * Writes `next` (undefined: removes the row) where `isStill` says so of what is stored then, undefined for nothing. For all
   * processes this is one step. `isStill` only looks; it may be asked several times.
   */
  swap(
    key: string,
    isStill: (stored: string | undefined) => boolean,
    next: string | undefined,
  ): Promise<boolean>;
}

export interface MapStoreOptions {
  /** Values are encrypted by the store and not by Keyv, which does not tell its own cipher which record a value is of. */
  readonly cipher: Cipher | undefined;
  /** By the store's own clock, and not by Keyv's: processes on several machines share that one. */
  readonly ttlMs: number | undefined;
}

export interface StateStore {
  /** Keyv sets `namespace` on it, so each map needs one of its own; the table is shared. */
  map(options: MapStoreOptions): MapStore;
  close(): Promise<void>;
}
