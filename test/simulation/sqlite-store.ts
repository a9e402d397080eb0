/** A database file for each world: the engine's own tables, and triggers that keep a log of what was written. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger } from '../../src/ledger/sqlite/open-ledger.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import { type Books, countRow, type LogRow, logRow, renderRow, turnRow } from './books.ts';
import { installSqliteShim } from './sqlite-shim.ts';
import type { Store } from './store.ts';
import { timersOf } from './worker-time.ts';
import { LEASE_MS } from './world.ts';

/** The triggers are part of the transaction: what was rolled back is not in the log either. */
const LOG = `
  CREATE TABLE sim_log (
    at REAL NOT NULL, wall INTEGER NOT NULL, writer TEXT NOT NULL, what TEXT NOT NULL,
    turn TEXT NOT NULL, thread TEXT NOT NULL, lane TEXT NOT NULL, place INTEGER NOT NULL,
    old_owner TEXT, owner TEXT, old_fence INTEGER, fence INTEGER NOT NULL,
    old_lease INTEGER, lease INTEGER NOT NULL, old_phase TEXT, phase TEXT NOT NULL,
    ahead INTEGER NOT NULL, touched INTEGER NOT NULL
  );
  CREATE TRIGGER sim_insert AFTER INSERT ON turns BEGIN
    INSERT INTO sim_log VALUES (sim_now(), sim_wall(), sim_writer(), 'new',
      new.id, new.thread, new.lane, new.seq, NULL, new.owner, NULL, new.fence,
      NULL, new.lease_until, NULL, new.phase,
      (SELECT count(*) FROM turns WHERE thread = new.thread AND lane = 'ordered'
        AND finished_at IS NULL AND seq < new.seq), sim_stir());
  END;
  CREATE TRIGGER sim_update AFTER UPDATE ON turns
    WHEN new.phase <> old.phase OR new.notes <> old.notes OR new.fence <> old.fence
      OR new.owner IS NOT old.owner OR new.lease_until < old.lease_until BEGIN
    INSERT INTO sim_log VALUES (sim_now(), sim_wall(), sim_writer(),
      CASE WHEN new.fence > old.fence THEN 'claim' ELSE 'write' END,
      new.id, new.thread, new.lane, new.seq, old.owner, new.owner, old.fence, new.fence,
      old.lease_until, new.lease_until, old.phase, new.phase,
      (SELECT count(*) FROM turns WHERE thread = new.thread AND lane = 'ordered'
        AND finished_at IS NULL AND seq < new.seq),
      new.phase <> old.phase OR new.notes <> old.notes);
    SELECT sim_stir() WHERE new.owner IS NOT old.owner OR new.lease_until < old.lease_until;
  END;
`;

let home: string | undefined;
let count = 0;

/** In memory where the machine has a place for that: a few thousand flushes per world. */
function homeOfAll(): string {
  if (home) return home;
  const made = mkdtempSync(
    path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'nemo-sim-'),
  );
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  home = made;
  return made;
}

export const sqliteStore: Store = {
  name: 'sqlite',
  async newDatabase() {
    installSqliteShim();
    const { file, remove } = await newFile();
    return {
      place: file,
      serve: () => ({
        books: openBooks(file),
        open: (worker) => ({
          ledger: openSqliteLedger({ path: file, leaseMs: LEASE_MS, timers: timersOf(worker) }),
          state: openSqliteState({ path: file }),
        }),
        rest: undefined,
        remove,
      }),
    };
  },
};

async function newFile(): Promise<{ file: string; remove(): void }> {
  const all = homeOfAll();
  const template = path.join(all, 'template.db');
  if (!existsSync(template)) await makeTemplate(template);
  count += 1;
  const folder = path.join(all, `${count}`);
  mkdirSync(folder);
  const file = path.join(folder, 'bot.db');
  copyFileSync(template, file);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function makeTemplate(file: string): Promise<void> {
  await openSqliteLedger({ path: file, leaseMs: 1 }).close();
  await openSqliteState({ path: file }).close();
  const db = new DatabaseSync(file);
  db.exec(LOG);
  db.close();
}

function openBooks(file: string): Books {
  const db = new DatabaseSync(file);
  const turns = db.prepare('SELECT * FROM turns ORDER BY seq');
  const head = db.prepare(
    `SELECT * FROM turns WHERE thread = ? AND lane = 'ordered' AND finished_at IS NULL
     ORDER BY seq LIMIT 1`,
  );
  const unfinished = db.prepare('SELECT count(*) AS count FROM turns WHERE finished_at IS NULL');
  const renders = db.prepare('SELECT id, turn, phase FROM renders ORDER BY seq');
  const log = db.prepare('SELECT * FROM sim_log ORDER BY rowid');
  let read: LogRow[] | undefined;
  return {
    turns: () => turns.all().map((row) => turnRow.parse(row)),
    head: (thread) => head.all(thread).map((row) => turnRow.parse(row))[0],
    unfinished: () => countRow.parse(unfinished.get()).count,
    renders: () => renders.all().map((row) => renderRow.parse(row)),
    log() {
      read ??= log.all().map((row) => logRow.parse(row));
      return read;
    },
    close: () => db.close(),
  };
}
