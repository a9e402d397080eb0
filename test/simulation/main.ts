/**
 * `npm run test:simulation -- --seeds 10000`: many worlds, two processes. `-- --seed 17` lives one world and
 * tells its story.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { findPlanted } from './find-planted.ts';
import { plantedFaults } from './planted-faults.ts';
import { runSeed, type Verdict } from './run-seed.ts';

const WORKERS = 2;
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    calm: { type: 'boolean', default: false },
    /** Of a process of the pool: every nth seed. */
    step: { type: 'string' },
    /** Says of every planted fault in which seed it is found. */
    planted: { type: 'boolean', default: false },
  },
});

const out = (text: string) => process.stdout.write(`${text}\n`);

interface Tally {
  readonly failed: Verdict[];
  events: number;
  runs: number;
}

if (values.planted) {
  for (const { name } of plantedFaults()) {
    const found = await findPlanted(name, {
      most: Number(values.seeds),
      from: Number(values.from),
    });
    out(`${name}: ${found ? `seed ${found.seed}: ${found.text}` : 'not found'}`);
  }
} else if (values.seed !== undefined) {
  const verdict = await runSeed({ seed: Number(values.seed), calm: values.calm });
  out(verdict.story.join('\n'));
  out(verdict.violations.length === 0 ? 'all is well' : `${verdict.violations.length} violations`);
  process.exitCode = verdict.violations.length === 0 ? 0 : 1;
} else if (values.step !== undefined) {
  const [from, to, step] = [
    Number(values.from),
    Number(values.from) + Number(values.seeds),
    Number(values.step),
  ];
  for (let seed = from; seed < to; seed += step) {
    const verdict = await runSeed({ seed, calm: values.calm });
    const sent = verdict.violations.length === 0 ? { ...verdict, story: [] } : verdict;
    await new Promise<void>((resolve) => process.send?.(sent, undefined, {}, () => resolve()));
  }
  process.disconnect?.();
} else {
  process.exitCode = await pool();
}

async function pool(): Promise<number> {
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const tally: Tally = { failed: [], events: 0, runs: 0 };
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: WORKERS }, (_, index) => child(index, tally, from, seeds)),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const first = new Map<string, { seed: number; text: string; count: number }>();
  for (const { seed, violations } of tally.failed.sort((one, other) => one.seed - other.seed)) {
    for (const rule of new Set(violations.map((it) => it.rule))) {
      const known = first.get(rule);
      const text = violations.find((it) => it.rule === rule)?.text ?? '';
      first.set(rule, known ? { ...known, count: known.count + 1 } : { seed, text, count: 1 });
    }
  }
  for (const [rule, { seed, text, count }] of first)
    out(`${count} × ${rule}; first in seed ${seed}: ${text}`);
  out(
    `${seeds} seeds, ${tally.failed.length} failed; ${tally.events} events, ${tally.runs} runs, ${seconds.toFixed(0)} s`,
  );
  const [story] = tally.failed;
  if (story) out(`Replay: npm run test:simulation -- --seed ${story.seed}`);
  return tally.failed.length === 0 ? 0 : 1;
}

function child(index: number, tally: Tally, from: number, seeds: number): Promise<void> {
  const args = ['--from', `${from + index}`, '--seeds', `${seeds - index}`, '--step', `${WORKERS}`];
  if (values.calm) args.push('--calm');
  const process = fork(import.meta.filename, args);
  process.on('message', (verdict: Verdict) => {
    tally.events += verdict.events;
    tally.runs += verdict.runs;
    if (verdict.violations.length > 0) tally.failed.push(verdict);
  });
  return new Promise((resolve, reject) => {
    process.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`)),
    );
  });
}
