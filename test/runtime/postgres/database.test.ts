/** Connections and transactions, on a real server that is stopped, crashed and started again. */
import { once } from 'node:events';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plainFields } from '../../../src/runtime/log-fields.ts';
import {
  openPool,
  type PoolOptions,
  query,
  transaction,
} from '../../../src/runtime/postgres/database.ts';
import { StoreUnavailable } from '../../../src/runtime/store-outage.ts';
import { networkTo } from '../../doubles/network.ts';
import { describePostgres, usePostgres } from '../../doubles/use-postgres.ts';

const server = usePostgres();
let url: string;
let lost: Error[];
const pools: pg.Pool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end();
});

function open(options: Partial<PoolOptions> = {}): pg.Pool {
  const pool = openPool({ url, onLost: (error) => lost.push(error), ...options });
  pools.push(pool);
  return pool;
}

async function numbers(pool: pg.Pool): Promise<unknown[]> {
  const { rows } = await query(pool, 'SELECT n FROM numbers ORDER BY n');
  return rows.map(({ n }) => n);
}

describePostgres('with PostgreSQL', () => {
  beforeEach(async () => {
    lost = [];
    url = await server.freshDatabase();
    await query(open(), 'CREATE TABLE numbers (n integer PRIMARY KEY, of integer)');
  });

  test('a transaction is there as a whole, or nothing of it', async () => {
    const pool = open({ max: 1 });
    const insert = 'INSERT INTO numbers VALUES ($1)';
    const given = await transaction(pool, async (client) => {
      await query(client, insert, [1]);
      await query(client, insert, [2]);
      return 'done';
    });
    expect(given).toBe('done');
    const ours = new Error('of ours');
    const failing = transaction(pool, async (client) => {
      await query(client, insert, [3]);
      throw ours;
    });
    await expect(failing).rejects.toBe(ours);
    // On the same connection: it has been given back, outside of any transaction.
    expect(await numbers(pool)).toEqual([1, 2]);
    expect(pool.totalCount).toBe(1);
  });

  test('a statement that failed unnoticed does not pass for a commit', async () => {
    const pool = open();
    const failing = transaction(pool, async (client) => {
      await query(client, 'INSERT INTO numbers VALUES (1)');
      await query(client, 'INSERT INTO numbers VALUES (1)').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow(/a statement had failed/);
    expect(await numbers(pool)).toEqual([]);
  });

  test('under a lock, too, an outage is told as such, and leaves neither a lock nor a transaction behind', async () => {
    const pool = open({ max: 1 });
    const onlyReads = transaction(
      pool,
      async (client) => {
        await query(client, 'SET TRANSACTION READ ONLY');
        await query(client, 'INSERT INTO numbers VALUES (1)');
      },
      { lock: 'a name' },
    );
    await expect(onlyReads).rejects.toThrow(StoreUnavailable);
    const other = open({ max: 1 });
    const insert = (client: pg.PoolClient) => query(client, 'INSERT INTO numbers VALUES (2)');
    await transaction(other, insert, { lock: 'a name' });
    expect(await numbers(pool)).toEqual([2]);
  });

  test('of two with the same name of a lock the second begins, and is dated, when the first has been committed', async () => {
    const [pool, other] = [open({ max: 1 }), open({ max: 1 })];
    const lock = 'a name';
    const dated = async (client: pg.PoolClient, date: string) => {
      const { rows } = await query(client, `SELECT extract(epoch FROM ${date}) AS at`);
      return Number(rows[0]?.['at']);
    };
    const isIn = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const first = transaction(
      pool,
      async (client) => {
        await query(client, 'INSERT INTO numbers VALUES (1)');
        isIn.resolve();
        await mayEnd.promise;
        return await dated(client, 'clock_timestamp()');
      },
      { lock },
    );
    await isIn.promise;
    const second = transaction(
      other,
      async (client) => {
        const { rows } = await query(client, 'SELECT n FROM numbers');
        return { seen: rows.length, at: await dated(client, 'now()') };
      },
      { lock },
    );
    const watcher = open({ max: 1 });
    await vi.waitFor(async () => {
      const { rows } = await query(
        watcher,
        "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
      );
      expect(rows).toHaveLength(1);
    });
    mayEnd.resolve();
    const endedAt = await first;
    const { seen, at } = await second;
    expect(seen).toBe(1);
    expect(at).toBeGreaterThan(endedAt);
  });

  test('a statement that opens a transaction and fails in it leaves it to nobody', async () => {
    const pool = open({ max: 1 });
    await expect(query(pool, 'BEGIN; SELECT nothing; COMMIT')).rejects.toThrow(/nothing/);
    expect(await numbers(pool)).toEqual([]);
  });

  test('an error of a statement is no outage, and its connection is kept', async () => {
    const pool = open({ max: 1 });
    const pid = async () => (await query(pool, 'SELECT pg_backend_pid() AS pid')).rows;
    const before = await pid();
    const error = await query(pool, 'SELECT nothing').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(pg.DatabaseError);
    expect(await pid()).toEqual(before);
  });

  test('an error does not quote the row that was to be written', async () => {
    const pool = open();
    await query(pool, 'CREATE TABLE words (w text, n integer NOT NULL)');
    const error = await query(pool, "INSERT INTO words VALUES ('hunter2')").catch(
      (reason: unknown) => reason,
    );
    expect(JSON.stringify(plainFields({ error }, (text) => text))).toMatch(/not-null/);
    expect(JSON.stringify(plainFields({ error }, (text) => text))).not.toContain('hunter2');
  });

  test('of two transactions that wait for each other both come through', async () => {
    const pool = open();
    await query(pool, 'INSERT INTO numbers VALUES (1, 0), (2, 0)');
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    const add = (mine: PromiseWithResolvers<void>, theirs: Promise<void>, ...order: number[]) =>
      transaction(pool, async (client) => {
        runs += 1;
        for (const n of order) {
          await query(client, 'UPDATE numbers SET of = of + 1 WHERE n = $1', [n]);
          mine.resolve();
          await theirs;
        }
      });
    await Promise.all([add(one, other.promise, 1, 2), add(other, one.promise, 2, 1)]);
    expect(runs).toBe(3);
    expect((await query(pool, 'SELECT of FROM numbers')).rows).toEqual([{ of: 2 }, { of: 2 }]);
  });

  test('contention that does not end is told as an outage', async () => {
    let runs = 0;
    const contended = transaction(open(), async (client) => {
      runs += 1;
      await query(client, "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
    });
    await expect(contended).rejects.toThrow(StoreUnavailable);
    expect(runs).toBe(6);
  });

  test.each([
    ['the disk is full', '53100'],
    ['the server became a standby', '25006'],
    ['data is damaged', 'XX001'],
    ['the server goes down', '57P01'],
  ])('while %s the error is an outage, and the connection is given up', async (_, code) => {
    const pool = open({ max: 1 });
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`;
    await expect(query(pool, raise)).rejects.toThrow(StoreUnavailable);
    await expect(transaction(pool, (client) => query(client, raise))).rejects.toThrow(
      StoreUnavailable,
    );
    expect(pool.totalCount).toBe(0);
  });

  test('a statement that takes too long, and a connection that is not to be had, are outages', async () => {
    const slow = open({ statementMs: 50 });
    await expect(query(slow, 'SELECT pg_sleep(600)')).rejects.toThrow(/statement timeout/);
    const busy = open({ max: 1, connectMs: 3_000 });
    await transaction(busy, async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const waiting = query(busy, 'SELECT 1');
      vi.advanceTimersByTime(3_000);
      vi.useRealTimers();
      await expect(waiting).rejects.toThrow(StoreUnavailable);
    });
  });

  test('a wrong password and a database that is not there are outages too', async () => {
    for (const wrong of [url.replace(/:[^:@]*@/, ':wrong@'), `${url}-not-there`]) {
      await expect(query(open({ url: wrong }), 'SELECT 1')).rejects.toThrow(StoreUnavailable);
    }
  });

  test('connections that are lost while nobody uses them, or between two statements, end nothing', async () => {
    const pool = open();
    await query(pool, 'SELECT 1');
    const failing = transaction(pool, async (client) => {
      await query(client, 'INSERT INTO numbers VALUES (1)');
      const gone = once(client, 'error');
      await server.crash();
      await gone;
      await query(client, 'INSERT INTO numbers VALUES (2)').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow(StoreUnavailable);
    expect(lost.length).toBeGreaterThan(0);
    await expect(query(pool, 'SELECT 1')).rejects.toThrow(StoreUnavailable);
    await server.start();
    expect(await numbers(pool)).toEqual([]);

    await server.stop();
    await expect(query(pool, 'SELECT 1')).rejects.toThrow(StoreUnavailable);
    await server.start();
    expect(await numbers(pool)).toEqual([]);
  });

  test('a server that does not answer any more is given up, and reached again by another connection', async () => {
    const network = await networkTo(server.port);
    const pool = open({ url: url.replace(`:${server.port}/`, `:${network.port}/`), max: 1 });
    const client = await pool.connect();
    network.hold();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waiting = query(client, 'SELECT 1');
    vi.advanceTimersByTime(20_000);
    vi.useRealTimers();
    await expect(waiting).rejects.toThrow(StoreUnavailable);
    client.release(true);
    network.release();
    expect(await numbers(pool)).toEqual([]);

    // It goes away in the middle of a transaction, and the server hears of that.
    const failing = transaction(pool, async (within) => {
      await query(within, 'INSERT INTO numbers VALUES (1)');
      network.cut();
      await query(within, 'INSERT INTO numbers VALUES (2)');
    });
    await expect(failing).rejects.toThrow(StoreUnavailable);
    expect(await numbers(pool)).toEqual([]);
    await network.close();
  });

  test('a pool that was closed is no outage', async () => {
    const pool = openPool({ url, onLost: () => {} });
    await pool.end();
    const error = await query(pool, 'SELECT 1').catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(StoreUnavailable);
  });
});
