/** Turns as rows: the SQL and the way back to typed data. */
import { z } from 'zod';
import type { ThreadKey, TurnId } from '../../runtime/ids.ts';
import { SCHEMA } from '../../runtime/postgres/migrate.ts';
import { FORGOTTEN } from '../forgetting.ts';
import type { Cap, Claim, End, Lane, Phase, Turn } from '../ledger.ts';
import type { HeldTurn } from '../row-shapes.ts';
import { NOW } from './schema.ts';
import { changed, countOf, rowOf, rowsOf, type Sql, shapes, whole } from './statements.ts';

export const TURN = `id, key, thread, platform, lane, requester, payload, weight, phase, notes,
  seq AS "order", accepted_at AS "acceptedAt", stop_requested AS "stopRequested",
  stop_by AS "stopBy", withdrawn`;

/** The claim still stands: taking over raises the fence, parking and finishing clear the owner. */
const HELD = 'id = $1 AND owner = $2 AND fence = $3';

/** What is not given stays. */
const NOTED =
  'phase = coalesce($4, phase), notes = coalesce($5, notes), weight = coalesce($6, weight)';

const claimShape = z.object({ fence: z.number(), crashes: z.number(), now: whole });
const renewedShape = z.object({ stopRequested: z.boolean(), attempt: z.number() });
export interface NewTurn {
  readonly id: TurnId;
  readonly key: string;
  readonly thread: ThreadKey;
  readonly platform: string;
  readonly lane: Lane;
  readonly requester: string;
  readonly payload: string;
  readonly counts: Cap['counts'] | undefined;
  readonly weight: number;
}

const values = (turn: NewTurn): unknown[] => [
  ...[turn.id, turn.key, turn.thread, turn.platform, turn.lane, turn.requester, turn.payload],
  ...[turn.counts ?? null, turn.weight],
];

const INSERT = `INSERT INTO ${SCHEMA}.turns (id, key, thread, platform, lane, requester, payload,
    counts, weight, accepted_at`;

/** Undefined where the key is on record, also of a transaction that was under way. */
export const insertTurn = (sql: Sql, turn: NewTurn): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `${INSERT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${NOW})
     ON CONFLICT (key) DO NOTHING RETURNING ${TURN}`,
    values(turn),
  );

/** On record as ended, so that its key stays known; it opens no thread and counts for nothing. */
export const insertRefused = (sql: Sql, turn: NewTurn): Promise<number> =>
  changed(
    sql,
    `${INSERT}, phase, finished_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${NOW}, 'failed', ${NOW})
     ON CONFLICT (key) DO NOTHING`,
    values({ ...turn, lane: 'immediate', counts: undefined, weight: 0 }),
  );

/** Of one that was forgotten its key alone is known. */
export const turnById = (sql: Sql, id: TurnId): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `SELECT ${TURN} FROM ${SCHEMA}.turns WHERE id = $1 AND thread <> '${FORGOTTEN}'`,
    [id],
  );

export const turnByKey = (sql: Sql, key: string): Promise<Turn | undefined> =>
  rowOf(sql, shapes.turn, `SELECT ${TURN} FROM ${SCHEMA}.turns WHERE key = $1`, [key]);

const surroundings = z.object({
  known: z.boolean(),
  ahead: whole,
  waiting: whole,
  inFront: whole,
});

/**
 * What an arrival finds. `ahead`: ordered turns of its thread. `waiting`: of these those that nobody works on; where the
 * arrival is immediate, this person's immediate ones. `inFront`: this person's of its lane, in all threads, which other
 * people's turns need not wait for.
 */
export async function lookAround(
  sql: Sql,
  { key, thread, lane, requester }: Pick<NewTurn, 'key' | 'thread' | 'lane' | 'requester'>,
): Promise<z.infer<typeof surroundings>> {
  const found = await rowOf(
    sql,
    surroundings,
    `SELECT EXISTS (SELECT 1 FROM ${SCHEMA}.turns WHERE key = $1) AS known,
       count(*) FILTER (WHERE lane = 'ordered') AS ahead,
       count(*) FILTER (WHERE lane = $3
         AND CASE lane WHEN 'ordered' THEN owner IS NULL ELSE requester = $4 END) AS waiting,
       (SELECT count(*) FROM ${SCHEMA}.turns
         WHERE lane = $3 AND requester = $4 AND finished_at IS NULL) AS "inFront"
     FROM ${SCHEMA}.turns WHERE thread = $2 AND finished_at IS NULL`,
    [key, thread, lane, requester],
  );
  if (!found) throw new Error('a count gave no row');
  return found;
}

export const used = (
  sql: Sql,
  { requester, counts, since }: Omit<Cap, 'limit'> & { readonly requester: string },
): Promise<number> =>
  countOf(
    sql,
    `SELECT coalesce(sum(weight), 0) AS count FROM ${SCHEMA}.turns
     WHERE requester = $1 AND counts = $2 AND accepted_at >= $3`,
    [requester, counts, since],
  );

