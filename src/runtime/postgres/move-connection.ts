/** The connections of a move, told apart from those of bots. */
import type pg from 'pg';
import { z } from 'zod';
import { MoveFailed } from '../move/move.ts';
import { openPool, query } from './database.ts';

const countRow = z.object({ count: z.coerce.number() });

/** By which names bots connect; the move does under another. */
const BOTS: readonly string[] = ['nemo-bot', 'nemo-bot jobs'];
const OWN_NAME = 'nemo-bot move';

/** For the connections of the move. */
export function moveUrl(url: string): string {
  const at = new URL(url);
  at.searchParams.set('application_name', OWN_NAME);
  return at.href;
}

/** Counting and comparing take long in a large table. */
const STATEMENT_MS = 600_000;

export const openMovePool = (url: string, onLost: (error: Error) => void): pg.Pool =>
  openPool({ url: moveUrl(url), onLost, max: 2, statementMs: STATEMENT_MS });

/**
 * Throws `MoveFailed` where a bot is connected. For the operator, who has forgotten to stop one: what such a bot cannot do is hold.ts's
 * affair.
 */
export async function refuseConnected(pool: pg.Pool): Promise<void> {
  const { rows } = await query(
    pool,
    `SELECT count(*) AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = ANY($1)`,
    [BOTS],
  );
  if (countRow.parse(rows[0]).count > 0)
    throw new MoveFailed('A bot is connected to the target. Stop all of them first.');
}
