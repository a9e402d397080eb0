/** Throw-away databases in one real PostgreSQL, and the time that the ledgers on each share: pg-boss's own test clock. */
import pg from 'pg';
import { CLOCK_OVERRIDE_SETTING, TestClock } from 'pg-boss';
import { jobData, queueOf } from '../../src/ledger/postgres/jobs.ts';
import { openPostgresLedger, type PostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import type { Timers } from '../../src/runtime/clock.ts';
import type { Log } from '../../src/runtime/log.ts';
import type { PostgresServer } from '../doubles/postgres.ts';
import { LEASE_MS, type LedgerStore, type TestLedger } from './support.ts';

export interface PostgresStore extends LedgerStore {
  readonly url: string;
  connect(): Promise<TestLedger & PostgresLedger>;
}

/** pg-boss does not look for the dead more often than it is told to, whoever asks. */
const LOOKED_AT_MS = 2_001;

/** Of one server the same database is used again and again: making one takes longer than most tests. */
const databases = new WeakMap<PostgresServer, { readonly url: string; now: number }>();
const DAY_MS = 86_400_000;

const EMPTY = `
  TRUNCATE nemo_bot.turns, nemo_bot.threads, nemo_bot.participants, nemo_bot.renders, nemo_bot.begun;
  DELETE FROM nemo_bot_jobs.job;
`;

/** Rounds of questions to the server after which what it tells by itself has arrived. */
const ROUNDS = 8;

export async function openPostgresStore(server: PostgresServer): Promise<PostgresStore> {
  const database = databases.get(server) ?? {
    url: await server.freshDatabase(),
    now: 1_700_000_000_000,
  };
  databases.set(server, database);
  const { url } = database;
  const clock = new TestClock(database.now);
  const opened: PostgresLedger[] = [];
  const logged: string[] = [];

  async function rest(): Promise<void> {
    for (let quiet = 0; quiet < ROUNDS; ) {
      const before = opened.map(({ pool }) => pool.totalCount - pool.idleCount + pool.waitingCount);
      await clock.tick(0);
      // Paces the rounds by the server, which tells of new jobs meanwhile.
      await Promise.all(
        opened.map(({ boss }) => boss.getDb().executeSql('SELECT pg_sleep(0.004)')),
      );
      await new Promise((resolve) => setImmediate(resolve));
      quiet = before.every((busy) => busy === 0) ? quiet + 1 : 0;
    }
  }

  return {
    url,
    sharesByPerson: false,
    async connect() {
      const ledger = await openPostgresLedger({
        url: withClock(url),
        leaseMs: LEASE_MS,
        log: recorder(logged),
        timers: timersOf(clock),
        boss: { clock },
      });
      opened.push(ledger);
      return Object.assign(ledger, { claim: claimer(ledger) });
    },
    async advanceTime(ms) {
      await clock.tick(ms);
      await rest();
    },
    stall: (ms) => clock.setTime(clock.now() + ms),
    async passLease() {
      await clock.setTime(clock.now() + LEASE_MS + LOOKED_AT_MS);
      await opened[0]?.boss.supervise();
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
      // pg-boss remembers when it last looked for the dead.
      database.now = clock.now() + DAY_MS;
      for (const ledger of opened) await ledger.close();
      const client = new pg.Client(url);
      await client.connect();
      await client.query(EMPTY);
      await client.end();
    },
  };
}

/** What a worker of pg-boss's does, once and by hand: those whose worker has gone are given back first. */
const claimer =
  (ledger: PostgresLedger): TestLedger['claim'] =>
  async (owner, { lane, platforms }) => {
    for (const platform of platforms) {
      await ledger.jobs.ready(platform);
      const name = queueOf(lane, platform);
      await ledger.boss.supervise(name);
      for (;;) {
        const [job] = await ledger.boss.fetch(name);
        if (!job) break;
        const { turn: id } = jobData.parse(job.data);
        const claim = await ledger.take({ id, lane, attempt: job.retryCount }, owner);
        if (claim) return claim;
        await ledger.boss.complete(name, job);
      }
    }
    return undefined;
  };

/** On the ledger's own connections, too. */
function withClock(url: string): string {
  const at = new URL(url);
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
    soon: (run) => void setImmediate(run),
  };
}

function recorder(lines: string[]): Log {
  const write = (message: string) => void lines.push(message);
  return { debug: write, info: write, warn: write, error: write, always: write };
}
