/** Turns as rows: the SQL, the prepared statements and the way back to typed data. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { FORGOTTEN } from '../forgetting.ts';
import type { Claim, Turn } from '../ledger.ts';
import type { HeldTurn } from '../row-shapes.ts';
import { fairest, PEOPLE } from './fair-share.ts';
import { flag, shapes } from './shapes.ts';

/** Of the first claim of a turn. */
export const FIRST_FENCE = 1;

/** In the place of who asked for the stop. No id of a platform's looks like this. */
export const BY_WITHDRAWAL = '(withdrawn)';
const AS_WITHDRAWN = `'${BY_WITHDRAWAL}'`;

const WITHDRAWN = `coalesce(stop_by = ${AS_WITHDRAWN}, 0) AS withdrawn`;

export const TURN = `id, key, thread, platform, lane, requester, payload, weight, phase, notes,
  seq AS "order", accepted_at AS acceptedAt, stop_requested AS stopRequested, stop_by AS stopBy, ${WITHDRAWN}`;

/** `may run now`, for a row called `turns`: free, due, and no ordered turn of its thread in front. */
const RUNNABLE = `turns.finished_at IS NULL AND turns.lease_until <= :now AND turns.not_before <= :now
  AND (turns.lane = 'immediate' OR NOT EXISTS (
    SELECT 1 FROM turns AS earlier
    WHERE earlier.thread = turns.thread AND earlier.lane = 'ordered'
      AND earlier.finished_at IS NULL AND earlier.seq < turns.seq))`;

/** In `:lane`, among people; null without one. `:platforms` is a JSON list. */
const NEXT = fairest(`${RUNNABLE} AND turns.platform IN (SELECT value FROM json_each(:platforms))`);

/** An owner that is still there did not give the turn up: it crashed, or stalled past its lease. */
const TAKE = `UPDATE turns SET crashes = crashes + (owner IS NOT NULL), owner = :owner,
  fence = fence + 1, lease_until = :until`;

/** The claim still stands: taking over raises the fence, parking and finishing clear the owner. */
const HELD = 'id = :id AND owner = :owner AND fence = :fence';

/** Those that are worked on, few at any time: the index has no other. */
const LEASED = 'finished_at IS NULL AND lease_until > 0';
const HELD_BY = `SELECT seq FROM turns INDEXED BY turns_held WHERE ${LEASED} AND owner = :owner`;

/** Nobody works on it, nobody has crashed over it, and nothing was noted, as of a status message. */
const WAITS = `finished_at IS NULL AND owner IS NULL AND phase = 'accepted' AND notes = '{}'`;

/** What is not given stays. */
const NOTED = 'notes = coalesce(:notes, notes), weight = coalesce(:weight, weight)';

/** Every statement on turns. Exported so that a test can look at the query plans. */
export const TURN_SQL = {
  insert: `INSERT INTO turns (id, key, thread, platform, lane, requester, payload, counts, weight,
      accepted_at, owner, fence, lease_until)
    VALUES (:id, :key, :thread, :platform, :lane, :requester, :payload, :counts, :weight,
      :now, :owner, :fence, :until)`,
  /** On record as ended, so that its key stays known; it opens no thread and counts for nothing. */
  refuse: `INSERT INTO turns (id, key, thread, platform, lane, requester, payload, weight,
      accepted_at, phase, finished_at)
    VALUES (:id, :key, :thread, :platform, 'immediate', :requester, :payload, 0,
      :now, 'failed', :now)`,
  waiting: `SELECT count(*) AS count FROM turns WHERE thread = :thread AND lane = :lane
    AND finished_at IS NULL AND iif(lane = 'ordered', lease_until <= :now, requester = :requester)`,
  byKey: `SELECT ${TURN} FROM turns WHERE key = :key`,
  // Of one that was forgotten its key alone is known.
  byId: `SELECT ${TURN} FROM turns WHERE id = :id AND thread <> '${FORGOTTEN}'`,
  waits: `SELECT count(*) AS count FROM turns WHERE key = :key AND ${WAITS}`,
  revise: `UPDATE turns SET payload = :payload, lane = :lane, counts = :counts, weight = :weight
    WHERE key = :key AND ${WAITS} RETURNING ${TURN}`,
  withdraw: `UPDATE turns SET phase = 'stopped', finished_at = :now, weight = 0,
    stop_requested = 1, stop_by = ${AS_WITHDRAWN} WHERE key = :key AND ${WAITS} RETURNING ${TURN}`,
  callOff: `UPDATE turns SET stop_requested = 1, stop_by = ${AS_WITHDRAWN}
    WHERE key = :key AND finished_at IS NULL AND phase IN ('accepted', 'preparing')
    RETURNING ${TURN}`,
  ahead: `SELECT count(*) AS count FROM turns
    WHERE thread = :thread AND lane = 'ordered' AND finished_at IS NULL`,
  /** 1, or 0 where there is none. */
  next: `WITH ${PEOPLE} SELECT count(*) AS count FROM turns WHERE seq = (${NEXT})`,
  claimNext: `WITH ${PEOPLE} ${TAKE} WHERE seq = (${NEXT}) RETURNING ${TURN}, fence, crashes`,
  claimOne: `${TAKE} WHERE id = :id AND ${RUNNABLE} RETURNING ${TURN}, fence, crashes`,
  renew: `UPDATE turns SET lease_until = :until WHERE ${HELD}
    RETURNING stop_requested AS stopRequested`,
  held: `SELECT requester, counts, weight, accepted_at AS acceptedAt, ${WITHDRAWN} FROM turns WHERE ${HELD}`,
  write: `UPDATE turns SET phase = coalesce(:phase, phase), ${NOTED} WHERE ${HELD}`,
  finish: `UPDATE turns SET phase = :end, ${NOTED}, finished_at = :now, owner = NULL,
    lease_until = 0 WHERE ${HELD}`,
  park: `UPDATE turns SET phase = coalesce(:phase, phase), ${NOTED}, owner = NULL,
    lease_until = 0, not_before = :notBefore WHERE ${HELD}`,
  requestStop: `UPDATE turns SET stop_requested = 1, stop_by = coalesce(stop_by, :by)
    WHERE id = :id AND finished_at IS NULL RETURNING ${TURN}`,
  unfinished: `SELECT ${TURN} FROM turns
    WHERE thread = :thread AND lane = 'ordered' AND finished_at IS NULL ORDER BY seq`,
  used: `SELECT coalesce(sum(weight), 0) AS count FROM turns
    WHERE requester = :requester AND counts = :counts AND accepted_at >= :since`,
  countUnfinished:
    'SELECT count(*) AS count FROM turns INDEXED BY turns_open_by_requester WHERE finished_at IS NULL',
  leaseholders: `SELECT owner FROM turns INDEXED BY turns_held
    WHERE ${LEASED} AND owner IS NOT NULL AND lease_until > :now`,
  // The owner stays: whoever claims the turn next counts a crash. One that is found dead twice is not waited for twice.
  release: `UPDATE turns SET lease_until = min(lease_until, :from) WHERE seq IN (${HELD_BY})`,
  heldBy: `SELECT ${TURN} FROM turns WHERE seq IN (${HELD_BY})`,
  releaseOne: 'UPDATE turns SET lease_until = 0 WHERE id = :id AND owner = :owner',
  // A turn stays as long as one of its renders does.
  prune: `DELETE FROM turns WHERE seq IN (
      SELECT seq FROM turns WHERE finished_at < :before
        AND NOT EXISTS (SELECT 1 FROM renders WHERE renders.turn = turns.id) LIMIT :limit)
    RETURNING seq`,
} as const;

