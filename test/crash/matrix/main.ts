/**
 * `npm run test:crash`: every point of the matrix, on every store and platform. `-- --only slack --store sqlite` some of it,
 * `-- --storm` the storm instead (storm.ts),
 * `-- --point "after nemo render"` the points whose names hold these words, `-- --jobs 2` so many stories at once.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { complaint, judge, pointsOf, trace, type Verdict } from './matrix.ts';
import { PLACES } from './places.ts';
import type { Setting } from './play.ts';
import { shown } from './point.ts';
import { powerCut, STORES } from './stores.ts';
import { type Storm, storm, told } from './storm.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    store: { type: 'string', default: '' },
    point: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    /** Every nth of the points. */
    every: { type: 'string', default: '1' },
    /** Many threads, and processes killed by chance. */
    storm: { type: 'boolean', default: false },
    threads: { type: 'string', default: '30' },
    messages: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
const number = z.coerce.number().int().min(1);
const jobs = number.parse(values.jobs);
const every = number.parse(values.every);

const out = (text: string) => process.stdout.write(`${text}\n`);

const stores = STORES.filter(({ name }) => name.includes(values.store));
const places = PLACES.filter(({ name }) => name.includes(values.only));
let failed = 0;
for (const store of stores)
  for (const place of places)
    failed += values.storm ? await tellStorm({ store, place }) : await tellAll({ store, place });
process.exitCode = failed > 0 ? 1 : 0;

async function tellAll(setting: Setting): Promise<number> {
  const { store, place } = setting;
  const startedAt = performance.now();
  const wanted = pointsOf(await trace(setting))
    .filter((point) => store.has(point))
    .filter((point) => shown(point).includes(values.point))
    .filter((_point, n) => n % every === 0);
  const left = wanted.values();
  const verdicts: Verdict[] = [];
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (const point of left) {
        const verdict = await judge(setting, point);
        verdicts.push(verdict);
        // Each takes ten seconds and more: who waits sees that it goes on.
        if (verdicts.length % 5 === 0)
          process.stderr.write(
            `${verdicts.length} of ${wanted.length}, ${secondsSince(startedAt)} s\n`,
          );
        const told = complaint(verdict);
        if (told) out(told);
      }
    }),
  );
  const bad = verdicts.filter(({ faults }) => faults.length > 0);
  const offers = verdicts.filter((verdict) => verdict.offers > 0);
  const passed = verdicts.filter(({ reached }) => !reached);
  const seconds = secondsSince(startedAt);
  out(
    `${store.name}, ${place.name}: ${wanted.length} points, ${wanted.length - bad.length} held, ${offers.length} of them by an honest offer to try again, ${passed.length} passed by, ${seconds} s`,
  );
  for (const { point } of offers) out(`  offered: ${shown(point)}`);
  for (const { point } of passed) out(`  passed by: ${shown(point)}`);
  for (const { point } of bad) out(`  FAILED ${shown(point)}`);
  return bad.length;
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

/** Of the stores that processes share. */
async function tellStorm({ store, place }: Setting): Promise<number> {
  if (store === powerCut) return 0;
  const threads = number.parse(values.threads);
  const wanted: Storm = {
    store,
    place,
    threads,
    perThread: Math.ceil(number.parse(values.messages) / threads),
    // Where any number may share the store, one more than two: whoever takes over is not the only one left.
    processes: store.replicas > 1 ? 3 : 2,
    kills: Math.ceil(number.parse(values.messages) / 7),
    seed: number.parse(values.seed),
  };
  const aftermath = await storm(wanted);
  out(told(wanted, aftermath));
  return aftermath.faults.length;
}
