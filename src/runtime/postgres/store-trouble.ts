/** Which errors of PostgreSQL are an outage of the store, and which are of the statement or the program. */
import pg from 'pg';
import { StoreUnavailable } from '../store-outage.ts';

/** Classes of SQLSTATE: connection, resources (memory, disk, connections), the system below (I/O). */
const CLASSES: ReadonlySet<string> = new Set(['08', '53', '58']);

/** Single SQLSTATEs: what each of them means is PostgreSQL's appendix A. */
const STATES: ReadonlySet<string> = new Set([
  // Read-only: after a fail-over the connection may lead to what is now the standby.
  '25006',
  // Ended because it stood idle, in a transaction or outside.
  '25P03',
  '57P05',
  // A lock or a statement that took longer than is waited for.
  '55P03',
  '57014',
  // The server goes down, has crashed, or is still starting.
  '57P01',
  '57P02',
  '57P03',
  // Damaged data, damaged index.
  'XX001',
  'XX002',
]);

/** Of the operating system, by `code`. */
const SYSTEM: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** What `pg` itself says of a connection, without any code. */
const OF_THE_CLIENT: readonly string[] = [
  'Query read timeout',
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'timeout expired',
  'timeout exceeded when trying to connect',
];

/** Two transactions were in each other's way; the one that is told of it may simply be run again. */
export const isContention = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');

/** The error as the store tells it, where the database as a whole is what failed; undefined where the fault is ours. */
export function storeTrouble(error: unknown): StoreUnavailable | undefined {
  if (error instanceof StoreUnavailable) return error;
  return isTrouble(error)
    ? new StoreUnavailable(`the database is not available: ${reasonOf(error)}`, { cause: error })
    : undefined;
}

function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  // SQLSTATEs have five signs; what the driver reports of the system has more.
  if (error instanceof pg.DatabaseError)
    return code !== undefined && (STATES.has(code) || CLASSES.has(code.slice(0, 2)));
  if (code !== undefined) return SYSTEM.has(code);
  return OF_THE_CLIENT.some((text) => error.message.startsWith(text));
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** Where a name has several addresses, Node's error for all of them has no message of its own. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error);
