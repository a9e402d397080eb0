/** What an admin sees of a workspace, or the operator of all: turns that have not ended, and who has spent what. */
import type { DatabaseSync } from 'node:sqlite';
import type { OpenTurn, Scope, Share } from '../ledger.ts';
import { NO_ACCOUNT } from '../spending-rules.ts';
import { shapes } from './shapes.ts';
import { TURN } from './turns.ts';

/** Without a workspace: of all. A thread that has never been one of ours belongs to none. */
const IN_SCOPE = `EXISTS (SELECT 1 FROM threads WHERE threads.thread = turns.thread
  AND (:workspace IS NULL OR (threads.platform = :platform AND threads.workspace = :workspace)))`;

const OPEN = `turns INDEXED BY turns_open_by_requester WHERE finished_at IS NULL AND ${IN_SCOPE}`;

const sharesBy = (what: string): string => `SELECT ${what} AS "of", max(spendings.key) AS turn,
    sum(spendings.credits) AS credits
  FROM spendings JOIN turns ON turns.id = spendings.key
    JOIN threads ON threads.thread = spendings.thread
  WHERE spendings.account <> '${NO_ACCOUNT}' AND spendings.begun_at >= :since
    AND spendings.credits > 0
    AND (:workspace IS NULL OR (threads.platform = :platform AND threads.workspace = :workspace))
  GROUP BY threads.platform, threads.workspace, ${what}
  ORDER BY sum(spendings.credits) DESC, ${what} LIMIT :limit`;

const SQL = {
  newest: `SELECT ${TURN}, lease_until > :now AS atWork FROM turns
    WHERE seq IN (SELECT seq FROM ${OPEN} ORDER BY seq DESC LIMIT :limit) ORDER BY seq DESC`,
  count: `SELECT count(*) AS count FROM ${OPEN}`,
  person: sharesBy('turns.requester'),
  channel: sharesBy('threads.channel'),
} as const;

export function overviewOf(db: DatabaseSync) {
  const statements = {
    newest: db.prepare(SQL.newest),
    count: db.prepare(SQL.count),
    person: db.prepare(SQL.person),
    channel: db.prepare(SQL.channel),
  };
  const placed = (scope: Scope) =>
    scope === 'everywhere'
      ? { platform: null, workspace: null }
      : { platform: scope.platform, workspace: scope.workspace };
  return {
    open(scope: Scope, limit: number, now: number): { newest: OpenTurn[]; count: number } {
      const place = placed(scope);
      const [count] = statements.count.all(place);
      return {
        newest: statements.newest.all({ ...place, limit, now }).map((row) => ({
          turn: shapes.turn.parse(row),
          ...shapes.atWork.parse(row),
        })),
        count: shapes.count.parse(count),
      };
    },
    shares: (scope: Scope, by: 'person' | 'channel', since: number, limit: number): Share[] =>
      statements[by].all({ ...placed(scope), since, limit }).map((row) => shapes.share.parse(row)),
  };
}
