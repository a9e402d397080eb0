/** Throw-away databases in one real PostgreSQL, and the time that the ledgers on each share: pg-boss's own test clock. */
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

/** Rounds of questions to the server after which what it tells by itself has arrived. */
const ROUNDS = 4;

export async function openPostgresStore(server: PostgresServer): Promise<PostgresStore> {
  const url = await server.freshDatabase();
  const clock = new TestClock(1_700_000_000_000);
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
      for (const ledger of opened) await ledger.close();
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
