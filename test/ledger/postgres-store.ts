/** Throw-away databases in one real PostgreSQL, and the time that the ledgers on each share: pg-boss's own test clock. */
import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { CLOCK_OVERRIDE_SETTING, type Clock, TestClock } from 'pg-boss';
import { jobData, queueOf } from '../../src/ledger/postgres/jobs.ts';
import { openPostgresLedger, type PostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { JOBS_SCHEMA } from '../../src/ledger/postgres/schema.ts';
import type { Timers } from '../../src/runtime/clock.ts';
import type { Log } from '../../src/runtime/log.ts';
import type { PostgresServer } from '../doubles/postgres.ts';
import { LEASE_MS, type LedgerStore, type TestLedger } from './support.ts';

export interface PostgresStore extends LedgerStore {
  readonly url: string;
  /** By that port of this machine, where one is given. */
  connect(port?: number): Promise<StoreLedger>;
  /** What it has under way is not waited for until the returned function is called. */
  leaveOut(ledger: PostgresLedger): () => void;
  /** What the ledgers have logged. */
  readonly logged: readonly string[];
}

export type StoreLedger = TestLedger & PostgresLedger;

/** pg-boss does not look for the dead more often than it is told to, whoever asks. */
const LOOKED_AT_MS = 2_001;

const DAY_MS = 86_400_000;

const EMPTY = `
  DELETE FROM nemo_bot.participants; DELETE FROM nemo_bot.threads; DELETE FROM nemo_bot.renders;
  DELETE FROM nemo_bot.turns; DELETE FROM nemo_bot.begun; DELETE FROM nemo_bot_jobs.job;
  DELETE FROM nemo_bot.spendings;
`;

/** Rounds in which nothing was under way any more. */
const QUIET_ROUNDS = 3;
/** The channel on which the ledgers hear a mark of the test. */
const MARK = 'nemo_bot_test';

/** Of one server the same database is used again and again: making one takes longer than most tests. */
interface Database {
  readonly url: string;
  /** Moves its clock, and empties it. */
  readonly client: pg.Client;
  now: number;
}
const databases = new WeakMap<PostgresServer, Promise<Database>>();

async function makeDatabase(server: PostgresServer): Promise<Database> {
  const url = await server.freshDatabase();
  // Makes the tables, so that there is something to give a clock to.
  await (await openPostgresLedger({ url, leaseMs: LEASE_MS, log: recorder([]) })).close();
  const client = new pg.Client(url);
  // The server ends before it is closed.
  client.on('error', () => {});
  await client.connect();
  return { url, client, now: 1_700_000_000_000 };
}

const isBusy = (pool: pg.Pool): boolean => pool.totalCount - pool.idleCount + pool.waitingCount > 0;

/** What is under way has been answered; true where that had to be waited for. */
async function quiet(pools: readonly pg.Pool[]): Promise<boolean> {
  let waited = false;
  for (let pool = pools.find(isBusy); pool; pool = pools.find(isBusy)) {
    waited = true;
    await givenBack(pool);
    await setImmediate();
  }
  return waited;
}

/** A connection of it, or a moment has passed: one that cannot be made is never given back. */
function givenBack(pool: pg.Pool): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      pool.off('release', over);
      resolve();
    };
    const timer = setTimeout(over, 2);
    pool.on('release', over);
  });
}

