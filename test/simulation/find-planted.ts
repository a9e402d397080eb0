/** Looks for a seed in which a planted fault breaks what holds in the same world without it. */
import { plantedFaults } from './planted-faults.ts';
import { runSeed } from './run-seed.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

export interface Found {
  readonly seed: number;
  readonly text: string;
}

export async function findPlanted(
  name: string,
  { most, from, store = sqliteStore }: { most: number; from?: number; store?: Store },
): Promise<Found | undefined> {
  const planted = plantedFaults(store.name).find((it) => it.name === name);
  if (!planted) throw new Error(`no fault is called ${name}`);
  const { breaks, faults, dailyTurns, batches, stops, mostEvents } = planted;
  const without = { name: 'nothing', breaks, from: 0, inPlace: () => true };
  const healthy = {
    ...without,
    ...(faults && { faults }),
    ...(dailyTurns !== undefined && { dailyTurns }),
    ...(mostEvents !== undefined && { mostEvents }),
    ...(batches !== undefined && { batches }),
    ...(stops !== undefined && { stops }),
  };
  const first = from ?? planted.from;
  for (let seed = first; seed < first + most; seed += 1) {
    const { violations } = await runSeed({ seed, planted, store });
    const found = violations.find(({ rule }) => rule === breaks);
    if (!found) continue;
    const sound = await runSeed({ seed, planted: healthy, store });
    if (!sound.violations.some(({ rule }) => rule === breaks)) return { seed, text: found.text };
  }
  if (!planted.inPlace())
    throw new Error(`"${name}" has nothing left to change: it is not planted`);
  return undefined;
}
