/** A throw-away SQLite file for the tests, and the time that the ledgers on it share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ClaimingLedger } from '../../src/ledger/sqlite/claiming-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { openSqlite } from '../../src/runtime/sqlite/database.ts';
import { manualTimers } from '../doubles/manual-timers.ts';
import { LEASE_MS, type LedgerStore } from './support.ts';

/** As long as writes of several connections wait for each other. */
const GATHER_MS = 20;

interface SqliteStore extends LedgerStore {
  readonly path: string;
  connect(): Promise<ClaimingLedger>;
}

export async function openSqliteStore(): Promise<SqliteStore> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-ledger-'));
  const path = join(folder, 'data', 'ledger.db');
  const opened: ClaimingLedger[] = [];
  const timers = manualTimers(GATHER_MS);
  let full = false;
  const openOnFullDisk = (file: string): DatabaseSync => {
    const db = openSqlite(file);
    const exec = db.exec.bind(db);
    db.exec = (sql) => {
      if (full && sql === 'COMMIT')
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      exec(sql);
    };
    return db;
  };
  return {
    path,
    sharesByPerson: true,
    unheard: 'kept',
    async connect() {
      const ledger = openSqliteLedger({
        path,
        leaseMs: LEASE_MS,
        timers,
        open: openOnFullDisk,
      });
      opened.push(ledger);
      return ledger;
    },
    advanceTime: timers.advance,
    stall: timers.stall,
    passLease: async () => timers.stall(LEASE_MS),
    rest: timers.rest,
    now: timers.now,
    refuseWrites() {
      full = true;
      return () => {
        full = false;
      };
    },
    async destroy() {
      for (const ledger of opened) await ledger.close();
      await rm(folder, { recursive: true });
    },
  };
}