export async function openPostgresStore(server: PostgresServer): Promise<PostgresStore> {
  const made = databases.get(server) ?? makeDatabase(server);
  databases.set(server, made);
  const database = await made;
  const { url, client } = database;
  const opened: PostgresLedger[] = [];
  const left = new Set<PostgresLedger>();
  const waitedFor = () => opened.filter((ledger) => !left.has(ledger));
  const pools = () => waitedFor().map(({ pool }) => pool);
  // One of its own, so that no timer is left of an earlier store.
  const clock = new TestClock(database.now);
  await clock.attach({
    db: { executeSql: (text, values) => client.query(text, [...(values ?? [])]) },
    schema: JOBS_SCHEMA,
    idle: () => quiet(pools()),
  });
  const logged: string[] = [];
  const ears = new Map<PostgresLedger, (mark: string) => Promise<void>>();
  let told = 0;

  async function rest(): Promise<void> {
    for (let rounds = 0; rounds < QUIET_ROUNDS; rounds += 1) {
      await clock.tick(0);
      await allTold();
      await setImmediate();
      if (await quiet(pools())) rounds = 0;
    }
  }

  /** What the server tells arrives in the order of commits: what was told before this has arrived. */
  async function allTold(): Promise<void> {
    told += 1;
    const mark = String(told);
    const all = Promise.all(waitedFor().map((ledger) => ears.get(ledger)?.(mark)));
    await client.query(`NOTIFY ${MARK}, '${mark}'`);
    await all;
  }

  return {
    url,
    sharesByPerson: false,
    unheard: 'lost',
    logged,
    leaveOut(ledger) {
      left.add(ledger);
      return () => left.delete(ledger);
    },
    async connect(port) {
      const ledger = await openPostgresLedger({
        url: addressOf(url, port),
        leaseMs: LEASE_MS,
        log: recorder(logged),
        timers: timersOf(clock),
        boss: { clock: heldClock(clock) },
      });
      opened.push(ledger);
      ears.set(ledger, await earOf(ledger));
      return Object.assign(ledger, { claim: claimer(ledger) });
    },
    async advanceTime(ms) {
      await clock.tick(ms);
      await rest();
    },
    stall: (ms) => clock.setTime(clock.now() + ms),
    async passLease() {
      await clock.setTime(clock.now() + LEASE_MS + LOOKED_AT_MS);
      await waitedFor()[0]?.boss.supervise();
    },
    rest,
    now: () => clock.now(),
    refuseWrites() {
      const taken = opened.map((ledger) => {
        const { pool } = ledger;
        const connect = pool.connect.bind(pool);
        Object.assign(pool, {
          connect: () =>
            Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
        });
        return () => void Object.assign(pool, { connect });
      });
      return () => {
        for (const give of taken) give();
      };
    },
    async destroy() {
      ears.clear();
      for (const ledger of opened) await ledger.close();
      await client.query(EMPTY);
      // pg-boss remembers when it last looked for the dead.
      database.now = clock.now() + DAY_MS;
    },
  };
}

/** Resolves when the ledger has heard the mark. */
async function earOf({ listener }: PostgresLedger): Promise<(mark: string) => Promise<void>> {
  const waiting = new Map<string, () => void>();
  await listener.listen(
    MARK,
    (mark) => waiting.get(mark)?.(),
    () => {},
  );
  return (mark) => new Promise((resolve) => waiting.set(mark, resolve));
}

/** Not handed over itself: each pg-boss would attach it anew. */
const heldClock = (clock: TestClock): Clock => ({
  now: () => clock.now(),
  setTimeout: (run, ms) => clock.setTimeout(run, ms),
  clearTimeout: (timer) => clock.clearTimeout(timer),
  setInterval: (run, ms) => clock.setInterval(run, ms),
  clearInterval: (timer) => clock.clearInterval(timer),
});

/** What a worker of pg-boss's does, once and by hand: those whose worker has gone are given back first. */
const claimer =
  (ledger: PostgresLedger): TestLedger['claim'] =>
  async (owner, { lane, platforms }) => {
    for (const platform of platforms) {
      await ledger.jobs.ready(platform);
      const name = queueOf(lane, platform);
      await ledger.boss.supervise(name);
      for (;;) {
        const [job] = await ledger.boss.fetch(name, { includeMetadata: true });
        if (!job) break;
        const { turn: id } = jobData.parse(job.data);
        const { retryCount: attempt, startedOn } = job;
        const taken = await ledger.take({ id, lane, attempt, startedOn }, owner);
        if (taken) return taken.claim;
        await ledger.boss.complete(name, job);
      }
    }
    return undefined;
  };

/** With the clock of the test. */
function addressOf(url: string, port: number | undefined): string {
  const at = new URL(url);
  if (port !== undefined) at.port = String(port);
  at.searchParams.set('options', `-c ${CLOCK_OVERRIDE_SETTING}=on`);
  return at.href;
}

function timersOf(clock: TestClock): Timers {
  const start = clock.now();
  return {
    now: () => clock.now(),
    monotonic: () => clock.now() - start,
    after(ms, run) {
      const timer = clock.setTimeout(run, ms);
      return () => clock.clearTimeout(timer);
    },
    soon: (run) => void setImmediate().then(run),
  };
}

function recorder(lines: string[]): Log {
  const write = (message: string) => void lines.push(message);
  return { debug: write, info: write, warn: write, error: write, always: write };
}
