/** Can the file be written, and is ENCRYPTION_KEY its key? */
import type { Finding } from '../../runtime/finding.ts';
import { openSqlite } from '../../runtime/sqlite/database.ts';
import type { Cipher } from '../encryption.ts';
import { checkKey } from './adopt-key.ts';
import { createStateTable } from './keyv-store.ts';

/** Throws `DatabaseUnusable`. */
export function checkSqlite(path: string, cipher: Cipher | undefined): readonly Finding[] {
  using db = openSqlite(path);
  createStateTable(db);
  if (cipher) checkKey(db, cipher);
  return [{ ok: true, what: `The database ${path} can be written` }];
}
