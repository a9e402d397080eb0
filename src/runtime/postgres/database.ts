/** Connections to one PostgreSQL, and transactions on them. Whatever is lost of them is told, and never ends the process. */
import pg from 'pg';
import { machineTimers, sleepOn } from '../clock.ts';
import { retry } from '../retry.ts';
import { StoreUnavailable } from '../store-outage.ts';
import { isContention, reasonOf, storeTrouble } from './store-trouble.ts';

export interface PoolOptions {
  readonly url: string;
  /** Told when a connection is lost that nobody is using, or between two statements of somebody. */
  readonly onLost: (error: Error) => void;
  /** Connections at most. */
  readonly max?: number;
  /** How long a statement may take; the server ends it then. */
  readonly statementMs?: number;
  /** How long is waited for a connection: a new one, or one that others are using. */
  readonly connectMs?: number;
}

export type Row = Readonly<Record<string, unknown>>;

/** How much longer than the server's own limit an answer is waited for: past it the connection is taken for dead. */
const ANSWER_MS = 5_000;
/** A transaction in which nothing has been asked for so long is ended by the server, with its locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
const IDLE_MS = 30_000;

/** Connects to nobody yet. */
export function openPool(options: PoolOptions): pg.Pool {
  const { url, onLost, max = 10, statementMs = 15_000, connectMs = 5_000 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'nemo-bot',
    max,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // An `error` event without a listener ends the process. The pool hands on only those of connections that wait in it, so
  // each connection is listened to itself.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}

/** One statement. Rejects with `StoreUnavailable` where the database is what failed. */
export async function query(
  on: pg.Pool | pg.ClientBase,
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  if (!(on instanceof pg.Pool)) return await asked(on, text, values);
  return await withClient(on, (client) => asked(client, text, values));
}

/** Contention is passing by nature, and short: whoever won is about to commit. */
const CONTENTION_TRIES = 6;
const CONTENTION_PAUSE_MS = 20;

/**
 * All of `work` or nothing of it, at READ COMMITTED. It only reads and writes the database, by this client: where two
 * transactions stand in each other's way it is run again. Rejects with `StoreUnavailable` where the database is what
 * failed; whether the work is on record is not known when that was at the COMMIT.
 */
export async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  { lock }: TransactionOptions = {},
): Promise<T> {
  return await uncontended(() =>
    withClient(pool, (client) => locked(client, lock, () => committed(client, work))),
  );
}

/** `work` is one transaction, or one statement that is one by itself; run again where it stood in another's way. */
export async function uncontended<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await retry(
      {
        tries: CONTENTION_TRIES,
        pauses: (failed) => Math.random() * CONTENTION_PAUSE_MS * 2 ** failed,
        clock: sleepOn(machineTimers),
        again: isContention,
      },
      work,
    );
  } catch (error) {
    if (!isContention(error)) throw error;
    throw new StoreUnavailable(`the database is not available: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

export interface TransactionOptions {
  /**
   * Transactions with the same name of a lock come one after the other, and each is dated after the one before: it
   * begins once the lock is there, and gives it back when it is through.
   */
  readonly lock?: string | undefined;
}

async function locked<T>(
  client: pg.PoolClient,
  lock: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (lock === undefined) return await work();
  // Of the session, and so gone with the connection where that is lost.
  await asked(client, 'SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock]);
  const unlock = () => asked(client, 'SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // A connection that is given up takes its locks along.
    if (!storeTrouble(error)) await unlock();
    throw error;
  }
  await unlock();
  return result;
}

async function committed<T>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  await asked(client, 'BEGIN');
  try {
    const result = await work(client);
    const { command } = await asked(client, 'COMMIT');
    // Where a statement failed and its error went no further, PostgreSQL answers COMMIT by rolling back, without an error.
    if (command !== 'COMMIT')
      throw new Error('a transaction was to be committed in which a statement had failed');
    return result;
  } catch (error) {
    // On a connection that is given up there is nothing to roll back.
    if (!storeTrouble(error)) await rolledBack(client);
    throw error;
  }
}

/** Rejects with `StoreUnavailable`, so that the connection is given up: the next one to use it would be in this transaction. */
async function rolledBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
  } catch (error) {
    const text = `a transaction could not be rolled back: ${reasonOf(error)}`;
    throw new StoreUnavailable(text, { cause: error });
  }
}

/** A connection on which the database failed is not given back, nor one in a transaction: the next one would be in it, too. */
async function withClient<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connected(pool);
  let broken = true;
  try {
    const result = await work(client);
    broken = false;
    return result;
  } catch (error) {
    broken = storeTrouble(error) !== undefined;
    // `pg` tells of an error before the server has said in which state it leaves the connection: that comes with the next answer.
    if (!broken)
      broken = await client.query('').then(
        () => false,
        () => true,
      );
    throw error;
  } finally {
    client.release(broken || client.getTransactionStatus() !== 'I');
  }
}

/** Whatever keeps from connecting is an outage, also a password that was changed: it is the same for all who ask. */
async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (pool.ending) throw error;
    throw new StoreUnavailable(`the database cannot be reached: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function asked(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  try {
    return await client.query<Row>(text, [...values]);
  } catch (error) {
    // It quotes the row that was to be written, and errors are logged.
    if (error instanceof pg.DatabaseError) error.detail = undefined;
    throw storeTrouble(error) ?? error;
  }
}
