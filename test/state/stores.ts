/** The stores that a state may be kept in, as the conformance tests need them: opened, looked into past it, and aged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { vi } from 'vitest';
import { z } from 'zod';
import type { DatabasePlace } from '../../src/runtime/database-place.ts';
import type { KeyOptions } from '../../src/state/encryption.ts';
import { openPostgresState } from '../../src/state/postgres/open-state.ts';
import { openSqliteState } from '../../src/state/sqlite/open-state.ts';
import type { State } from '../../src/state/state.ts';
import type { PostgresServer } from '../doubles/postgres.ts';

/** One database of a kind. */
export interface StoredState {
  readonly place: DatabasePlace;
  open(keys?: KeyOptions): Promise<State>;
  rows(): Promise<Row[]>;
  /** Changes one row behind the state's back, or adds it. */
  put(row: Row): Promise<void>;
  /** Gives a row another place. */
  move(from: RowPlace, to: RowPlace): Promise<void>;
  clear(): Promise<void>;
  dropTable(): Promise<void>;
  /** By the clock that decides about expiry. */
  pass(ms: number): Promise<void>;
  remove(): Promise<void>;
}

export interface RowPlace {
  readonly namespace: string;
  readonly key: string;
}
export interface Row extends RowPlace {
  readonly value: string;
}

const rowsSchema = z.array(z.object({ namespace: z.string(), key: z.string(), value: z.string() }));
const ROWS = 'SELECT namespace, key, value FROM';
const PUT = `(namespace, key, value) VALUES ($1, $2, $3)
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value`;
const MOVE = 'SET namespace = $3, key = $4 WHERE namespace = $1 AND key = $2';

export async function sqliteStored(): Promise<StoredState> {
  const folder = await mkdtemp(join(tmpdir(), 'nemo-bot-state-'));
  const path = join(folder, 'data', 'state.db');
  const run = (sql: string, ...values: string[]) => {
    using db = new DatabaseSync(path);
    return db.prepare(sql.replaceAll(/\$(\d)/g, '?$1')).all(...values);
  };
  return {
    place: { kind: 'sqlite', path },
    open: async (keys = {}) => openSqliteState({ ...keys, path }),
    rows: async () => rowsSchema.parse(run(`${ROWS} state ORDER BY namespace, key`)),
    put: async ({ namespace, key, value }) =>
      void run(`INSERT INTO state ${PUT}`, namespace, key, value),
    move: async (from, to) =>
      void run(`UPDATE state ${MOVE}`, from.namespace, from.key, to.namespace, to.key),
    clear: async () => void run('DELETE FROM state'),
    dropTable: async () => void run('DROP TABLE state'),
    async pass(ms) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    },
    async remove() {
      vi.useRealTimers();
      await rm(folder, { recursive: true });
    },
  };
}

const TABLE = 'nemo_bot.state';

export async function postgresStored(server: PostgresServer): Promise<StoredState> {
  const url = await server.freshDatabase();
  const run = async (sql: string, ...values: unknown[]) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    place: { kind: 'postgres', url },
    open: (keys = {}) => openPostgresState({ ...keys, url, onLost: () => {} }),
    rows: async () => rowsSchema.parse(await run(`${ROWS} ${TABLE} ORDER BY namespace, key`)),
    put: async ({ namespace, key, value }) =>
      void (await run(`INSERT INTO ${TABLE} ${PUT}`, namespace, key, value)),
    move: async (from, to) =>
      void (await run(`UPDATE ${TABLE} ${MOVE}`, from.namespace, from.key, to.namespace, to.key)),
    clear: async () => void (await run(`DELETE FROM ${TABLE}`)),
    dropTable: async () => void (await run(`DROP TABLE ${TABLE}`)),
    // The server's clock cannot be set: the ends come nearer.
    pass: async (ms) =>
      void (await run(
        `UPDATE ${TABLE} SET expires = expires - $1::double precision * interval '1 millisecond'`,
        ms,
      )),
    remove: async () => {},
  };
}
