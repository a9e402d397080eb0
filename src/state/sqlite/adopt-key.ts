/** The key of a file, checked and changed; see key-check.ts. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { inTransaction } from '../../runtime/sqlite/database.ts';
import type { Cipher } from '../encryption.ts';
import { checkRows, type EncryptedRow, encryptedRow, PROBE } from '../key-check.ts';

/** Values of open maps are JSON objects and never begin like this. */
const ENCRYPTED = `SELECT namespace AS map, key, value FROM state WHERE value GLOB 'v[12]:*'
  AND (substr(value, 1, :length) <> :prefix OR (namespace = :map AND key = :key))`;

/** The table must be there. Throws `DatabaseUnusable`, and has changed nothing then. */
export function checkKey(db: DatabaseSync, cipher: Cipher): void {
  checkRows(encrypted(db, cipher), cipher);
}

/** The same, and afterwards no value is left under an earlier key. */
export function adoptKey(db: DatabaseSync, cipher: Cipher): void {
  const write = db.prepare(
    `INSERT INTO state (namespace, key, value) VALUES (:map, :key, :value)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  inTransaction(db, () => {
    const { stale, probe } = checkRows(encrypted(db, cipher), cipher);
    for (const { map, key, next } of stale) write.run({ map, key, value: next });
    if (probe) write.run({ ...probe });
  });
}

/** The probe, and whatever is not under the present key. */
function encrypted(db: DatabaseSync, { prefix }: Cipher): EncryptedRow[] {
  const rows = db.prepare(ENCRYPTED).all({ length: prefix.length, prefix, ...PROBE });
  return z.array(encryptedRow).parse(rows);
}
