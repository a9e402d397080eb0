/** The state in the database of the settings. */
import type { DatabasePlace } from '../runtime/database-place.ts';
import type { Log } from '../runtime/log.ts';
import type { KeyOptions } from './encryption.ts';
import type { State } from './state.ts';

export interface StateOptions extends KeyOptions {
  readonly database: DatabasePlace;
  readonly log: Log;
}

/** Rejects with `DatabaseUnusable`, or an `Error` that says what is wrong with the key. A driver is loaded where it is needed. */
export async function openState({ database, log, ...keys }: StateOptions): Promise<State> {
  if (database.kind === 'sqlite') {
    const { openSqliteState } = await import('./sqlite/open-state.ts');
    return openSqliteState({ ...keys, path: database.path });
  }
  const { openPostgresState } = await import('./postgres/open-state.ts');
  return await openPostgresState({
    ...keys,
    url: database.url,
    onLost: (error) => log.warn('a connection of the state to PostgreSQL was lost', { error }),
  });
}
