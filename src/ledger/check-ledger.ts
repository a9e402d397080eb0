/** What the doctor finds of the ledger, in either store. Nothing stored is changed. */
import type { DatabasePlace } from '../runtime/database-place.ts';
import { type Finding, wrong } from '../runtime/finding.ts';

export async function checkLedger(database: DatabasePlace): Promise<readonly Finding[]> {
  try {
    if (database.kind === 'sqlite') {
      const { checkSqliteLedger } = await import('./sqlite/check-file.ts');
      return checkSqliteLedger(database.path);
    }
    const { checkPostgresLedger } = await import('./postgres/check-server.ts');
    return await checkPostgresLedger(database.url);
  } catch (error) {
    return [
      wrong(
        error instanceof Error ? error.message : String(error),
        'check DATABASE_URL; a backup is put back by "npm run restore"',
      ),
    ];
  }
}
