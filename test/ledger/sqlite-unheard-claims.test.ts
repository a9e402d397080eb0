/** A flush that went through and was told as failed: what it claimed is nobody's, and nobody waits for its lease. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ClaimedTurn, RunOutcome } from '../../src/ledger/dispatch.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { openSqlite } from '../../src/runtime/sqlite/database.ts';
import { StoreUnavailable } from '../../src/runtime/store-outage.ts';
import { manualTimers } from '../doubles/manual-timers.ts';
import { newTurn } from './support.ts';

/** Long beside the pause between two looks. */
const LEASE_MS = 600_000;
const LOOKS_MS = 3_000;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function house(limit = 10) {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-unheard-'));
  const timers = manualTimers(20);
  let lies = 0;
  const ledger: Ledger = openSqliteLedger({
    path: join(folder, 'ledger.db'),
    leaseMs: LEASE_MS,
    timers,
    open: (file) => {
      const db = openSqlite(file);
      const exec = db.exec.bind(db);
      db.exec = (sql) => {
        exec(sql);
        if (sql !== 'COMMIT' || lies === 0) return;
        lies -= 1;
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      };
      return db;
    },
  });
  const runs: ClaimedTurn[] = [];
  let end = (_outcome: RunOutcome) => {};
  const dispatcher = ledger.dispatch({
    platforms: ['slack'],
    limit,
    log: { debug() {}, info() {}, warn() {}, error() {}, always() {} },
    run: (turn) => {
      runs.push(turn);
      return new Promise<RunOutcome>((resolve) => {
        end = resolve;
      });
    },
  });
  ends.push(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });
  const lieOnce = () => {
    lies = 1;
  };
  return { ledger, dispatcher, timers, runs, lieOnce, end: () => end({ how: 'lost' }) };
}

test('a message whose append was told as failed is worked on at the next look', async () => {
  const { dispatcher, timers, runs, lieOnce } = await house();
  dispatcher.start();
  await timers.rest();
  lieOnce();
  const arrival = newTurn();
  const told = expect(dispatcher.append(arrival)).rejects.toThrow(StoreUnavailable);
  await timers.advance(20);
  await told;
  await timers.advance(LOOKS_MS);
  expect(runs.map(({ claim }) => claim.turn.key)).toEqual([arrival.key]);
});

test('a turn whose claim was told as failed is claimed again at the next look', async () => {
  const { ledger, dispatcher, timers, runs, lieOnce } = await house();
  const appended = ledger.append(newTurn());
  await timers.advance(20);
  await appended;
  lieOnce();
  dispatcher.start();
  await timers.advance(LOOKS_MS);
  expect(runs).toHaveLength(1);
});

test('what is at work here, or on its way here, is not taken for unheard', async () => {
  const { dispatcher, timers, runs, lieOnce } = await house();
  dispatcher.start();
  const first = dispatcher.append(newTurn({ thread: 'slack:T1:C1:1' }));
  await timers.advance(20);
  await first;
  lieOnce();
  const told = expect(dispatcher.append(newTurn({ thread: 'slack:T1:C1:2' }))).rejects.toThrow();
  await timers.advance(20);
  await told;
  // In one flush with the release.
  const third = dispatcher.append(newTurn({ thread: 'slack:T1:C1:3' }));
  await timers.advance(LOOKS_MS);
  await third;
  await timers.advance(LOOKS_MS);
  expect(runs.map(({ claim }) => claim.turn.thread).sort()).toEqual([
    'slack:T1:C1:1',
    'slack:T1:C1:2',
    'slack:T1:C1:3',
  ]);
  expect(runs.every(({ signal }) => !signal.aborted)).toBe(true);
});
