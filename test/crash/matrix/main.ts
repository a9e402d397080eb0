/**
 * `npm run test:crash`: every point of the matrix, on every store and platform. `-- --only slack --store sqlite` some of it,
 * `-- --point "after nemo render"` the points whose names hold these words, `-- --jobs 2` so many stories at once.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { complaint, judge, pointsOf, trace, type Verdict } from './matrix.ts';
import { PLACES } from './places.ts';
import type { Setting } from './play.ts';
import { shown } from './point.ts';
import { STORES } from './stores.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    store: { type: 'string', default: '' },
    point: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    /** Every nth of the points. */
    every: { type: 'string', default: '1' },
  },
});
const number = z.coerce.number().int().min(1);
const jobs = number.parse(values.jobs);
const every = number.parse(values.every);

const out = (text: string) => process.stdout.write(`${text}\n`);

let failed = 0;
for (const store of STORES.filter(({ name }) => name.includes(values.store)))
  for (const place of PLACES.filter(({ name }) => name.includes(values.only)))
    failed += await tellAll({ store, place });
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
        const told = complaint(verdict);
        if (told) out(told);
      }
    }),
  );
  const bad = verdicts.filter(({ faults }) => faults.length > 0);
  const offers = verdicts.filter((verdict) => verdict.offers > 0);
  const passed = verdicts.filter(({ reached }) => !reached);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  out(
    `${store.name}, ${place.name}: ${wanted.length} points, ${wanted.length - bad.length} held, ${offers.length} of them by an honest offer to try again, ${passed.length} passed by, ${seconds} s`,
  );
  for (const { point } of offers) out(`  offered: ${shown(point)}`);
  for (const { point } of passed) out(`  passed by: ${shown(point)}`);
  for (const { point } of bad) out(`  FAILED ${shown(point)}`);
  return bad.length;
}
