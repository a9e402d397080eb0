/** For who only looks: a file that is not there yet is not made, or it would be whoever looks, and not the bot, that owns it. */
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseUnusable } from '../database-unusable.ts';

/** False: it is not there, and could be made. Throws `DatabaseUnusable` where it could not. */
export function isMade(file: string): boolean {
  if (file === ':memory:' || existsSync(file)) return true;
  let folder = path.dirname(file);
  while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  try {
    // What may be done hangs on more than the bits: tried, and taken back.
    rmdirSync(mkdtempSync(path.join(folder, '.nemo-bot-')));
  } catch (error) {
    throw new DatabaseUnusable(
      `The database file ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}. ` +
        'Check the path in DATABASE_URL and the rights on the file and its folder.',
      { cause: error },
    );
  }
  return false;
}