const renewedRow = z.object({ stopRequested: flag });
const claimRow = z.object({ fence: z.number(), crashes: z.number() });
const countRow = z.object({ count: z.number() });
const owners = z.string();
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
    return (values: Values): Turn[] => rows(values).map((row) => shapes.turn.parse(row));
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
      const { fence, crashes } = claimRow.parse(row);
      return {
        turn: shapes.turn.parse(row),
        owner: values.owner,
        fence,
        crashes,
        resumed: fence > FIRST_FENCE,
      };
    };
  };
  /** Writes that give no row back: how many were written. */
  const changed = (sql: string) => {
    const statement = db.prepare(sql);
    return (values: Values): number => Number(statement.run(values).changes);
  };
  const underClaim = (sql: string) => {
    const rows = changed(sql);
    /** False: the claim no longer stands, and nothing was written. */
    return (values: Values): boolean => rows(values) > 0;
  };
  const rowsOf = (sql: string) => {
    const rows = prepare(sql);
    return (values: Values): number => rows(values).length;
  };
  const insert = db.prepare(TURN_SQL.insert);
  const renewed = prepare(TURN_SQL.renew);
  const held = prepare(TURN_SQL.held);
  const leaseholders = prepare(TURN_SQL.leaseholders);
  return {
    /** Its place in the order of turns. */
    insert: (values: Values): number => Number(insert.run(values).lastInsertRowid),
    refuse: changed(TURN_SQL.refuse),
    waiting: count(TURN_SQL.waiting),
    byKey: one(TURN_SQL.byKey),
    byId: one(TURN_SQL.byId),
    waits: count(TURN_SQL.waits),
    revise: one(TURN_SQL.revise),
    withdraw: one(TURN_SQL.withdraw),
    callOff: one(TURN_SQL.callOff),
    ahead: count(TURN_SQL.ahead),
    next: count(TURN_SQL.next),
    claimNext: claim(TURN_SQL.claimNext),
    claimOne: claim(TURN_SQL.claimOne),
    renew: (values: Values) => {
      const [row] = renewed(values);
      return row && renewedRow.parse(row);
    },
    held: (values: Values): HeldTurn | undefined => {
      const [row] = held(values);
      return row && shapes.held.parse(row);
    },
    write: underClaim(TURN_SQL.write),
    finish: underClaim(TURN_SQL.finish),
    park: underClaim(TURN_SQL.park),
    requestStop: one(TURN_SQL.requestStop),
    unfinished: many(TURN_SQL.unfinished),
    used: count(TURN_SQL.used),
    countUnfinished: count(TURN_SQL.countUnfinished),
    // Asked for every second: of hundreds of turns the few owners alone are checked.
    leaseholders: (values: Values): string[] =>
      Array.from(new Set(leaseholders(values).map(({ owner }) => owner)), (it) => owners.parse(it)),
    release: changed(TURN_SQL.release),
    heldBy: many(TURN_SQL.heldBy),
    releaseOne: changed(TURN_SQL.releaseOne),
    prune: rowsOf(TURN_SQL.prune),
  };
}
