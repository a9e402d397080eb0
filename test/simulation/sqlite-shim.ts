/**
 * The database connections of simulated workers: they die with their worker, fail when the world says so,
 * and tell the audit's triggers who is writing.
 */
import { DatabaseSync } from 'node:sqlite';
import { isIn, type StoreTrouble } from './faults.ts';
import { currentOwner } from './virtual-time.ts';
import { isWorker, type Worker } from './world.ts';

const { exec, prepare } = DatabaseSync.prototype;
let installed = false;

/** Once per process. */
export function installSqliteShim(): void {
  if (installed) return;
  installed = true;
  DatabaseSync.prototype.exec = function (sql) {
    const worker = adopt(this);
    const trouble = worker && troubleOf(worker, this);
    if (trouble === 'busy' && /^BEGIN/i.test(sql)) throw sqliteError(5, 'database is locked');
    if (trouble && trouble !== 'busy' && /^COMMIT/i.test(sql)) {
      exec.call(this, 'ROLLBACK');
      throw trouble === 'full'
        ? sqliteError(13, 'database or disk is full')
        : sqliteError(10, 'disk I/O error');
    }
    return exec.call(this, sql);
  };
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    const planted = adopt(this)?.world.planted;
    return prepare.call(this, planted?.sql ? planted.sql(sql) : sql, ...rest);
  };
}

function adopt(connection: DatabaseSync): Worker | undefined {
  const owner = currentOwner();
  if (!owner || !isWorker(owner)) return undefined;
  const worker: Worker = owner;
  if (!worker.connections.has(connection)) {
    worker.connections.add(connection);
    connection.function('sim_now', () => worker.time.monotonic());
    connection.function('sim_wall', () => worker.time.wall());
    connection.function('sim_writer', () => worker.name);
    connection.function('sim_stir', () => {
      worker.world.stir();
      return 0;
    });
  }
  return worker;
}

function troubleOf({ world }: Worker, connection: DatabaseSync): StoreTrouble | undefined {
  const now = world.time.monotonic();
  const window = world.faults.store.find((it) => isIn([it], now));
  return window && connection.location() === world.database ? window.trouble : undefined;
}

const sqliteError = (errcode: number, message: string): Error =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode, errstr: message });
