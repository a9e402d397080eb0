/** Names what each commit in SQLite writes, and ends the process on the side of it that is aimed at; see hooked.ts. */
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { beforeCommit, nameOfWrite } from './hooked.ts';

const changesOf = new WeakMap<DatabaseSync, () => unknown>();
const databaseOf = new WeakMap<StatementSync, DatabaseSync>();
/** What the open transaction of a database has written so far. */
const written = new WeakMap<DatabaseSync, string[]>();

const { exec, prepare } = DatabaseSync.prototype;
const { run, all, get } = StatementSync.prototype;
const WRITE = /\b(INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/;

function totalOf(db: DatabaseSync): unknown {
  const known = changesOf.get(db);
  if (known) return known();
  const statement = prepare.call(db, 'SELECT total_changes() AS n');
  const ask = () => Reflect.apply(get, statement, [])?.['n'];
  changesOf.set(db, ask);
  return ask();
}

/** Comes with time, and not with a turn. */
const BY_THE_CLOCK = /^UPDATE turns SET lease_until/;

function nameOf(sql: string, values: unknown): string | undefined {
  const [, verb = '', table = ''] = WRITE.exec(sql) ?? [];
  if (verb === '' || BY_THE_CLOCK.test(sql)) return undefined;
  const given: Record<string, unknown> =
    typeof values === 'object' && values !== null ? { ...values } : {};
  const more = given['end'] ?? given['phase'] ?? given['namespace'];
  const claim = /fence = fence \+ 1/.test(sql) ? 'claim' : undefined;
  return nameOfWrite(verb, table, claim ?? more);
}

/** A commit of what has these names. */
function around<T>(names: readonly string[], commit: () => T): T {
  const behind = beforeCommit(names);
  const result = commit();
  behind();
  return result;
}

function writing<T>(statement: StatementSync, values: unknown, work: () => T): T {
  const db = databaseOf.get(statement);
  const name = db && nameOf(statement.sourceSQL, values);
  if (!db || name === undefined) return work();
  if (!db.isTransaction) return around([name], work);
  const before = totalOf(db);
  const result = work();
  if (totalOf(db) !== before) written.set(db, [...(written.get(db) ?? []), name]);
  return result;
}

DatabaseSync.prototype.prepare = function (...given: Parameters<typeof prepare>) {
  const statement = prepare.apply(this, given);
  databaseOf.set(statement, this);
  return statement;
};
DatabaseSync.prototype.exec = function (sql) {
  if (sql === 'ROLLBACK') written.delete(this);
  if (sql !== 'COMMIT') return exec.call(this, sql);
  const names = written.get(this) ?? [];
  written.delete(this);
  return around(names, () => exec.call(this, sql));
};
for (const [method, original] of Object.entries({ run, all, get }))
  Object.defineProperty(StatementSync.prototype, method, {
    value(this: StatementSync, ...values: unknown[]) {
      return writing(this, values[0], () => Reflect.apply(original, this, values));
    },
  });
