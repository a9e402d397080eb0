/** Are the tables of our version, can they be written now, and do they lie on sound pages? */
import type pg from 'pg';
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';
import { openPool, query } from '../../runtime/postgres/database.ts';
import { refuseHeld } from '../../runtime/postgres/hold.ts';
import { versionOf } from '../../runtime/postgres/migrate.ts';
import { unusable } from '../../runtime/postgres/open-database.ts';
import { PART, STEPS } from './schema.ts';

/** Rejects with `DatabaseUnusable`. */
export async function checkPostgresLedger(url: string): Promise<readonly Finding[]> {
  const pool = openPool({ url, onLost: () => {}, max: 1 });
  try {
    const found = await versionOf(pool, PART, STEPS.length);
    await refuseHeld(pool);
    return [version(found), ...(await pages(pool)), await locks(pool)];
  } catch (error) {
    throw unusable(error, url);
  } finally {
    await pool.end();
  }
}

function version(found: number | undefined): Finding {
  if (found === STEPS.length) return well(`Its tables are of version ${found}, which is ours`);
  if (!found) return well('Its tables are made at the first start');
  return well(
    `Its tables are of version ${found}; the next start brings them to ${STEPS.length}`,
    'make a copy before, by pg_dump',
  );
}

const pagesRow = z.object({
  checksums: z.string(),
  failures: z.coerce.number().nullable(),
  megabytes: z.coerce.number(),
});

async function pages(pool: pg.Pool): Promise<readonly Finding[]> {
  const { rows } = await query(
    pool,
    `SELECT current_setting('data_checksums') AS checksums, checksum_failures AS failures,
       pg_database_size(datname) / 1048576 AS megabytes
     FROM pg_catalog.pg_stat_database WHERE datname = current_database()`,
  );
  const { checksums, failures, megabytes } = pagesRow.parse(rows[0]);
  const size = `It takes ${megabytes} MB; what is free there is the server's own affair`;
  if ((failures ?? 0) > 0)
    return [
      wrong(
        `${failures} pages of the database did not have the checksum they were written with`,
        'the disk of the server is failing: put a backup on another one',
      ),
    ];
  return [
    checksums === 'on'
      ? well(`No page of it was found damaged. ${size}`)
      : weak(
          `Whether its pages are damaged cannot be told. ${size}`,
          'checksums are off: stop the server and run pg_checksums --enable',
        ),
  ];
}

const locksRow = z.object({ waiting: z.coerce.number() });

/** A bot holds its locks for moments: whoever has waited for seconds, waits for somebody else. */
async function locks(pool: pg.Pool): Promise<Finding> {
  const { rows } = await query(
    pool,
    `SELECT count(*) AS waiting FROM pg_catalog.pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND state_change < now() - interval '10 seconds'`,
  );
  const { waiting } = locksRow.parse(rows[0]);
  return waiting === 0
    ? well('Nobody waits there for a lock')
    : weak(
        `${waiting} connections wait there for a lock for more than ten seconds`,
        'pg_stat_activity and pg_blocking_pids() tell who holds it; a bot never does for so long',
      );
}
