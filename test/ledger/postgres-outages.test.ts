/** Bad weather between the ledger and its PostgreSQL: a network that can be held, in time that a test moves. */
import { once } from 'node:events';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClaimedTurn, Interrupted, type RunOutcome } from '../../src/ledger/dispatch.ts';
import { ClaimLost } from '../../src/ledger/ledger.ts';
import { jobIdOf, queueOf } from '../../src/ledger/postgres/jobs.ts';
import type { Log } from '../../src/runtime/log.ts';
import { type Network, networkTo } from '../doubles/network.ts';
import { describePostgres, usePostgres } from '../doubles/use-postgres.ts';
import { openPostgresStore, type PostgresStore, type StoreLedger } from './postgres-store.ts';
import { LEASE_MS, mustAppend, mustClaim, newTurn, SERVED } from './support.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, always() {} };
const UNAVAILABLE = { name: 'StoreUnavailable' };

const server = usePostgres();
let store: PostgresStore;
let network: Network;
let far: StoreLedger;
let going: Run[];

interface Run {
  readonly turn: ClaimedTurn;
  readonly end: (outcome: RunOutcome) => void;
}

/** Its runs are ended by the test. */
function dispatch(ledger: StoreLedger): Run[] {
  const runs: Run[] = [];
  const run = (turn: ClaimedTurn) =>
    new Promise<RunOutcome>((end) => {
      runs.push({ turn, end });
      going.push({ turn, end });
    });
  ledger.dispatch({ platforms: ['slack'], limit: 1, log: silent, run }).start();
  return runs;
}

const why = (run: Run | undefined): string | undefined =>
  run?.turn.signal.reason instanceof Interrupted ? run.turn.signal.reason.why : undefined;

function nth(runs: readonly Run[], n: number): Run {
  const run = runs[n];
  if (!run) throw new Error(`there is no run ${n}`);
  return run;
}

