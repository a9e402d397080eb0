/** What an admin sees of a workspace, or the operator of all: turns that have not ended, and who has spent what. */
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import type { OpenTurn, Scope, Share } from '../ledger.ts';
import { NO_ACCOUNT } from '../spending-rules.ts';
import { countOf, rowsOf, type Sql, shapes } from './statements.ts';
import { TURN } from './turns.ts';

/** Without a workspace: of all. */
const IN_SCOPE = `($1::text IS NULL OR (threads.platform = $1 AND threads.workspace = $2::text))`;

/** A thread that has never been one of ours belongs to no workspace. */
const OPEN = `${SCHEMA}.turns WHERE finished_at IS NULL AND EXISTS (
  SELECT 1 FROM ${SCHEMA}.threads WHERE threads.thread = turns.thread AND ${IN_SCOPE})`;

const WHAT = { person: 'turns.requester', channel: 'threads.channel' } as const;

const placed = (scope: Scope): [string | null, string | null] =>
  scope === 'everywhere' ? [null, null] : [scope.platform, scope.workspace];

export async function open(
  sql: Sql,
  scope: Scope,
  limit: number,
): Promise<{ newest: OpenTurn[]; count: number }> {
  const place = placed(scope);
  const rows = await rowsOf(
    sql,
    shapes.turn.and(shapes.atWork),
    `SELECT ${TURN}, owner IS NOT NULL AS "atWork" FROM ${OPEN} ORDER BY seq DESC LIMIT $3`,
    [...place, limit],
  );
  const count = await countOf(sql, `SELECT count(*) FROM ${OPEN}`, place);
  return { newest: rows.map(({ atWork, ...turn }) => ({ turn, atWork })), count };
}

export const shares = (
  sql: Sql,
  scope: Scope,
  by: 'person' | 'channel',
  since: number,
  limit: number,
): Promise<Share[]> =>
  rowsOf(
    sql,
    shapes.share,
    `SELECT ${WHAT[by]} AS "of", max(spendings.key) AS turn, sum(spendings.credits) AS credits
     FROM ${SCHEMA}.spendings JOIN ${SCHEMA}.turns ON turns.id = spendings.key
       JOIN ${SCHEMA}.threads ON threads.thread = spendings.thread
     WHERE spendings.account <> '${NO_ACCOUNT}' AND spendings.begun_at >= $3
       AND spendings.credits > 0 AND ${IN_SCOPE}
     GROUP BY threads.platform, threads.workspace, ${WHAT[by]}
     ORDER BY sum(spendings.credits) DESC, ${WHAT[by]} LIMIT $4`,
    [...placed(scope), since, limit],
  );
