/** Turns as rows: the SQL, the prepared statements and the way back to typed data. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { fairest, PEOPLE } from './fair-share.ts';
import type { Claim, Phase, Turn } from './ledger.ts';

const TURN = `id, key, thread, lane, requester, payload, phase, notes,
  accepted_at AS acceptedAt, stop_requested AS stopRequested`;

/** `may run now`, for a row called `turns`: free, and no ordered turn of its thread in front. */
const RUNNABLE = `turns.finished_at IS NULL AND turns.lease_until <= :now AND (
  turns.lane = 'immediate' OR NOT EXISTS (
    SELECT 1 FROM turns AS earlier
    WHERE earlier.thread = turns.thread AND earlier.lane = 'ordered'
      AND earlier.finished_at IS NULL AND earlier.seq < turns.seq))`;

const TAKE = 'UPDATE turns SET owner = :owner, fence = fence + 1, lease_until = :until';

/** The claim still stands: taking over raises the fence, parking and finishing clear the owner. */
const HELD = 'id = :id AND owner = :owner AND fence = :fence';

/** Every statement on turns. Exported so that a test can look at the query plans. */
export const TURN_SQL = {
  insert: `INSERT INTO turns
      (id, key, thread, lane, requester, payload, weight, accepted_at, owner, fence, lease_until)
    VALUES (:id, :key, :thread, :lane, :requester, :payload, :weight, :now, :owner, :fence, :until)
    ON CONFLICT (key) DO NOTHING RETURNING ${TURN}`,
  /** On record as ended, so that its key stays known; it opens no thread and counts for nothing. */
  refuse: `INSERT INTO turns
      (id, key, thread, lane, requester, payload, weight, accepted_at, phase, finished_at)
    VALUES (:id, :key, :thread, 'immediate', :requester, :payload, 0, :now, 'failed', :now)
    RETURNING ${TURN}`,
  waiting: `SELECT count(*) AS count FROM turns WHERE thread = :thread AND lane = :lane
    AND finished_at IS NULL AND iif(lane = 'ordered', lease_until <= :now, requester = :requester)`,
  remember: 'INSERT INTO threads (thread) VALUES (:thread) ON CONFLICT DO NOTHING',
  byKey: `SELECT ${TURN} FROM turns WHERE key = :key`,
  byId: `SELECT ${TURN} FROM turns WHERE id = :id`,
  ahead: `SELECT count(*) AS count FROM turns WHERE thread = :thread AND lane = 'ordered'
    AND finished_at IS NULL AND seq < (SELECT seq FROM turns WHERE id = :id)`,
  claimNext: `WITH ${PEOPLE} ${TAKE} WHERE seq = (${fairest(RUNNABLE)})
    RETURNING ${TURN}, fence`,
  claimOne: `${TAKE} WHERE id = :id AND ${RUNNABLE} RETURNING ${TURN}, fence`,
  renew: `UPDATE turns SET lease_until = :until WHERE ${HELD}
    RETURNING stop_requested AS stopRequested`,
  advance: `UPDATE turns SET phase = coalesce(:phase, phase), notes = coalesce(:notes, notes),
    weight = coalesce(:weight, weight)
    WHERE ${HELD} RETURNING seq`,
  finish: `UPDATE turns SET phase = :end, notes = coalesce(:notes, notes), finished_at = :now,
    owner = NULL, lease_until = 0 WHERE ${HELD} RETURNING seq`,
  park: `UPDATE turns SET owner = NULL, lease_until = 0 WHERE ${HELD} RETURNING seq`,
  held: `SELECT seq FROM turns WHERE ${HELD}`,
  // Only the oldest unfinished ordered turn of a thread can be running.
  requestStop: `UPDATE turns SET stop_requested = 1 WHERE seq = (
      SELECT min(seq) FROM turns
      WHERE thread = :thread AND lane = 'ordered' AND finished_at IS NULL)
    RETURNING ${TURN}`,
  unfinished: `SELECT ${TURN} FROM turns
    WHERE thread = :thread AND lane = 'ordered' AND finished_at IS NULL ORDER BY seq`,
  knows: 'SELECT count(*) AS count FROM threads WHERE thread = :thread',
  weightSince: `SELECT coalesce(sum(weight), 0) AS count FROM turns
    WHERE requester = :requester AND lane = 'ordered' AND accepted_at >= :since`,
  countUnfinished:
    'SELECT count(*) AS count FROM turns INDEXED BY turns_open WHERE finished_at IS NULL',
  // A turn stays as long as one of its renders does.
  prune: `DELETE FROM turns WHERE seq IN (
      SELECT seq FROM turns WHERE finished_at < :before
        AND NOT EXISTS (SELECT 1 FROM renders WHERE renders.turn = turns.id) LIMIT :limit)
    RETURNING seq`,
} as const;

