/** The ledger in the database of the settings. */
import type { DatabasePlace } from '../runtime/database-place.ts';
import { DatabaseUnusable } from '../runtime/database-unusable.ts';
import type { Log } from '../runtime/log.ts';
import type { Ledger } from './ledger.ts';

export interface LedgerOptions {
  readonly database: DatabasePlace;
  /** Milliseconds after which a worker that was not heard of has lost its turns. */
  readonly leaseMs: number;
  readonly log: Log;
}

/** Rejects with `DatabaseUnusable`. A driver is loaded where it is needed. */
export async function openLedger({ database, leaseMs }: LedgerOptions): Promise<Ledger> {
  if (database.kind === 'sqlite') {
    const { openSqliteLedger } = await import('./sqlite/open-ledger.ts');
    return openSqliteLedger({ path: database.path, leaseMs });
  }
  throw new DatabaseUnusable(
    'The ledger cannot be kept in PostgreSQL yet: set DATABASE_URL=sqlite:…',
  );
}
