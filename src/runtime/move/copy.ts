/** The copying of a move, and the comparison behind it: every row, not a sample. */
import { createHash } from 'node:crypto';
import {
  type Moved,
  MoveFailed,
  type MoveOptions,
  type MoveSource,
  type MoveTarget,
} from './move.ts';

export async function copyAll(
  source: MoveSource,
  target: MoveTarget,
  options: MoveOptions,
): Promise<void> {
  const { batch, report } = options;
  const begun = target.progress;
  const first = begun ? source.tables.indexOf(begun.table) : 0;
  if (first < 0)
    throw new MoveFailed(`an earlier run was at a table "${begun?.table}" that is unknown here`);
  for (const table of source.tables.slice(first)) {
    let after = table === begun?.table ? begun.after : undefined;
    for (;;) {
      const { rows, end } = source.read(table, after, batch);
      if (end === undefined) break;
      await target.put(rows, { table, after: end });
      after = end;
      report({ what: 'copied', table, rows: rows.length, checksum: '' });
    }
  }
}

/** Throws `MoveFailed` at the first row that is missing, is another, or is too many. */
export async function compareAll(
  source: MoveSource,
  target: MoveTarget,
  { batch, report }: MoveOptions,
): Promise<readonly Moved[]> {
  const moved: Moved[] = [];
  for (const table of source.tables) {
    const hash = createHash('sha256');
    let compared = 0;
    for (let read = source.read(table, undefined, batch); read.end; ) {
      const found = new Map(
        (await target.find(table, read.rows)).map((row) => [target.keyOf(table, row), row]),
      );
      for (const row of read.rows) {
        const key = target.keyOf(table, row);
        const there = found.get(key);
        if (!there) throw new MoveFailed(`${table}: the row ${key} has not arrived`);
        const text = target.textOf(table, there);
        if (text !== target.textOf(table, row))
          throw new MoveFailed(`${table}: the row ${key} is not what it was`);
        hash.update(`${text}\n`);
      }
      compared += read.rows.length;
      read = source.read(table, read.end, batch);
    }
    const counts = [source.count(table), compared, await target.count(table)];
    if (new Set(counts).size > 1)
      throw new MoveFailed(`${table}: ${counts[0]} rows were to be moved, ${counts[2]} are there`);
    const done = { table, rows: compared, checksum: hash.digest('hex') };
    moved.push(done);
    report({ what: 'compared', ...done });
  }
  return moved;
}