const PHASES = [
  'accepted',
  'preparing',
  'sending',
  'streaming',
  'recovering',
  'answered',
  'exporting',
  'delivered',
  'failed',
  'stopped',
] as const satisfies readonly Phase[];

const flag = z.number().transform((value) => value !== 0);
const turnRow = z.object({
  id: z.string(),
  key: z.string(),
  thread: z.string(),
  lane: z.enum(['ordered', 'immediate']),
  requester: z.string(),
  payload: z.string(),
  phase: z.enum(PHASES),
  notes: z.string(),
  acceptedAt: z.number(),
  stopRequested: flag,
});
const renewedRow = z.object({ stopRequested: flag });
const fenceRow = z.object({ fence: z.number() });
const countRow = z.object({ count: z.number() });

type Values = Record<string, SQLInputValue>;

/** One call per statement above. Rows are checked; whatever SQLite says no to is thrown. */
export function turnTable(db: DatabaseSync) {
  /*
   * `all`, also where one row is wanted: `get` stops at the first row, and the commit of a
   * statement with RETURNING would then happen in the reset, whose failure nobody hears of.
   */
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    return (values: Values) => statement.all(values);
  };
  const many = (sql: string) => {
    const rows = prepare(sql);
    return (values: Values): Turn[] => rows(values).map((row) => turnRow.parse(row));
  };
  const one = (sql: string) => {
    const turns = many(sql);
    return (values: Values): Turn | undefined => turns(values)[0];
  };
  const count = (sql: string) => {
    const rows = prepare(sql);
    return (values: Values): number => countRow.parse(rows(values)[0]).count;
  };
  const claim = (sql: string) => {
    const rows = prepare(sql);
    return (values: Values & { owner: string }): Claim | undefined => {
      const [row] = rows(values);
      if (!row) return undefined;
      return { turn: turnRow.parse(row), owner: values.owner, fence: fenceRow.parse(row).fence };
    };
  };
  /** How many rows it was about; 0 under a claim says that the claim is lost. */
  const touched = (sql: string) => {
    const rows = prepare(sql);
    return (values: Values): number => rows(values).length;
  };
  const renewed = prepare(TURN_SQL.renew);
  return {
    insert: one(TURN_SQL.insert),
    refuse: one(TURN_SQL.refuse),
    waiting: count(TURN_SQL.waiting),
    remember: touched(TURN_SQL.remember),
    byKey: one(TURN_SQL.byKey),
    byId: one(TURN_SQL.byId),
    ahead: count(TURN_SQL.ahead),
    claimNext: claim(TURN_SQL.claimNext),
    claimOne: claim(TURN_SQL.claimOne),
    renew: (values: Values) => {
      const [row] = renewed(values);
      return row && renewedRow.parse(row);
    },
    advance: touched(TURN_SQL.advance),
    finish: touched(TURN_SQL.finish),
    park: touched(TURN_SQL.park),
    held: touched(TURN_SQL.held),
    requestStop: one(TURN_SQL.requestStop),
    unfinished: many(TURN_SQL.unfinished),
    knows: count(TURN_SQL.knows),
    weightSince: count(TURN_SQL.weightSince),
    countUnfinished: count(TURN_SQL.countUnfinished),
    prune: touched(TURN_SQL.prune),
  };
}
