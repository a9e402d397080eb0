/** What the steps of a turn cost on either store: append, claim, three advances, finish. One process, one after the other. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Claim, Ledger } from '../../src/ledger/ledger.ts';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { round, say } from './figures.ts';
import type { Options } from './options.ts';
import type { BenchServer, Work } from './server.ts';
import { arrivalOf, claimNext, quiet } from './store-steps.ts';

const STEPS = ['append', 'claim', 'advance', 'finish'] as const;
type Step = (typeof STEPS)[number];
const ADVANCES = ['preparing', 'sending', 'streaming'] as const;

interface Cost {
  times: number;
  wallMs: number;
  cpuMs: number;
  statements: number;
  serverMs: number;
}

type Costs = Readonly<Record<Step, Cost>>;

const nothing = (): Cost => ({ times: 0, wallMs: 0, cpuMs: 0, statements: 0, serverMs: 0 });

export async function measureSteps(server: BenchServer, options: Options): Promise<void> {
  const database = await server.database();
  const postgres = await openPostgresLedger({ url: database.url, leaseMs: 30_000, log: quiet });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nemo-bot-steps-'));
  const sqlite = openSqliteLedger({ path: path.join(folder, 'bot.db'), leaseMs: 30_000 });
  try {
    await postgres.jobs.ready('slack');
    const inSqlite = () => sqlite.claim('one', { lane: 'ordered', platforms: ['slack'] });
    const rounds = Math.ceil(options.claims / 10);
    const costs = {
      PostgreSQL: await measure(
        postgres,
        () => claimNext(postgres),
        rounds,
        () => database.work(),
      ),
      SQLite: await measure(sqlite, inSqlite, rounds, undefined),
    };
    say(`Steps of a turn, ${rounds} turns, one after the other; fsync ${options.fsync}`);
    for (const [store, each] of Object.entries(costs)) {
      for (const step of STEPS) {
        const { times, wallMs, cpuMs, statements, serverMs } = each[step];
        const inServer =
          statements > 0
            ? `, ${round(statements / times)} statements, ${round(serverMs / times, 2)} ms in the server`
            : '';
        say(
          `  ${`${store}, ${step}`.padEnd(24)} ${round(wallMs / times, 2).padStart(8)} ms, ${round(cpuMs / times, 2)} ms CPU of the process${inServer}`,
        );
      }
    }
    say();
  } finally {
    await postgres.close();
    await sqlite.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  ledger: Ledger,
  claim: () => Promise<Claim | undefined>,
  rounds: number,
  work: (() => Promise<Work>) | undefined,
): Promise<Costs> {
  const costs: Costs = {
    append: nothing(),
    claim: nothing(),
    advance: nothing(),
    finish: nothing(),
  };
  async function timed<T>(step: Step, times: number, act: () => Promise<T>): Promise<T> {
    const before = await work?.();
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
    const result = await act();
    const { user, system } = process.cpuUsage(cpu);
    const cost = costs[step];
    cost.times += times;
    cost.wallMs += performance.now() - startedAt;
    cost.cpuMs += (user + system) / 1000;
    const after = await work?.();
    cost.statements += (after?.statements ?? 0) - (before?.statements ?? 0);
    cost.serverMs += (after?.ms ?? 0) - (before?.ms ?? 0);
    return result;
  }
  for (let n = -1; n < rounds; n += 1) {
    if (n === 0) for (const step of STEPS) Object.assign(costs[step], nothing());
    const key = `turn ${n}`;
    await timed('append', 1, () => ledger.append(arrivalOf(key, `thread ${n % 20}`)));
    const claimed = await timed('claim', 1, claim);
    if (!claimed) throw new Error('a turn that waits was not given out');
    await timed('advance', ADVANCES.length, async () => {
      for (const phase of ADVANCES)
        await ledger.advance(claimed, {
          phase,
          notes: JSON.stringify({ phase, x: 'y'.repeat(200) }),
        });
    });
    await timed('finish', 1, () => ledger.finish(claimed, 'delivered'));
  }
  return costs;
}
