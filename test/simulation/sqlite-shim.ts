/**
 * The database connections of simulated workers: they die with their worker, fail when the world says so,
 * and tell the audit's triggers who is writing.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { isIn, type StoreTrouble } from './faults.ts';
import { currentOwner } from './virtual-time.ts';
import { isWorker, type Worker, type World } from './world.ts';

const { exec, prepare } = DatabaseSync.prototype;
let installed = false;

/** Once per process. */
export function installSqliteShim(): void {
  if (installed) return;
  installed = true;
  DatabaseSync.prototype.exec = function (sql) {
    const worker = adopt(this);
    const trouble = worker && troubleOf(worker, this);
    if (!trouble) return exec.call(this, sql);
    const { world } = worker;
    if (trouble === 'busy' && /^BEGIN/i.test(sql)) throw failure(world, 'SQLITE_BUSY');
    if (trouble === 'busy' || !/^COMMIT/i.test(sql)) return exec.call(this, sql);
    if (trouble === 'full') {
      exec.call(this, 'ROLLBACK');
      throw failure(world, 'SQLITE_FULL');
    }
    // On disk or not: the error does not tell.
    const done = world.luck.chance(0.5);
    exec.call(this, done ? sql : 'ROLLBACK');
    throw failure(world, done ? 'SQLITE_IOERR though it was done' : 'SQLITE_IOERR');
  };
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    const worker = adopt(this);
    const planted = worker?.world.planted?.sql?.(sql, worker) ?? sql;
    const statement = prepare.call(this, planted, ...rest);
    if (worker && worker.world.faults.store.length > 0) troubleReads(statement, worker, this);
    return statement;
  };
}

/** A disk that fails does so for what is read, too. */
function troubleReads(statement: StatementSync, worker: Worker, connection: DatabaseSync): void {
  const all = statement.all.bind(statement);
  const { world } = worker;
  statement.all = (...values: unknown[]) => {
    if (troubleOf(worker, connection) === 'ioerr' && world.luck.chance(0.3))
      throw failure(world, 'SQLITE_IOERR');
    return Reflect.apply(all, undefined, values);
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

const FAILURES = {
  SQLITE_BUSY: { errcode: 5, message: 'database is locked' },
  SQLITE_FULL: { errcode: 13, message: 'database or disk is full' },
  SQLITE_IOERR: { errcode: 10, message: 'disk I/O error' },
  'SQLITE_IOERR though it was done': { errcode: 10, message: 'disk I/O error' },
} as const;

function failure(world: World, kind: keyof typeof FAILURES): Error {
  world.count(kind);
  const { errcode, message } = FAILURES[kind];
  return Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode, errstr: message });
}
