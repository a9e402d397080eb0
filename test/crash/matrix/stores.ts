/** The stores of the matrix: what a process is told of them, and who goes on after a crash. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Point } from './point.ts';

export interface OpenStore {
  /** With which every process finds it. */
  readonly env: Record<string, string>;
  /** After a crash and before whoever goes on is started: what is different from then on. */
  afterCrash(): Record<string, string>;
  close(): Promise<void>;
}

export interface StoreKind {
  readonly name: string;
  /** Processes that run from the beginning. Of one, another is started in its place; of more, the others take over. */
  readonly replicas: number;
  /** Whether those that are killed are started again. */
  readonly restarts: boolean;
  /** Is it a point of this store's matrix? */
  has(point: Point): boolean;
  open(folder: string): Promise<OpenStore>;
}

const databaseIn = (folder: string) => path.join(folder, 'bot.db');
const urlOf = (file: string) => ({ DATABASE_URL: `sqlite:${file}` });

export const sqliteStore: StoreKind = {
  name: 'sqlite',
  replicas: 1,
  restarts: true,
  has: () => true,
  open: async (folder) => ({
    env: urlOf(databaseIn(folder)),
    afterCrash: () => ({}),
    close: async () => {},
  }),
};

/**
 * The machine goes down at a commit: what comes up is another one, on the file and its log as they lay on the disk.
 * Shared memory and locks are gone, and the log ends in a piece of what was just being written.
 */
export const powerCut: StoreKind = {
  name: 'power cut',
  replicas: 1,
  restarts: true,
  has: ({ kind, side }) => kind.startsWith('write ') && side === 'after',
  open: async (folder) => ({
    env: urlOf(databaseIn(folder)),
    afterCrash() {
      const other = path.join(folder, 'after');
      mkdirSync(other);
      for (const end of ['', '-wal']) {
        const from = databaseIn(folder) + end;
        if (existsSync(from)) copyFileSync(from, databaseIn(other) + end);
      }
      const log = `${databaseIn(other)}-wal`;
      if (existsSync(log)) appendFileSync(log, Buffer.alloc(1_234, 'torn'));
      return urlOf(databaseIn(other));
    },
    close: async () => {},
  }),
};

export const STORES: readonly StoreKind[] = [sqliteStore, powerCut];
