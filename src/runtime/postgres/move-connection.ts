/** The connections of a move, told apart from those of bots. */
import type pg from 'pg';
import { z } from 'zod';
import { MoveFailed } from '../move/move.ts';
import { openPool, query } from './database.ts';

const countRow = z.object({ count: z.coerce.number() });

/** Every connection of a bot's has a name that begins like this one: that which listens is there all the time, others come and go. */
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
     WHERE datname = current_database() AND application_name LIKE 'nemo-bot%' AND application_name <> $1`,
    [OWN_NAME],
  );
  if (countRow.parse(rows[0]).count > 0)
    throw new MoveFailed('A bot is connected to the target. Stop all of them first.');
}
