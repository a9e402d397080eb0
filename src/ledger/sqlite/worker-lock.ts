/**
 * Which workers are alive, told by a lock that the operating system takes back when a process ends,
 * however it ends: each worker holds a small SQLite file beside the database locked for life. Process
 * ids would not do: they repeat, in containers at every start.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from '../../runtime/sqlite/database.ts';

/** Of locking a file of its own, which another worker's sweep may have taken for a dead one's. */
const MOST_TRIES = 10;

/** Names without it are of another making, and live until their lease is over. */
const PREFIX = 'worker-';
const NAME = /^worker-[0-9a-f-]{36}$/;

export interface Worker {
  /** The name that claims are made in. */
  readonly owner: string;
  /** Takes the lock; before it nothing is claimed. */
  start(): void;
}

export interface WorkerLocks {
  worker(): Worker;
  /** Certain, or false. */
  isDead(owner: string): boolean;
  /** Is there a worker at all, of whichever process? */
  anyAlive(): boolean;
  /** Removes the files of workers that are dead. */
  forget(owners: readonly string[]): void;
  close(): void;
}

/** Nothing is ever written, so there is no use for a journal, which would outlive a process that is killed. */
function lock(db: DatabaseSync): void {
  db.exec('PRAGMA journal_mode = MEMORY');
  db.exec('BEGIN IMMEDIATE');
}

/** A database in memory is one process's own: nobody else could die in it. */
export function createWorkerLocks(path: string): WorkerLocks {
  const shared = path !== ':memory:';
  const fileOf = (owner: string) => `${path}.${owner}`;
  const held = new Map<string, DatabaseSync>();

  /** False: the file was taken for a dead worker's between its making and its locking. */
  function take(owner: string): boolean {
    const file = fileOf(owner);
    const fd = openSync(file, 'w', 0o600);
    const { ino } = fstatSync(fd);
    closeSync(fd);
    const db = new DatabaseSync(file, { timeout: 0 });
    try {
      lock(db);
      if (statSync(file, { throwIfNoEntry: false })?.ino === ino) {
        held.set(owner, db);
        return true;
      }
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    db.close();
    return false;
  }

  function owners(): readonly string[] {
    const prefix = `${basename(path)}.`;
    return readdirSync(dirname(path))
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((owner) => NAME.test(owner));
  }

  /** What is left of workers that died without a claim. */
  function sweep(): void {
    forget(owners().filter(isDead));
  }

  /** Certain: its lock can be had, or its file is gone. */
  function isDead(owner: string): boolean {
    if (!shared || !NAME.test(owner) || held.has(owner)) return false;
    const file = fileOf(owner);
    if (!existsSync(file)) return true;
    const db = new DatabaseSync(file, { timeout: 0 });
    try {
      lock(db);
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    } finally {
      db.close();
    }
  }

  function forget(dead: readonly string[]): void {
    for (const owner of dead) rmSync(fileOf(owner), { force: true });
  }

  return {
    worker() {
      const owner = `${PREFIX}${randomUUID()}`;
      return {
        owner,
        start() {
          if (!shared || held.has(owner)) return;
          sweep();
          for (let tries = 0; !take(owner); tries += 1) {
            if (tries === MOST_TRIES) throw new Error(`${fileOf(owner)} cannot be locked`);
          }
        },
      };
    },

    isDead,
    anyAlive: () => shared && owners().some((owner) => !isDead(owner)),
    forget,

    close() {
      for (const [owner, db] of held) {
        db.close();
        rmSync(fileOf(owner), { force: true });
      }
      held.clear();
    },
  };
}
