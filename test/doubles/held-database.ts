/** Another process that writes to a database file, and does not come to an end. */
import { DatabaseSync } from 'node:sqlite';

/** Nobody else writes until the returned function is called, once. */
export function holdDatabase(path: string): () => void {
  const db = new DatabaseSync(path);
  db.exec('BEGIN IMMEDIATE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
