/** Can the server be reached, is it new enough, may we write and create, do its clock and ours agree, is ENCRYPTION_KEY its key? */
import type pg from 'pg';
import { z } from 'zod';
import type { Finding } from '../../runtime/finding.ts';
import { openPool, query } from '../../runtime/postgres/database.ts';
import { versionOf } from '../../runtime/postgres/migrate.ts';
import { requireVersion, unusable, withoutPassword } from '../../runtime/postgres/open-database.ts';
import { reasonOf } from '../../runtime/postgres/store-trouble.ts';
import type { Cipher } from '../encryption.ts';
import { checkKey } from './adopt-key.ts';
import { hasTable, PART, STEPS } from './schema.ts';

/** Chats sign their requests with a time, and take five minutes of difference; half a minute is a clock that nobody sets. */
const MOST_SKEW_MS = 30_000;

/** Rejects with `DatabaseUnusable`. */
export async function checkPostgres(
  url: string,
  cipher: Cipher | undefined,
): Promise<readonly Finding[]> {
  const pool = openPool({ url, onLost: () => {}, max: 1 });
  try {
    const version = await requireVersion(pool);
    const reached = {
      ok: true,
      what: `The database ${withoutPassword(url)} is PostgreSQL ${version}`,
    };
    await versionOf(pool, PART, STEPS.length);
    const findings = [reached, await rights(pool), await clocks(pool)];
    if (cipher && (await hasTable(pool))) await checkKey(pool, cipher);
    return findings;
  } catch (error) {
    throw unusable(error, url);
  } finally {
    await pool.end();
  }
}

/** Tried, and rolled back: what a user may do hangs on roles, owners, and whether the server is a standby. */
async function rights(pool: pg.Pool): Promise<Finding> {
  const schema = `nemo_bot_doctor_${process.pid}`;
  const client = await pool.connect();
  try {
    await query(client, 'BEGIN');
    await query(client, `CREATE SCHEMA ${schema}`);
    await query(client, `CREATE TABLE ${schema}.rows (n integer PRIMARY KEY)`);
    await query(client, `INSERT INTO ${schema}.rows VALUES (1)`);
    return { ok: true, what: 'Tables can be created there, and written' };
  } catch (error) {
    const what = `Tables cannot be created there: ${reasonOf(error)}`;
    return { ok: false, what, hint: 'GRANT CREATE ON DATABASE … TO the user of DATABASE_URL' };
  } finally {
    await query(client, 'ROLLBACK').catch(() => undefined);
    client.release(true);
  }
}

const clockRow = z.object({ at: z.number() });

/** The middle of question and answer is ours at which the server looked at its own. */
async function clocks(pool: pg.Pool): Promise<Finding> {
  const asked = Date.now();
  const { rows } = await query(
    pool,
    'SELECT extract(epoch FROM clock_timestamp())::double precision * 1000 AS at',
  );
  const skew = clockRow.parse(rows[0]).at - (asked + Date.now()) / 2;
  const seconds = Math.abs(skew / 1000).toFixed(1);
  return Math.abs(skew) <= MOST_SKEW_MS
    ? { ok: true, what: `The clocks of the database and of this machine agree within ${seconds} s` }
    : {
        ok: false,
        what: `The clock of the database is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} that of this machine`,
        hint: 'Have both set by NTP: chats refuse what is signed with a wrong time',
      };
}
