/** Where the workers of a world keep their record: what differs between SQLite and PostgreSQL, for the world around it. */
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { State } from '../../src/state/state.ts';
import type { Books } from './books.ts';
import type { Worker, World } from './world.ts';

export const STORES = ['sqlite', 'postgres'] as const;
export type StoreName = (typeof STORES)[number];

/** What one process has open of it. */
export interface Opened {
  readonly ledger: Ledger;
  readonly state: State;
}

/** The database of one world. */
export interface Database {
  readonly books: Books;
  open(worker: Worker): Opened | Promise<Opened>;
  /**
   * Resolves when nothing is on its way between a worker and a server any more: only then may virtual time move. Undefined where
   * there is no server.
   */
  readonly rest: (() => Promise<void>) | undefined;
  remove(): void | Promise<void>;
}

export interface Store {
  readonly name: StoreName;
  newDatabase(): Promise<{ readonly place: string; serve(world: World): Database }>;
}
