/** A PostgreSQL as a part of the program needs it: reached, new enough, with its tables up to date. */
import type pg from 'pg';
import { z } from 'zod';
import { machineTimers, sleepOn } from '../clock.ts';
import { DatabaseUnusable } from '../database-unusable.ts';
import { retry } from '../retry.ts';
import { isStoreOutage } from '../store-outage.ts';
import { openPool, query } from './database.ts';
import { type MigrationStep, migrate } from './migrate.ts';
import { codeOf, reasonOf } from './store-trouble.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** The part of the program whose tables these are, and the steps that make them. */
  readonly part: string;
  readonly steps: readonly MigrationStep[];
  /** Connections at most. */
  readonly max: number;
  readonly onLost: (error: Error) => void;
}

/** The first version that is still maintained by its makers. */
const LEAST_VERSION = 14;
/** Steps may have a large table to go through, and others wait for them. */
export const MIGRATION_MS = 3_600_000;
/** Server and bot are often started at once: so long it may take the server to be there. */
const TRIES = 20;
const PAUSE_MS = 500;

/** Throws `DatabaseUnusable`. */
export async function openDatabase(options: DatabaseOptions): Promise<pg.Pool> {
  const { url, part, steps, max, onLost } = options;
  const patient = openPool({ url, onLost, max: 1, statementMs: MIGRATION_MS });
  try {
    const policy = { tries: TRIES, pauses: [PAUSE_MS], clock: sleepOn(machineTimers), again };
    await retry(policy, async () => {
      await requireVersion(patient);
      await migrate(patient, part, steps);
    });
  } catch (error) {
    throw unusable(error, url);
  } finally {
    await patient.end();
  }
  return openPool({ url, onLost, max });
}

const versionRow = z.object({ server_version_num: z.string() });

/** Gives the version, as in "18.4". Throws `DatabaseUnusable`. */
export async function requireVersion(pool: pg.Pool): Promise<string> {
  const { rows } = await query(pool, 'SHOW server_version_num');
  const number = Number(versionRow.parse(rows[0]).server_version_num);
  const version = `${Math.floor(number / 10_000)}.${number % 10_000}`;
  if (number >= LEAST_VERSION * 10_000) return version;
  throw new DatabaseUnusable(
    `The database is PostgreSQL ${version}; version ${LEAST_VERSION} or later is needed.`,
  );
}

/** A sentence for the operator, in which no password stands. */
export function unusable(error: unknown, url: string): Error {
  if (error instanceof DatabaseUnusable) return error;
  return new DatabaseUnusable(
    `The database ${withoutPassword(url)} cannot be used: ${reasonOf(error)}. ` +
      'Check DATABASE_URL, and that the server runs and lets its user create tables.',
    { cause: error },
  );
}

export function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${pathname.slice(1)} at ${hostname || 'a local socket'}${port && `:${port}`}`;
}

/** What a server that is starting answers; a wrong name or password is not waited for. */
function again(error: unknown): boolean {
  if (!isStoreOutage(error)) return false;
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  const code = codeOf(at) ?? '';
  return !/^(?:28|3D|42|XX)|^(?:ERR_|DEPTH_|SELF_|CERT_)/.test(code);
}
