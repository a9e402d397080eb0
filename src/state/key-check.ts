/**
 * At the start: is ENCRYPTION_KEY the key of this file? A probe is stored for that, so that a changed key
 * is noticed even while no token is. What stands under an earlier key is then encrypted anew, all of it:
 * afterwards the earlier key can be forgotten.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseUnusable } from '../runtime/database-unusable.ts';
import { inTransaction } from '../runtime/sqlite/database.ts';
import type { Cipher, RecordPosition } from './encryption.ts';
import { StateUnavailable } from './state.ts';

/** No map of the state has this name. */
const PROBE: RecordPosition = { map: 'encryption', key: 'probe' };

const row = z.object({ map: z.string(), key: z.string(), value: z.string() });

/** Values of open maps are JSON objects and never begin like this. */
const ENCRYPTED = `SELECT namespace AS map, key, value FROM state WHERE value GLOB 'v[12]:*'
  AND (substr(value, 1, :length) <> :prefix OR (namespace = :map AND key = :key))`;

/** The table must be there. Throws `DatabaseUnusable`, and has changed nothing then. */
export function checkKey(db: DatabaseSync, cipher: Cipher): void {
  for (const stored of encrypted(db, cipher)) decrypted(stored, cipher);
}

/** The same, and afterwards no value is left under an earlier key. */
export function adoptKey(db: DatabaseSync, cipher: Cipher): void {
  const write = db.prepare(
    `INSERT INTO state (namespace, key, value) VALUES (:map, :key, :value)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  inTransaction(db, () => {
    const found = encrypted(db, cipher);
    for (const stored of found) {
      const { map, key } = stored;
      const { text, stale } = decrypted(stored, cipher);
      if (stale) write.run({ map, key, value: cipher.encrypt(text, { map, key }) });
    }
    if (!found.some(({ map, key }) => map === PROBE.map && key === PROBE.key))
      write.run({ ...PROBE, value: cipher.encrypt('probe', PROBE) });
  });
}

/** The probe, and whatever is not under the present key. */
function encrypted(db: DatabaseSync, { prefix }: Cipher): z.infer<typeof row>[] {
  return z.array(row).parse(db.prepare(ENCRYPTED).all({ length: prefix.length, prefix, ...PROBE }));
}

function decrypted({ map, key, value }: z.infer<typeof row>, cipher: Cipher) {
  try {
    return cipher.decrypt(value, { map, key });
  } catch (error) {
    if (!(error instanceof StateUnavailable)) throw error;
    throw new DatabaseUnusable(
      `ENCRYPTION_KEY is not the key that the database was written with ("${map}" cannot be decrypted). ` +
        'Set the earlier key again; or, to change it, set the new one as ENCRYPTION_KEY and the earlier ' +
        'one as ENCRYPTION_KEYS_OLD. If it is lost, point DATABASE_URL at a new file.',
      { cause: error },
    );
  }
}
