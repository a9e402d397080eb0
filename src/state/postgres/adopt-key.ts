/** The key of a database, checked and changed; see key-check.ts. */
import type pg from 'pg';
import { z } from 'zod';
import { query, transaction } from '../../runtime/postgres/database.ts';
import type { Cipher } from '../encryption.ts';
import { checkRows, type EncryptedRow, encryptedRow, PROBE } from '../key-check.ts';
import { IS_ENCRYPTED, keyOf, storedKey, TABLE } from './schema.ts';

const ENCRYPTED = `SELECT namespace AS map, key, value FROM ${TABLE} WHERE ${IS_ENCRYPTED}
  AND (left(value, $1) <> $2 OR (namespace = $3 AND key = $4))`;

/** Any number that is the same in all versions: it is this lock's name. */
const LOCK = 7_361_041_903;

/** The table must be there. Throws `DatabaseUnusable`. */
export async function checkKey(on: pg.Pool | pg.PoolClient, cipher: Cipher): Promise<void> {
  checkRows(await encrypted(on, cipher), cipher);
}

/**
 * The same, and afterwards no value is left under an earlier key. One process at a time: of two with different keys that
 * meet in an empty database the second has to find the first one's probe.
 */
export async function adoptKey(pool: pg.Pool, cipher: Cipher): Promise<void> {
  await transaction(pool, async (client) => {
    await query(client, 'SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const { stale, probe } = checkRows(await encrypted(client, cipher), cipher);
    // Only where it is still the one: a process that is at work may have written since.
    for (const { map, key, value, next } of stale)
      await query(
        client,
        `UPDATE ${TABLE} SET value = $4 WHERE namespace = $1 AND key = $2 AND value = $3`,
        [map, storedKey(key), value, next],
      );
    if (probe)
      await query(client, `INSERT INTO ${TABLE} (namespace, key, value) VALUES ($1, $2, $3)`, [
        probe.map,
        probe.key,
        probe.value,
      ]);
  });
}

/** The probe, and whatever is not under the present key. */
async function encrypted(on: pg.Pool | pg.PoolClient, { prefix }: Cipher): Promise<EncryptedRow[]> {
  const { rows } = await query(on, ENCRYPTED, [prefix.length, prefix, PROBE.map, PROBE.key]);
  return z
    .array(encryptedRow)
    .parse(rows)
    .map((row) => ({ ...row, key: keyOf(row.key) }));
}
