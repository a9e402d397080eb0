/** The audit finds each of the twelve planted faults, in few worlds. */
import { describe, expect, test } from 'vitest';
import { findPlanted } from './find-planted.ts';
import { plantedFaults } from './planted-faults.ts';

const MOST_SEEDS = 60;
const PATIENCE = { timeout: 600_000 };

describe('the audit finds', () => {
  test.each(plantedFaults('sqlite').map(({ name }) => name))('%s', PATIENCE, async (name) => {
    expect(await findPlanted(name, { most: MOST_SEEDS })).toBeDefined();
  });

  test('a fault that can no longer be planted, and says so', PATIENCE, async () => {
    const [gone] = plantedFaults('sqlite').filter(({ sql }) => sql);
    expect(gone?.inPlace()).toBe(false);
  });
});
