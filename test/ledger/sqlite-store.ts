/** A throw-away SQLite file for the tests, and the time that the ledgers on it share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineTimers } from '../../src/clock.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { LEASE_MS, type LedgerStore } from './support.ts';

export async function openSqliteStore(): Promise<LedgerStore & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-ledger-'));
  const path = join(folder, 'data', 'ledger.db');
  const opened: Ledger[] = [];
  let now = 1_700_000_000_000;
  return {
    path,
    async connect() {
      const ledger = openSqliteLedger({
        path,
        leaseMs: LEASE_MS,
        timers: { ...machineTimers, now: () => now },
      });
      opened.push(ledger);
      return ledger;
    },
    advanceTime(ms) {
      now += ms;
    },
    now: () => now,
    async destroy() {
      for (const ledger of opened) await ledger.close();
      await rm(folder, { recursive: true });
    },
  };
}