export interface Attempt {
  readonly id: TurnId;
  readonly lane: Lane;
  /** pg-boss's own count of claims of the job. */
  readonly attempt: number;
  /** When the job was given out, by the database's clock: its lease began then. */
  readonly startedOn: Date;
}

export interface Taken {
  readonly claim: Claim;
  /** How much of its lease had passed when it was taken. */
  readonly agedMs: number;
}

/** What has its owner still was not given up: the worker crashed, or stalled past its heartbeats. */
export async function take(sql: Sql, job: Attempt, owner: string): Promise<Taken | undefined> {
  const claimed = await rowOf(
    sql,
    shapes.turn.and(claimShape),
    `UPDATE ${SCHEMA}.turns SET crashes = crashes + (owner IS NOT NULL)::integer, owner = $2,
       fence = fence + 1, attempt = $3
     WHERE id = $1 AND lane = $4 AND attempt < $3 AND finished_at IS NULL
     RETURNING ${TURN}, fence, crashes, ${NOW} AS now`,
    [job.id, owner, job.attempt, job.lane],
  );
  if (!claimed) return undefined;
  const { fence, crashes, now, ...turn } = claimed;
  return {
    claim: { turn, owner, fence, crashes, resumed: fence > 1 },
    agedMs: Math.max(0, now - job.startedOn.getTime()),
  };
}

const proof = ({ turn, owner, fence }: Claim): unknown[] => [turn.id, owner, fence];

export const standing = (sql: Sql, claim: Claim) =>
  rowOf(
    sql,
    renewedShape,
    `SELECT stop_requested AS "stopRequested", attempt FROM ${SCHEMA}.turns WHERE ${HELD}`,
    proof(claim),
  );

/** The row is this transaction's from now on. */
export const lockHeld = (sql: Sql, claim: Claim): Promise<HeldTurn | undefined> =>
  rowOf(
    sql,
    shapes.held,
    `SELECT requester, counts, weight, accepted_at AS "acceptedAt", withdrawn
     FROM ${SCHEMA}.turns WHERE ${HELD} FOR UPDATE`,
    proof(claim),
  );

interface Noted {
  readonly phase?: Phase | undefined;
  readonly notes?: string | undefined;
  readonly weight?: number | undefined;
}

const noted = ({ phase, notes, weight }: Noted): unknown[] => [
  ...[phase ?? null, notes ?? null, weight ?? null],
];

/** Each gives false where the claim no longer stands; nothing was written then. */
export const writeTurn = async (sql: Sql, claim: Claim, how: Noted): Promise<boolean> =>
  (await changed(sql, `UPDATE ${SCHEMA}.turns SET ${NOTED} WHERE ${HELD}`, [
    ...proof(claim),
    ...noted(how),
  ])) > 0;

export const finishTurn = async (
  sql: Sql,
  claim: Claim,
  how: Noted & { readonly phase: End },
): Promise<boolean> =>
  (await changed(
    sql,
    `UPDATE ${SCHEMA}.turns SET ${NOTED}, finished_at = ${NOW}, owner = NULL WHERE ${HELD}`,
    [...proof(claim), ...noted(how)],
  )) > 0;

export const parkTurn = async (sql: Sql, claim: Claim, how: Noted): Promise<boolean> =>
  (await changed(sql, `UPDATE ${SCHEMA}.turns SET ${NOTED}, owner = NULL WHERE ${HELD}`, [
    ...proof(claim),
    ...noted(how),
  ])) > 0;

/** Where every worker hears of stops, by the turn's id. */
export const STOP_CHANNEL = 'nemo_bot_stop';

export const requestStop = (sql: Sql, id: TurnId, by: string): Promise<Turn | undefined> =>
  rowOf(
    sql,
    shapes.turn,
    `WITH stopped AS (
       UPDATE ${SCHEMA}.turns SET stop_requested = true, stop_by = coalesce(stop_by, $2)
       WHERE id = $1 AND finished_at IS NULL RETURNING ${TURN}
     ), told AS (SELECT pg_notify('${STOP_CHANNEL}', id) FROM stopped)
     SELECT stopped.* FROM stopped, (SELECT count(*) FROM told) AS everybody`,
    [id, by],
  );

export const unfinished = (sql: Sql, thread: ThreadKey): Promise<Turn[]> =>
  rowsOf(
    sql,
    shapes.turn,
    `SELECT ${TURN} FROM ${SCHEMA}.turns
     WHERE thread = $1 AND lane = 'ordered' AND finished_at IS NULL ORDER BY seq`,
    [thread],
  );

export const countUnfinished = (sql: Sql): Promise<number> =>
  countOf(sql, `SELECT count(*) FROM ${SCHEMA}.turns WHERE finished_at IS NULL`);
