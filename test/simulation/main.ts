/**
 * `npm run test:simulation -- --seeds 10000 --jobs 2`: many worlds in two processes. `-- --seed 17` lives one
 * world and tells its story.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { addTo, formatCensus } from './census.ts';
import { findPlanted } from './find-planted.ts';
import { plantedFaults } from './planted-faults.ts';
import { stopServer } from './postgres/server.ts';
import { postgresStore } from './postgres/store.ts';
import { runSeed, type Verdict } from './run-seed.ts';
import { sqliteStore } from './sqlite-store.ts';
import { STORES } from './store.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string' },
    /** Processes that share the seeds. */
    jobs: { type: 'string', default: '1' },
    seed: { type: 'string' },
    calm: { type: 'boolean', default: false },
    /** How often which trouble has happened. */
    census: { type: 'boolean', default: false },
    /** Of one of several processes: every nth seed. */
    step: { type: 'string' },
    /** Says of every planted fault in which seed it is found. */
    planted: { type: 'boolean', default: false },
    /** Those of them whose names hold these words. */
    only: { type: 'string', default: '' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const number = z.coerce.number().int().min(1);
const most = { from: number.parse(values.from ?? '1'), seeds: number.parse(values.seeds) };
const REPLAYS = 20;
const store = { sqlite: sqliteStore, postgres: postgresStore }[z.enum(STORES).parse(values.store)];
const option = store.name === 'sqlite' ? '' : ` --store ${store.name}`;

const out = (text: string) => process.stdout.write(`${text}\n`);

interface Tally {
  readonly failed: Verdict[];
  readonly census: Map<string, number>;
  lived: number;
  events: number;
  runs: number;
  cpuSeconds: number;
}

/** What a process of the pool sends: a world at a time, and what all of them have cost. */
type Sent = { readonly verdict: Verdict } | { readonly cpuSeconds: number };

if (values.planted) await tellPlanted();
else if (values.seed !== undefined) process.exitCode = await tellStory(number.parse(values.seed));
else if (values.step !== undefined) await serve(number.parse(values.step));
else process.exitCode = await pool(number.parse(values.jobs));
await stopServer();

async function tellPlanted(): Promise<void> {
  for (const { name } of plantedFaults(store.name)) {
    if (!name.includes(values.only)) continue;
    // Else each begins where it was found before.
    const from = values.from === undefined ? {} : { from: most.from };
    const found = await findPlanted(name, { most: most.seeds, ...from, store });
    out(`${name}: ${found ? `seed ${found.seed}: ${found.text}` : 'not found'}`);
  }
}

async function tellStory(seed: number): Promise<number> {
  const { story, violations, census } = await runSeed({ seed, calm: values.calm, store });
  out(story.join('\n'));
  if (values.census) out(formatCensus(new Map(Object.entries(census)), store.name));
  out(violations.length === 0 ? 'all is well' : `${violations.length} violations`);
  return violations.length === 0 ? 0 : 1;
}

async function serve(step: number): Promise<void> {
  const send = (sent: Sent) =>
    new Promise<void>((resolve) => process.send?.(sent, undefined, {}, () => resolve()));
  for (let seed = most.from; seed < most.from + most.seeds; seed += step) {
    const verdict = await runSeed({ seed, calm: values.calm, store });
    await send({ verdict: verdict.violations.length === 0 ? { ...verdict, story: [] } : verdict });
  }
  const { user, system } = process.cpuUsage();
  await send({ cpuSeconds: (user + system) / 1e6 });
  process.disconnect?.();
}

async function pool(processes: number): Promise<number> {
  const tally: Tally = {
    failed: [],
    census: new Map(),
    lived: 0,
    events: 0,
    runs: 0,
    cpuSeconds: 0,
  };
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: processes }, (_, index) => child(index, processes, tally)),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  tally.failed.sort((one, other) => one.seed - other.seed);
  const [first] = tally.failed;
  if (first) out(first.story.join('\n'));
  if (values.census) out(formatCensus(tally.census, store.name));
  const byRule = new Map<string, { readonly seeds: number[]; readonly text: string }>();
  for (const { seed, violations } of tally.failed) {
    for (const { rule, text } of violations) {
      const known = byRule.get(rule);
      if (!known) byRule.set(rule, { seeds: [seed], text });
      else if (known.seeds.at(-1) !== seed) known.seeds.push(seed);
    }
  }
  for (const [rule, { seeds, text }] of byRule)
    out(`${seeds.length} × ${rule}; seeds ${seeds.slice(0, REPLAYS).join(', ')}; first: ${text}`);
  const { lived, failed, events, runs, cpuSeconds } = tally;
  for (const { seed } of failed.slice(0, REPLAYS))
    out(`Replay: npm run test:simulation -- --seed ${seed}${option}`);
  out(
    `${lived} seeds from ${most.from}, ${failed.length} failed; ${events} events, ${runs} runs; ` +
      `${cpuSeconds.toFixed(0)} s of CPU (${((1_000 * cpuSeconds) / lived).toFixed(0)} ms a seed), ` +
      `${seconds.toFixed(0)} s in ${processes} processes`,
  );
  return failed.length === 0 && lived === most.seeds ? 0 : 1;
}

function child(index: number, processes: number, tally: Tally): Promise<void> {
  const [first, count] = [most.from + index, most.seeds - index];
  if (count < 1) return Promise.resolve();
  const args = [
    '--from',
    `${first}`,
    '--seeds',
    `${count}`,
    '--step',
    `${processes}`,
    '--store',
    store.name,
  ];
  if (values.calm) args.push('--calm');
  const worker = fork(import.meta.filename, args);
  worker.on('message', (sent: Sent) => {
    if ('cpuSeconds' in sent) {
      tally.cpuSeconds += sent.cpuSeconds;
      return;
    }
    const { verdict } = sent;
    tally.lived += 1;
    tally.events += verdict.events;
    tally.runs += verdict.runs;
    addTo(tally.census, verdict.census);
    if (verdict.violations.length > 0) tally.failed.push(verdict);
  });
  return new Promise((resolve, reject) => {
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`)),
    );
  });
}
