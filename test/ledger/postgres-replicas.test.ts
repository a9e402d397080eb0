/** Several processes' worth of ledgers on one PostgreSQL, in the machine's own time. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type {
  ClaimedTurn,
  Dispatcher,
  Interrupted,
  RunOutcome,
} from '../../src/ledger/dispatch.ts';
import { queueOf } from '../../src/ledger/postgres/jobs.ts';
import { openPostgresLedger, type PostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import type { Log } from '../../src/runtime/log.ts';
import { type PostgresServer, startPostgres } from '../doubles/postgres.ts';
import { mustAppend, newTurn } from './support.ts';

/** So long that nothing here happens because a heartbeat came round. */
const LONG_LEASE_MS = 600_000;
const PATIENCE = { timeout: 120_000 };
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };

let server: PostgresServer;
let url: string;
let opened: PostgresLedger[];
let dispatchers: Dispatcher[];
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  url = await server.freshDatabase();
  opened = [];
  dispatchers = [];
});
afterEach(async () => {
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.drain(0)));
  await Promise.all(opened.map((ledger) => ledger.close()));
});

async function open(): Promise<PostgresLedger> {
  const ledger = await openPostgresLedger({ url, leaseMs: LONG_LEASE_MS, log: silent });
  opened.push(ledger);
  return ledger;
}

function dispatch(
  ledger: PostgresLedger,
  run: (turn: ClaimedTurn) => Promise<RunOutcome>,
  limit = 4,
): Dispatcher {
  const dispatcher = ledger.dispatch({ platforms: ['slack'], limit, log: silent, run });
  dispatchers.push(dispatcher);
  dispatcher.start();
  return dispatcher;
}

/** Whoever asks the pool for such a statement hears the answer when `hold` has ended. */
function holdAnswers(pool: pg.Pool, which: RegExp, hold: (rows: number) => Promise<void>): void {
  const connect = pool.connect.bind(pool);
  const known = new WeakSet<pg.PoolClient>();
  Object.assign(pool, {
    connect: async () => {
      const client = await connect();
      if (known.has(client)) return client;
      known.add(client);
      const query: (text: string, values?: unknown[]) => Promise<pg.QueryResult> =
        client.query.bind(client);
      return Object.assign(client, {
        query: async (text: string, values?: unknown[]) => {
          const answer = await query(text, values);
          if (which.test(text)) await hold(answer.rows.length);
          return answer;
        },
      });
    },
  });
}

