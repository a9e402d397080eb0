/** A move from an SQLite file to a PostgreSQL, its rehearsal, and its taking back, in sentences for the operator. */
import { ledgerSource, ledgerTarget } from '../ledger/move-ledger.ts';
import { compareAll, copyAll } from '../runtime/move/copy.ts';
import { MoveFailed, type MoveOptions } from '../runtime/move/move.ts';
import { openMovePool, refuseConnected } from '../runtime/postgres/move-connection.ts';
import {
  type OpenedTarget,
  openTarget,
  rowsThere,
  takeBack,
} from '../runtime/postgres/move-target.ts';
import { requireVersion, unusable, withoutPassword } from '../runtime/postgres/open-database.ts';
import { lookAtSource, type OpenedSource, openSource } from '../runtime/sqlite/move-source.ts';
import { stateSource, stateTarget } from '../state/move-state.ts';

type Pool = ReturnType<typeof openMovePool>;

export interface Move {
  /** A file. */
  readonly from: string;
  /** Of a PostgreSQL. */
  readonly to: string;
  readonly say: (line: string) => void;
  readonly batch?: number;
}

/** A row is a few kilobytes, and a script of people's some hundred at most. */
const BATCH = 200;

const sourceParts = async () => [await ledgerSource(), await stateSource()];

/** Rejects with `MoveFailed` or `DatabaseUnusable`. */
export async function moveDatabase(move: Move): Promise<void> {
  const { from, say } = move;
  const source = openSource(from, await sourceParts());
  try {
    await withTarget(move, (pool) => moveTo(move, source, pool));
  } finally {
    source.close();
  }
  say(
    `Done. Set DATABASE_URL to the PostgreSQL and start the bot; ${from} is kept as it was and can no longer be written.`,
  );
}

async function moveTo(move: Move, source: OpenedSource, pool: Pool): Promise<void> {
  const { from, to, say, batch = BATCH } = move;
  await refuseConnected(pool);
  const { openLedgerTarget } = await ledgerTarget();
  const { openStateTarget } = await stateTarget();
  const ledger = await openLedgerTarget(pool, to, lost(say));
  try {
    const target = await hold(move, source, pool, [ledger, await openStateTarget(pool)]);
    if (target.done)
      throw new MoveFailed(`${from} was moved there on ${target.done.toISOString()}.`);
    if (target.progress) say(`Going on at "${target.progress.table}", where an earlier run ended.`);
    const options: MoveOptions = {
      batch,
      report: ({ what, table, rows, checksum }) =>
        say(
          what === 'copied'
            ? `${table}: ${rows} more`
            : `${table}: ${rows} rows the same, ${checksum}`,
        ),
    };
    await copyAll(source, target, options);
    await compareAll(source, target, options);
    await target.finish(source.highest());
  } finally {
    await ledger.close();
  }
}

/** First the file, since what is read of it has to be all there is. A move that may not begin leaves it as it was. */
async function hold(
  { from, to }: Move,
  source: OpenedSource,
  pool: Pool,
  parts: Parameters<typeof openTarget>[1],
): Promise<OpenedTarget> {
  const isNew = source.held() === undefined;
  const { id, to: there } = source.hold(withoutPassword(to));
  if (there !== withoutPassword(to))
    throw new MoveFailed(
      `${from} was moved to ${there}, or is being moved there. That can be taken back with --undo.`,
    );
  try {
    return await openTarget(pool, parts, id);
  } catch (error) {
    if (isNew && error instanceof MoveFailed) source.release();
    throw error;
  }
}

/** Changes nothing on either side; rejects where the move itself would. */
export async function rehearse(move: Move): Promise<void> {
  const { from, to, say } = move;
  const { hold, isPrepared, tables } = lookAtSource(from, await sourceParts());
  if (hold) say(`${from} is held for its move to ${hold.to}.`);
  if (!isPrepared) say(`${from} is of an earlier version and would be brought up to date first.`);
  for (const { name, rows, unfinished } of tables)
    say(
      `${name}: ${rows} rows would be moved${unfinished ? `, ${unfinished} of them turns that go on there` : ''}`,
    );
  await withTarget(move, async (pool) => {
    await refuseConnected(pool);
    const all = [...(await ledgerTarget()).ledgerTables(), ...(await stateTarget()).STATE_TABLES];
    const there = await rowsThere(pool, all);
    if (there.size === 0) say(`The tables would be made in ${withoutPassword(to)}.`);
    for (const [table, rows] of there)
      if (rows > 0 && !hold)
        throw new MoveFailed(
          `There are ${rows} rows in the table "${table}" of the target already. Take an empty database.`,
        );
  });
  say('Nothing was changed.');
}

/** The file can be written again; the target, where it is named, no more. */
export async function undo(
  move: Pick<Move, 'from' | 'say'> & Partial<Pick<Move, 'to'>>,
): Promise<void> {
  const { from, to, say } = move;
  const source = openSource(from, await sourceParts());
  try {
    const held = source.held();
    if (!held) throw new MoveFailed(`${from} was not moved.`);
    if (to !== undefined && held.to !== withoutPassword(to))
      throw new MoveFailed(`${from} was moved to ${held.to}.`);
    if (to !== undefined)
      await withTarget({ to, say }, async (pool) => {
        await refuseConnected(pool);
        const { openLedgerTarget } = await ledgerTarget();
        const ledger = await openLedgerTarget(pool, to, lost(say));
        try {
          await takeBack(
            pool,
            [ledger, await (await stateTarget()).openStateTarget(pool)],
            held.id,
          );
        } finally {
          await ledger.close();
        }
      });
    source.release();
  } finally {
    source.close();
  }
  say(
    `${from} can be used again, as it was at the move. What was done in PostgreSQL since is in PostgreSQL alone.`,
  );
}

async function withTarget(
  { to, say }: Pick<Move, 'to' | 'say'>,
  work: (pool: Pool) => Promise<void>,
): Promise<void> {
  const pool = openMovePool(to, lost(say));
  try {
    await requireVersion(pool);
    await work(pool);
  } catch (error) {
    throw error instanceof MoveFailed ? error : unusable(error, to);
  } finally {
    await pool.end();
  }
}

const lost = (say: Move['say']) => (error: Error) => say(`A connection failed: ${error.message}`);
