/**
 * Is ENCRYPTION_KEY the key of this database? A probe is stored for that, so that a changed key is noticed even while no
 * token is. What stands under an earlier key is encrypted anew at the start, all of it: afterwards the earlier key can be
 * forgotten. Which rows there are, and how they are written, is known to the store.
 */
import { z } from 'zod';
import { DatabaseUnusable } from '../runtime/database-unusable.ts';
import type { Cipher, RecordPosition } from './encryption.ts';
import { StateUnavailable } from './state.ts';

/** No map of the state has this name. */
export const PROBE: RecordPosition = { map: 'encryption', key: 'probe' };

export const encryptedRow = z.object({ map: z.string(), key: z.string(), value: z.string() });
export type EncryptedRow = z.infer<typeof encryptedRow>;

export interface Rewrite extends EncryptedRow {
  readonly next: string;
}

export interface KeyFindings {
  /** Rows under an earlier key, or in an earlier form, and what they are to become. */
  readonly stale: readonly Rewrite[];
  /** To be stored where there is none. */
  readonly probe: (RecordPosition & { readonly value: string }) | undefined;
}

/** Of the probe and whatever is not under the present key. Throws `DatabaseUnusable` where one of them cannot be read. */
export function checkRows(rows: readonly EncryptedRow[], cipher: Cipher): KeyFindings {
  const stale = rows.flatMap((row) => {
    const { map, key } = row;
    const read = decrypted(row, cipher);
    return read.stale ? [{ ...row, next: cipher.encrypt(read.text, { map, key }) }] : [];
  });
  const found = rows.some(({ map, key }) => map === PROBE.map && key === PROBE.key);
  return { stale, probe: found ? undefined : { ...PROBE, value: cipher.encrypt('probe', PROBE) } };
}

function decrypted({ map, key, value }: EncryptedRow, cipher: Cipher) {
  try {
    return cipher.decrypt(value, { map, key });
  } catch (error) {
    if (!(error instanceof StateUnavailable)) throw error;
    throw new DatabaseUnusable(
      `ENCRYPTION_KEY is not the key that the database was written with ("${map}" cannot be decrypted). ` +
        'Set the earlier key again; or, to change it, set the new one as ENCRYPTION_KEY and the earlier ' +
        'one as ENCRYPTION_KEYS_OLD. If it is lost, point DATABASE_URL at a new database.',
      { cause: error },
    );
  }
}
