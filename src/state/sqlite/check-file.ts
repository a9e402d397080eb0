/** Can the file be written, and is ENCRYPTION_KEY its key? */
import { type Finding, well } from '../../runtime/finding.ts';
import { openSqlite } from '../../runtime/sqlite/database.ts';
import { isMade } from '../../runtime/sqlite/is-made.ts';
import type { Cipher } from '../encryption.ts';
import { checkKey } from './adopt-key.ts';
import { createStateTable } from './keyv-store.ts';

/** Throws `DatabaseUnusable`. */
export function checkSqlite(path: string, cipher: Cipher | undefined): readonly Finding[] {
  const found = well(`The database ${path} can be written`);
  if (!isMade(path)) return [found];
  using db = openSqlite(path);
  createStateTable(db);
  if (cipher) checkKey(db, cipher);
  return [found];
}