describe('replicas', () => {
  test('twenty that start at once on an empty database all get it open', PATIENCE, async () => {
    const all = await Promise.all(Array.from({ length: 20 }, open));
    await Promise.all(all.map((ledger, n) => mustAppend(ledger, newTurn({ thread: `t${n}` }))));
    expect(await all[0]?.countUnfinished()).toBe(20);
  });

  test('a turn that one takes in is run by another that has room', PATIENCE, async () => {
    const [front, back] = [await open(), await open()];
    const ran = Promise.withResolvers<string>();
    dispatch(back, async ({ claim }) => {
      await back.finish(claim, 'delivered');
      ran.resolve(claim.turn.key);
      return { how: 'finished' };
    });
    await mustAppend(front, newTurn({ key: 'from the front' }));
    expect(await ran.promise).toBe('from the front');
  });

  test(
    'a stop that is said at one is heard by the one that runs the turn, before any heartbeat',
    PATIENCE,
    async () => {
      const [front, back] = [await open(), await open()];
      const begun = Promise.withResolvers<ClaimedTurn>();
      const why = Promise.withResolvers<unknown>();
      dispatch(back, async (turn) => {
        begun.resolve(turn);
        await new Promise((resolve) => turn.signal.addEventListener('abort', resolve));
        why.resolve(turn.signal.reason);
        await back.finish(turn.claim, 'stopped');
        return { how: 'finished' };
      });
      await mustAppend(front);
      const { claim } = await begun.promise;
      await front.requestStop(claim.turn.id, 'ada');
      expect(await why.promise).toMatchObject({ why: 'stop' } satisfies Partial<Interrupted>);
    },
  );

  test('a long turn holds back no other, whoever fetched it', PATIENCE, async () => {
    const ledger = await open();
    const end = Promise.withResolvers<void>();
    const over = new Set<string>();
    const all = Promise.withResolvers<void>();
    for (let n = 0; n < 12; n += 1)
      await mustAppend(ledger, newTurn({ key: `k${n}`, thread: `t${n}` }));
    dispatch(
      ledger,
      async ({ claim }) => {
        if (claim.turn.key === 'k0') await end.promise;
        await ledger.finish(claim, 'delivered');
        over.add(claim.turn.key);
        if (over.size === 11) all.resolve();
        return { how: 'finished' };
      },
      2,
    );
    await all.promise;
    expect(over.has('k0')).toBe(false);
    end.resolve();
  });

  test(
    'as many turns run at once as there are places, whatever few of those wait',
    PATIENCE,
    async () => {
      const ledger = await open();
      const places = 20;
      let running = 0;
      const all = Promise.withResolvers<void>();
      const dispatcher = dispatch(
        ledger,
        async ({ claim }) => {
          running += 1;
          if (running === places) all.resolve();
          await all.promise;
          await ledger.finish(claim, 'delivered');
          return { how: 'finished' };
        },
        places,
      );
      for (let n = 0; n < places + 5; n += 1)
        await mustAppend(ledger, newTurn({ key: `place ${n}`, thread: `p${n}` }));
      await all.promise;
      await vi.waitFor(async () => expect(await ledger.countUnfinished()).toBe(0), PATIENCE);
      expect(dispatcher.running()).toBe(0);
    },
  );

  test('places that have nothing to do do not all ask the database', PATIENCE, async () => {
    const ledger = await open();
    const asked = vi.spyOn(ledger.boss.getDb(), 'executeSql');
    const places = 100;
    const over = Promise.withResolvers<void>();
    let ended = 0;
    dispatch(
      ledger,
      async ({ claim }) => {
        await ledger.finish(claim, 'delivered');
        ended += 1;
        if (ended === 3) over.resolve();
        return { how: 'finished' };
      },
      places,
    );
    for (let n = 0; n < 3; n += 1)
      await mustAppend(ledger, newTurn({ key: `few ${n}`, thread: `f${n}` }));
    await over.promise;
    const looks = asked.mock.calls.filter(([text]) => text.includes('strict_fifo_heads'));
    expect(looks.length).toBeGreaterThan(2);
    expect(looks.length).toBeLessThan(places / 2);
  });

  test('one person’s many turns let another person’s one go first', PATIENCE, async () => {
    const ledger = await open();
    for (let n = 0; n < 8; n += 1)
      await mustAppend(ledger, newTurn({ key: `ada ${n}`, thread: `a${n}` }));
    await mustAppend(ledger, newTurn({ key: 'grace', thread: 'g', requester: 'grace' }));
    const order: string[] = [];
    const all = Promise.withResolvers<void>();
    dispatch(
      ledger,
      async ({ claim }) => {
        order.push(claim.turn.key);
        await ledger.finish(claim, 'delivered');
        if (order.length === 9) all.resolve();
        return { how: 'finished' };
      },
      1,
    );
    await all.promise;
    expect(order.indexOf('grace')).toBeLessThan(2);
    expect(order.filter((key) => key !== 'grace')).toEqual(
      Array.from({ length: 8 }, (_, n) => `ada ${n}`),
    );
  });

  test('a turn and its job are written together or not at all', PATIENCE, async () => {
    const ledger = await open();
    await ledger.jobs.ready('slack');
    const client = new pg.Client(url);
    await client.connect();
    // Fails at the COMMIT, when all has been written.
    await client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused at the end'; END $$;
      CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON nemo_bot.turns
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key = 'poison') EXECUTE FUNCTION refuse();
    `);
    await client.end();
    await expect(ledger.append(newTurn({ key: 'poison' }))).rejects.toThrow('refused at the end');
    expect(await ledger.boss.findJobs(queueOf('ordered', 'slack'))).toEqual([]);
    expect(await ledger.countUnfinished()).toBe(0);
    await mustAppend(ledger, newTurn({ key: 'good' }));
    expect(await ledger.boss.findJobs(queueOf('ordered', 'slack'))).toHaveLength(1);
  });

  test(
    'an end, or a putting off, and its job are written together or not at all',
    PATIENCE,
    async () => {
      const ledger = await open();
      const { turn } = await mustAppend(ledger, newTurn({ key: 'poison' }));
      const name = queueOf('ordered', 'slack');
      const [job] = await ledger.boss.fetch(name, { includeMetadata: true });
      if (!job) throw new Error('there is no job');
      const { startedOn } = job;
      const attempt = { id: turn.id, lane: 'ordered', attempt: 0, startedOn } as const;
      const taken = await ledger.take(attempt, 'worker');
      if (!taken) throw new Error('there is nothing to claim');
      const { claim } = taken;
      const client = new pg.Client(url);
      await client.connect();
      await client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused at the end'; END $$;
      CREATE CONSTRAINT TRIGGER at_the_end AFTER UPDATE ON nemo_bot.turns
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
    `);
      await client.end();
      await expect(ledger.finish(claim, 'delivered')).rejects.toThrow('refused at the end');
      await expect(ledger.park(claim)).rejects.toThrow('refused at the end');
      expect(await ledger.boss.findJobs(name)).toMatchObject([{ id: job.id, state: 'active' }]);
    },
  );

  test(
    'one whose append takes long keeps the next one of its thread waiting, so that it is seen first',
    PATIENCE,
    async () => {
      const [one, other] = [await open(), await open()];
      const client = new pg.Client(url);
      await client.connect();
      // Waits at its COMMIT for what this client holds.
      await client.query(`
      CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON nemo_bot.turns
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key = 'slow') EXECUTE FUNCTION dawdle();
      SELECT pg_advisory_lock(1);
    `);
      const waiting = async (count: number): Promise<string> => {
        for (;;) {
          const { rows } = await client.query(
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
          );
          if (rows.length === count) return 'waiting';
        }
      };
      const slow = mustAppend(one, newTurn({ key: 'slow' }));
      await waiting(1);
      const quick = mustAppend(other, newTurn({ key: 'quick' }));
      expect(await Promise.race([waiting(2), quick.then(() => 'overtaken')])).toBe('waiting');
      await client.query('SELECT pg_advisory_unlock(1)');
      const [first, second] = [await slow, await quick];
      expect(first.turn.order).toBeLessThan(second.turn.order);
      await client.end();
    },
  );

  test(
    'eight that append to the same threads at once have each thread’s turns run one at a time, in the order of their numbers',
    PATIENCE,
    async () => {
      const total = Number(process.env['APPENDS'] ?? 500);
      const producers = await Promise.all(Array.from({ length: 8 }, open));
      const ran = new Map<string, number[]>();
      const busy = new Set<string>();
      let overlaps = 0;
      let count = 0;
      const all = Promise.withResolvers<void>();
      for (const ledger of producers.slice(0, 2))
        dispatch(
          ledger,
          async ({ claim }) => {
            const { thread, order } = claim.turn;
            if (busy.has(thread)) overlaps += 1;
            busy.add(thread);
            ran.set(thread, [...(ran.get(thread) ?? []), order]);
            await ledger.advance(claim, { phase: 'preparing' });
            busy.delete(thread);
            await ledger.finish(claim, 'delivered');
            count += 1;
            if (count === total) all.resolve();
            return { how: 'finished' };
          },
          20,
        );
      await Promise.all(
        producers.map(async (ledger, nth) => {
          for (let n = nth; n < total; n += producers.length)
            await mustAppend(ledger, newTurn({ thread: `t${n % 25}`, requester: `p${nth}` }));
        }),
      );
      await all.promise;
      expect(overlaps).toBe(0);
      for (const orders of ran.values()) expect(orders).toEqual(orders.toSorted((a, b) => a - b));
      expect([...ran.values()].flat()).toHaveLength(total);
    },
  );

  test(
    'replicas are replaced one by one under load: nothing is lost, and nothing is run twice',
    PATIENCE,
    async () => {
      const THREADS = 60;
      const TURNS = 3 * THREADS;
      const ends = new Map<string, number>();
      let overlaps = 0;
      const busy = new Set<string>();
      const all = Promise.withResolvers<void>();
      const replica = async () => {
        const ledger = await open();
        const dispatcher = dispatch(
          ledger,
          async ({ claim, signal }) => {
            const { thread, key, notes } = claim.turn;
            if (busy.has(thread)) overlaps += 1;
            busy.add(thread);
            try {
              // Handed over in its middle where the replica goes down.
              if (notes === '{}')
                await ledger.advance(claim, { phase: 'preparing', notes: '{"n":1}' });
              await sleep(5);
              if (signal.aborted) return { how: 'parked' };
              await ledger.finish(claim, 'delivered');
              ends.set(key, (ends.get(key) ?? 0) + 1);
              if (ends.size === TURNS) all.resolve();
              return { how: 'finished' };
            } finally {
              busy.delete(thread);
            }
          },
          8,
        );
        return { ledger, dispatcher };
      };
      const [front, ...replicas] = await Promise.all([open(), replica(), replica(), replica()]);
      const appending = (async () => {
        for (let n = 0; n < TURNS; n += 1)
          await mustAppend(front, newTurn({ key: `k${n}`, thread: `t${n % THREADS}` }));
      })();
      for (const old of replicas) {
        await replica();
        await old.dispatcher.drain(0);
        await old.ledger.close();
      }
      await appending;
      await all.promise;
      expect(overlaps).toBe(0);
      expect([...ends.values()].filter((count) => count !== 1)).toEqual([]);
      expect(await front.countUnfinished()).toBe(0);
      const client = new pg.Client(url);
      await client.connect();
      const { rows } = await client.query(
        'SELECT sum(crashes)::integer AS crashes FROM nemo_bot.turns',
      );
      await client.end();
      expect(rows).toEqual([{ crashes: 0 }]);
    },
  );

  test(
    'a job that is on its way to a replica that goes down is put back before that has gone',
    PATIENCE,
    async () => {
      const [old, next] = [await open(), await open()];
      const reached = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      holdAnswers(old.pool, /strict_fifo_heads/, async (rows) => {
        if (rows === 0) return;
        reached.resolve();
        await gate.promise;
      });
      const dispatcher = dispatch(old, async () => ({ how: 'parked' }));
      await mustAppend(next, newTurn({ key: 'in between' }));
      await reached.promise;
      let isDown = false;
      const down = dispatcher.drain(0).then(() => {
        isDown = true;
      });
      // Nothing runs here: without what is on its way it would be down by now.
      for (let n = 0; n < 5; n += 1) await next.health();
      expect(isDown).toBe(false);
      gate.resolve();
      await down;
      await old.close();
      const ran = Promise.withResolvers<string>();
      dispatch(next, async ({ claim }) => {
        await next.finish(claim, 'delivered');
        ran.resolve(claim.turn.key);
        return { how: 'finished' };
      });
      expect(await ran.promise).toBe('in between');
    },
  );

  test('forgetting goes through any number of rows', PATIENCE, async () => {
    const ledger = await open();
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`INSERT INTO nemo_bot.turns (id, key, thread, platform, lane, requester, payload,
        weight, accepted_at, phase, finished_at)
      SELECT 'i' || n, 'k' || n, 't', 'slack', 'ordered', 'ada', '{}', 1, 1, 'delivered', 1
      FROM generate_series(1, 1201) AS n`);
    await client.end();
    expect(await ledger.prune(2)).toBe(1_201);
  });
});

