/**
 * Names what each commit in PostgreSQL writes to the tables of the program, and ends the process on the side of it that
 * is aimed at; see hooked.ts. What pg-boss writes by itself comes with time, or is told by what is written next to it.
 */
import pg from 'pg';
import { beforeCommit, nameOfWrite } from './hooked.ts';

const { query } = pg.Client.prototype;
const WRITE = /\b(INSERT INTO|UPDATE|DELETE FROM)\s+nemo_bot\.(\w+)/;
/** Comes with time, and not with a turn. */
const BY_THE_CLOCK = /\(health\)/;
const PHASES: ReadonlySet<unknown> = new Set([
  ...['accepted', 'preparing', 'sending', 'streaming', 'recovering'],
  ...['answered', 'exporting', 'delivered', 'failed', 'stopped'],
]);

/** What the open transaction of a connection has written so far. */
const written = new WeakMap<pg.Client, string[]>();

function nameOf(sql: string, values: unknown): string | undefined {
  const [, verb, table] = WRITE.exec(sql) ?? [];
  if (verb === undefined || table === undefined || BY_THE_CLOCK.test(sql)) return undefined;
  const given: readonly unknown[] = Array.isArray(values) ? values : [];
  const claim = /fence = fence \+ 1/.test(sql) ? 'claim' : undefined;
  const more = table === 'turns' ? given.find((value) => PHASES.has(value)) : undefined;
  return nameOfWrite(verb, table, claim ?? more ?? (table === 'state' ? given[0] : undefined));
}

/** What is called with the rows that a statement has touched. */
function watched(client: pg.Client, sql: string, values: unknown): (rows: number) => void {
  const names = written.get(client);
  switch (sql) {
    case 'BEGIN':
      written.set(client, []);
      return () => {};
    case 'ROLLBACK':
      written.delete(client);
      return () => {};
    case 'COMMIT':
      written.delete(client);
      return beforeCommit(names ?? []);
    default: {
      const name = nameOf(sql, values);
      if (name === undefined) return () => {};
      if (!names) return beforeCommit([name]);
      return (rows) => {
        if (rows > 0) names.push(name);
      };
    }
  }
}

const rowsOf = (result: unknown): number =>
  typeof result === 'object' && result !== null && 'rowCount' in result
    ? Number(result.rowCount)
    : 0;

Object.defineProperty(pg.Client.prototype, 'query', {
  value(this: pg.Client, ...given: unknown[]) {
    const [sql, values] = given;
    if (typeof sql !== 'string') return Reflect.apply(query, this, given);
    const behind = watched(this, sql, values);
    const last = given.at(-1);
    if (typeof last === 'function') {
      const heard = (error: unknown, result: unknown) => {
        behind(rowsOf(result));
        Reflect.apply(last, undefined, [error, result]);
      };
      return Reflect.apply(query, this, [...given.slice(0, -1), heard]);
    }
    const answer: Promise<unknown> = Reflect.apply(query, this, given);
    return answer.then((result) => {
      behind(rowsOf(result));
      return result;
    });
  },
});
