/** Going down and coming up again on the same database, gracefully or with the traces of a crash. */
import { DatabaseSync } from 'node:sqlite';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { open } from './support.ts';

export async function first(
  options: HouseOptions = {},
): Promise<{ house: House; next(): Promise<House> }> {
  const path = await databaseFile();
  const house = await open({ path, ...options });
  return {
    house,
    /** Down without any grace, and up again. */
    async next() {
      await house.conversation.drain(0);
      return open({
        ...options,
        path,
        nemo: house.nemo,
        room: house.room,
        start: true,
      });
    },
  };
}

/** What a crash leaves behind in the file. */
export async function rewrite(house: House, path: string, ...statements: string[]): Promise<void> {
  await house.conversation.drain(0);
  const db = new DatabaseSync(path);
  for (const statement of statements) db.exec(statement);
  db.close();
}
export const UNFINISHED =
  "finished_at = NULL, owner = 'dead', lease_until = 0 WHERE lane = 'ordered'";