async function sql(...texts: readonly string[]): Promise<void> {
  const client = new pg.Client(store.url);
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

/** The message as it goes over the wire: it is no other statement that speaks of one. */
const COMMIT = 'Q\0\0\0\u000bCOMMIT\0';

const END_ALL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name LIKE 'nemo-bot%'`;

describePostgres('between the ledger and its database', () => {
  beforeEach(async () => {
    going = [];
    network = await networkTo(server.port);
    store = await openPostgresStore(server);
    far = await store.connect(network.port);
  });
  afterEach(async () => {
    network.release();
    for (const { end } of going) end({ how: 'lost' });
    await store.destroy();
    await network.close();
  });

  test('a replica that is cut off stops acting before another one may take its turn', async () => {
    const near = await store.connect();
    const runs = dispatch(far);
    await mustAppend(far);
    await store.rest();
    const run = nth(runs, 0);
    const takeIn = store.leaveOut(far);
    network.hold();
    await store.advanceTime(LEASE_MS * 0.7);
    expect(await run.turn.confirm()).toBe(true);
    await store.advanceTime(LEASE_MS * 0.25);
    expect(why(run)).toBe('claim-lost');
    await expect(run.turn.confirm()).rejects.toThrow(ClaimLost);
    expect(await near.claim('near', SERVED)).toBeUndefined();
    await store.passLease();
    const claim = await mustClaim(near, 'near');
    expect(claim).toMatchObject({ fence: 2, crashes: 1 });
    run.end({ how: 'lost' });
    network.release();
    takeIn();
    await store.rest();
    await expect(far.advance(run.turn.claim, { phase: 'sending' })).rejects.toThrow(ClaimLost);
    await near.finish(claim, 'delivered');
    await store.advanceTime(LEASE_MS);
    expect(runs).toHaveLength(1);
  });

  test('a job that was taken from its replica is no claim any more, however long its lease would last', async () => {
    const near = await store.connect();
    const runs = dispatch(far);
    const { turn } = await mustAppend(far);
    await store.rest();
    const run = nth(runs, 0);
    await near.boss.fail(queueOf('ordered', 'slack'), jobIdOf(turn.order));
    await store.advanceTime(LEASE_MS / 2);
    expect(why(run)).toBe('claim-lost');
    await expect(run.turn.confirm()).rejects.toThrow(ClaimLost);
  });

  test('a turn that was given up is taken up again, also where the database is back before anybody has it', async () => {
    const runs = dispatch(far);
    await mustAppend(far);
    await store.rest();
    const takeIn = store.leaveOut(far);
    network.hold();
    await store.advanceTime(LEASE_MS * 0.95);
    expect(why(nth(runs, 0))).toBe('claim-lost');
    network.release();
    nth(runs, 0).end({ how: 'lost' });
    takeIn();
    await store.advanceTime(LEASE_MS / 2);
    expect(runs).toHaveLength(2);
  });

  test('a stop that is said while its replica hears nothing is found when it hears again, before any heartbeat', async () => {
    const near = await store.connect();
    const runs = dispatch(far);
    const { turn } = await mustAppend(far);
    await store.rest();
    const run = nth(runs, 0);
    const interrupted = once(run.turn.signal, 'abort');
    store.leaveOut(far);
    network.cut();
    await expect.poll(() => store.logged.at(-1)).toContain('does not answer');
    await near.requestStop(turn.id, 'ada');
    await store.advanceTime(500);
    await interrupted;
    expect(why(run)).toBe('stop');
  });

  test('of a worker that stood still between being handed a job and taking the turn nothing is taken', async () => {
    const near = await store.connect();
    await mustAppend(far);
    const name = queueOf('ordered', 'slack');
    const [job] = await far.boss.fetch(name, { includeMetadata: true });
    if (!job) throw new Error('there is no job');
    await store.passLease();
    const claim = await mustClaim(near, 'near');
    const { turn } = claim;
    const { retryCount: attempt, startedOn } = job;
    const late = { id: turn.id, lane: turn.lane, attempt, startedOn };
    expect(await far.take(late, 'far')).toBeUndefined();
    await near.finish(claim, 'delivered');
  });

  test('the lease of a turn began when its job was given out, however late that was heard', async () => {
    const near = await store.connect();
    const runs = dispatch(far);
    await store.rest();
    const held = network.holdAnswerTo('ordered-slack', 'strict_fifo_heads');
    store.leaveOut(far);
    await mustAppend(near);
    await held;
    await store.advanceTime(LEASE_MS * 0.7);
    network.release();
    await expect.poll(() => runs.length).toBe(1);
    network.hold();
    await store.advanceTime(LEASE_MS * 0.25);
    expect(why(nth(runs, 0))).toBe('claim-lost');
  });

  test('more appends at once than there are connections, the first of a process, wait for none of their own', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, n) => far.append(newTurn({ thread: `t${n}` }))),
    );
    expect(all.filter(({ outcome }) => outcome !== 'new')).toEqual([]);
  });

  test('a database that answers after five seconds keeps everybody waiting, and interrupts nobody', async () => {
    const runs = dispatch(far);
    await mustAppend(far);
    await store.rest();
    const takeIn = store.leaveOut(far);
    network.hold();
    const appended = far.append(newTurn());
    await store.advanceTime(5_000);
    network.release();
    expect(await appended).toMatchObject({ outcome: 'new' });
    takeIn();
    await store.advanceTime(LEASE_MS);
    expect(why(nth(runs, 0))).toBeUndefined();
    await far.finish(nth(runs, 0).turn.claim, 'delivered');
    nth(runs, 0).end({ how: 'finished' });
    await store.rest();
    expect(runs).toHaveLength(2);
  });

  test.each([
    ['half a minute', 30_000],
    ['five minutes', 300_000],
  ])(
    'away for %s: what ran is taken up again once, and the log has two lines about it',
    async (_long, ms) => {
      const runs = dispatch(far);
      await mustAppend(far, newTurn({ key: 'the turn' }));
      await store.rest();
      const before = store.logged.length;
      const takeWrites = store.refuseWrites();
      await expect(far.append(newTurn())).rejects.toMatchObject(UNAVAILABLE);
      for (let passed = 0; passed < ms; passed += LEASE_MS / 2) {
        await store.stall(LEASE_MS / 2);
        await store.advanceTime(0);
      }
      expect(why(nth(runs, 0))).toBe('claim-lost');
      nth(runs, 0).end({ how: 'lost' });
      await store.rest();
      takeWrites();
      await store.advanceTime(LEASE_MS);
      expect(store.logged.slice(before)).toEqual([
        'the database of the ledger does not answer',
        'the database of the ledger answers again',
      ]);
      expect(runs).toHaveLength(2);
      const { claim } = nth(runs, 1).turn;
      expect(claim).toMatchObject({ crashes: 1, turn: { key: 'the turn' } });
      await far.finish(claim, 'delivered');
      nth(runs, 1).end({ how: 'finished' });
      await store.advanceTime(LEASE_MS);
      expect(runs).toHaveLength(2);
    },
  );

  test('an append whose outcome is not heard is there, once, for who appends again', async () => {
    const runs = dispatch(far);
    const arrival = newTurn();
    network.loseAnswerTo(COMMIT);
    await expect(far.append(arrival)).rejects.toMatchObject(UNAVAILABLE);
    expect(await far.append(arrival)).toMatchObject({ outcome: 'known' });
    await store.rest();
    expect(runs).toHaveLength(1);
    expect(await far.boss.findJobs(queueOf('ordered', 'slack'))).toHaveLength(1);
  });

  test('a change whose outcome is not heard is written, and may be written again', async () => {
    const { turn } = await mustAppend(far);
    const claim = await mustClaim(far);
    const change = { phase: 'preparing', notes: '{"n":1}', follow: newTurn() } as const;
    await far.jobs.ready('slack');
    network.loseAnswerTo(COMMIT);
    await expect(far.advance(claim, change)).rejects.toMatchObject(UNAVAILABLE);
    expect(await far.turn(turn.id)).toMatchObject({ phase: 'preparing', notes: '{"n":1}' });
    await far.advance(claim, change);
    expect(await far.countUnfinished()).toBe(2);
    expect(await far.boss.findJobs(queueOf('ordered', 'slack'))).toHaveLength(2);
  });

  test('an end whose outcome is not heard stands, and the next turn of the thread runs', async () => {
    const runs = dispatch(far);
    const first = await mustAppend(far, newTurn({ key: 'first' }));
    await mustAppend(far, newTurn({ key: 'second' }));
    await store.rest();
    const { claim } = nth(runs, 0).turn;
    network.loseAnswerTo(COMMIT);
    await expect(far.finish(claim, 'delivered')).rejects.toMatchObject(UNAVAILABLE);
    await expect(far.finish(claim, 'delivered')).rejects.toThrow(ClaimLost);
    nth(runs, 0).end({ how: 'lost' });
    await store.advanceTime(LEASE_MS);
    expect(await far.turn(first.turn.id)).toMatchObject({ phase: 'delivered' });
    expect(runs.map(({ turn }) => turn.claim.turn.key)).toEqual(['first', 'second']);
  });

  test('a turn whose putting down is not heard comes back once, as none that crashed', async () => {
    const runs = dispatch(far);
    await mustAppend(far);
    await store.rest();
    network.loseAnswerTo(COMMIT);
    nth(runs, 0).end({ how: 'parked', change: { phase: 'preparing', notes: '{"n":1}' } });
    await store.advanceTime(LEASE_MS);
    expect(runs).toHaveLength(2);
    expect(nth(runs, 1).turn.claim).toMatchObject({ crashes: 0, turn: { notes: '{"n":1}' } });
  });

  test.each(['40001', '40P01'])(
    'an append that is told of contention (%s) is tried again',
    async (code) => {
      await sql(`CREATE SEQUENCE tries;
      CREATE FUNCTION contend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'contention' USING ERRCODE = '${code}'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER contend BEFORE INSERT ON nemo_bot_jobs.job_common
        FOR EACH ROW EXECUTE FUNCTION contend()`);
      try {
        await mustAppend(far);
        expect(await far.countUnfinished()).toBe(1);
        expect(await far.boss.findJobs(queueOf('ordered', 'slack'))).toHaveLength(1);
      } finally {
        await sql('DROP FUNCTION contend CASCADE; DROP SEQUENCE tries');
      }
    },
  );

  test('a server that only reads after a fail-over is an outage; when it writes again all goes on', async () => {
    const runs = dispatch(far);
    await store.rest();
    const name = new URL(store.url).pathname.slice(1);
    await sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`, END_ALL);
    await expect(far.append(newTurn({ key: 'refused' }))).rejects.toMatchObject(UNAVAILABLE);
    expect((await far.health()).trouble).toBeDefined();
    await sql(
      'SET default_transaction_read_only = off',
      `ALTER DATABASE ${name} RESET default_transaction_read_only`,
      END_ALL,
    );
    // Each connection of before is found out when it is used.
    for (let tries = 0; (await far.health()).trouble !== undefined; tries += 1)
      if (tries > 20) throw new Error('it does not come back');
    await mustAppend(far, newTurn({ key: 'taken' }));
    await store.advanceTime(3_000);
    expect(runs.map(({ turn }) => turn.claim.turn.key)).toEqual(['taken']);
  });
});
