/** The one table of the state in PostgreSQL, brought up to date by runtime/postgres/migrate.ts. */
import type pg from 'pg';
import { query } from '../../runtime/postgres/database.ts';
import { type MigrationStep, SCHEMA } from '../../runtime/postgres/migrate.ts';

export const PART = 'state';
export const TABLE = `${SCHEMA}.state`;

/** What an encrypted value begins with; one of an open map is a JSON object. The index below holds those rows alone. */
export const IS_ENCRYPTED = "value LIKE 'v_:%'";

/** Collation "C": keys are compared as bytes, and an upgrade of the system's collations leaves the index as it is. */
export const STEPS: readonly MigrationStep[] = [
  `CREATE TABLE ${TABLE} (
    namespace text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text NOT NULL,
    expires timestamptz,
    PRIMARY KEY (namespace, key)
  );
  CREATE INDEX state_by_expiry ON ${TABLE} (expires) WHERE expires IS NOT NULL;
  CREATE INDEX state_encrypted ON ${TABLE} (namespace, key) WHERE ${IS_ENCRYPTED};`,
];

/** PostgreSQL takes no NUL in a text. The sign that stands for it is doubled where it is meant itself. */
export const storedKey = (key: string): string =>
  key.replaceAll('\\', '\\\\').replaceAll('\0', '\\0');

export const keyOf = (stored: string): string =>
  stored.replaceAll(/\\([\\0])/g, (_, sign) => (sign === '0' ? '\0' : '\\'));

export async function hasTable(pool: pg.Pool): Promise<boolean> {
  const { rows } = await query(
    pool,
    "SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'state'",
    [SCHEMA],
  );
  return rows.length > 0;
}
