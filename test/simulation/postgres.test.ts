/**
 * A few worlds over a real PostgreSQL: each costs some twenty of those over SQLite. `npm run test:simulation -- --store postgres
 * --seeds 200` lives more of them; `--planted --store postgres` looks for the faults that the audit must find there.
 */
import { afterAll, expect, test } from 'vitest';
import { describePostgres } from '../doubles/use-postgres.ts';
import { findPlanted } from './find-planted.ts';
import { stopServer } from './postgres/server.ts';
import { postgresStore } from './postgres/store.ts';
import { runSeed } from './run-seed.ts';

const PATIENCE = { timeout: 600_000 };

/** As many as there is time for beside everything else. */
const SEEDS = [3];

afterAll(() => stopServer());

describePostgres('a world over PostgreSQL', () => {
  test.each(SEEDS)('%i is as it must be', PATIENCE, async (seed) => {
    const { violations, story } = await runSeed({ seed, store: postgresStore });
    const replay = `Replay: npm run test:simulation -- --seed ${seed} --store postgres`;
    expect(violations.length === 0 ? [] : [...story, replay]).toEqual([]);
  });

  test('shows that a heartbeat is off', PATIENCE, async () => {
    expect(await findPlanted('heartbeat off', { most: 5, store: postgresStore })).toBeDefined();
  });
});
