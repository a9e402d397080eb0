/** What the doctor finds of the database, either kind. Nothing stored is changed. */
import type { Finding } from '../runtime/finding.ts';
import { cipherOf, type KeyOptions } from './encryption.ts';
import type { StateOptions } from './open-state.ts';

export async function checkDatabase(
  options: KeyOptions & Pick<StateOptions, 'database'>,
): Promise<readonly Finding[]> {
  const { database, ...keys } = options;
  try {
    const cipher = cipherOf(keys);
    if (database.kind === 'sqlite') {
      const { checkSqlite } = await import('./sqlite/check-file.ts');
      return checkSqlite(database.path, cipher);
    }
    const { checkPostgres } = await import('./postgres/check-server.ts');
    return await checkPostgres(database.url, cipher);
  } catch (error) {
    return [{ ok: false, what: error instanceof Error ? error.message : String(error) }];
  }
}