describe('a database that goes away', () => {
  test(
    'crashing in mid-turn it interrupts nothing that goes on in time; a turn that comes meanwhile runs at once after',
    PATIENCE,
    async () => {
      const ledger = await open();
      const begun = Promise.withResolvers<ClaimedTurn>();
      const back = Promise.withResolvers<void>();
      const next = Promise.withResolvers<string>();
      dispatch(ledger, async ({ claim, ...turn }) => {
        if (claim.turn.key === 'first') {
          begun.resolve({ claim, ...turn });
          await back.promise;
        } else next.resolve(claim.turn.key);
        await ledger.finish(claim, 'delivered');
        return { how: 'finished' };
      });
      await mustAppend(ledger, newTurn({ key: 'first' }));
      const { claim, signal } = await begun.promise;
      await server.crash();
      await expect(ledger.advance(claim, { phase: 'sending' })).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      await server.start();
      for (;;) {
        const written = await ledger.advance(claim, { phase: 'sending' }).then(
          () => true,
          () => false,
        );
        if (written) break;
        await sleep(50);
      }
      expect(signal.aborted).toBe(false);
      await mustAppend(ledger, newTurn({ key: 'second' }));
      back.resolve();
      expect(await next.promise).toBe('second');
      expect(await ledger.turn(claim.turn.id)).toMatchObject({ phase: 'delivered' });
    },
  );

  test('is told as such, and everything goes on when it is back', PATIENCE, async () => {
    const ledger = await open();
    const seen: string[] = [];
    let last = Promise.withResolvers<void>();
    dispatch(ledger, async ({ claim }) => {
      seen.push(claim.turn.key);
      await ledger.finish(claim, 'delivered');
      last.resolve();
      return { how: 'finished' };
    });
    await mustAppend(ledger, newTurn({ key: 'before' }));
    await last.promise;
    last = Promise.withResolvers<void>();
    await server.stop();
    await expect(ledger.append(newTurn({ key: 'meanwhile' }))).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect((await ledger.health()).trouble).toBeDefined();
    await server.start();
    for (;;) {
      const again = await ledger.append(newTurn({ key: 'after' })).catch(() => undefined);
      if (again) break;
      await sleep(50);
    }
    await last.promise;
    expect(seen).toEqual(['before', 'after']);
    expect(await ledger.health()).toEqual({ trouble: undefined });
  });
});
