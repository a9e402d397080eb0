/** Records by whose they are: counted, listed, forgotten. Rare, so that its statements are made when they are needed. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { type ThreadKey, threadKeySchema } from '../../runtime/ids.ts';
import {
  ERASE_BATCH,
  FORGOTTEN,
  keysOf,
  MOST_OPEN,
  QUOTA_KEPT_MS,
  type Scope,
} from '../forgetting.ts';
import { NO_ACCOUNT, tombOf } from '../spending-rules.ts';
import { shapes } from './shapes.ts';
import { TURN } from './turns.ts';

type Values = Record<string, SQLInputValue>;
interface Where {
  readonly turns: string;
  /** Keys of the threads. */
  readonly threads: string;
  readonly values: Values;
}

function whereOf(scope: Scope): Where {
  if ('thread' in scope) {
    const { thread, person } = scope;
    return {
      turns: `thread = :thread${person === undefined ? '' : ' AND requester = :person'}`,
      threads: 'SELECT thread FROM threads WHERE thread = :thread',
      values: person === undefined ? { thread } : { thread, person },
    };
  }
  if ('person' in scope) {
    const { platform, person } = scope;
    return {
      turns: `platform = :platform AND requester = :person AND thread <> '${FORGOTTEN}'`,
      threads: `SELECT threads.thread FROM participants JOIN threads USING (thread)
        WHERE person = :person AND platform = :platform`,
      values: { platform, person },
    };
  }
  const [from, to] = keysOf(scope.platform, scope.workspace);
  return {
    turns: 'thread >= :from AND thread < :to',
    threads: 'SELECT thread FROM threads WHERE thread >= :from AND thread < :to',
    values: { from, to },
  };
}

const idRow = z.object({ id: z.string() });
const keyRow = z.object({ thread: threadKeySchema });

export function createForgetting(db: DatabaseSync) {
  const all = (sql: string, values: Values) => db.prepare(sql).all(values);
  const count = (sql: string, values: Values): number => shapes.count.parse(all(sql, values)[0]);
  const run = (sql: string, values: Values): void => void db.prepare(sql).run(values);

  const othersIn = (thread: ThreadKey, person: string): boolean =>
    count(
      'SELECT count(*) AS count FROM participants WHERE thread = :thread AND person <> :person',
      { thread, person },
    ) > 0;

  function eraseTurns(ids: readonly string[], now: number): void {
    const values = { ids: JSON.stringify(ids) };
    run('DELETE FROM renders WHERE turn IN (SELECT value FROM json_each(:ids))', values);
    run(
      `UPDATE turns SET thread = '${FORGOTTEN}', payload = '{}', notes = '{}', stop_by = NULL,
        requester = CASE WHEN counts IS NOT NULL AND accepted_at >= :since THEN requester
          ELSE '${FORGOTTEN}' END,
        phase = CASE WHEN finished_at IS NULL THEN 'stopped' ELSE phase END,
        finished_at = coalesce(finished_at, :now), owner = NULL, lease_until = 0
      WHERE id IN (SELECT value FROM json_each(:ids))`,
      { ...values, now, since: now - QUOTA_KEPT_MS },
    );
  }

  function eraseThread(thread: ThreadKey): void {
    run('DELETE FROM participants WHERE thread = :thread', { thread });
    run('DELETE FROM threads WHERE thread = :thread', { thread });
    run(
      `INSERT INTO spendings (key, thread, account, begun_at, shared)
       SELECT :nobodys, '${FORGOTTEN}', :none, 0, 1 FROM spendings WHERE key = :tomb
       ON CONFLICT (key) DO NOTHING`,
      { nobodys: tombOf(FORGOTTEN), tomb: tombOf(thread), none: NO_ACCOUNT },
    );
    run('DELETE FROM spendings WHERE key = :tomb', { tomb: tombOf(thread) });
    run(`UPDATE spendings SET thread = '${FORGOTTEN}' WHERE thread = :thread`, { thread });
  }

  return {
    onRecord(scope: Scope) {
      const { turns, threads, values } = whereOf(scope);
      return {
        threads: count(`SELECT count(*) AS count FROM (${threads})`, onlyUsed(threads, values)),
        turns: count(`SELECT count(*) AS count FROM turns WHERE ${turns}`, values),
        renders: count(
          `SELECT count(*) AS count FROM renders WHERE turn IN (SELECT id FROM turns WHERE ${turns})`,
          values,
        ),
      };
    },

    threadsOf(scope: Scope, after: string, limit: number): ThreadKey[] {
      const { turns, threads, values } = whereOf(scope);
      return all(
        `SELECT thread FROM (${threads} UNION SELECT thread FROM turns WHERE ${turns})
         WHERE thread > :after ORDER BY thread LIMIT :limit`,
        { ...values, after, limit },
      ).map((row) => keyRow.parse(row).thread);
    },

    turnsOf(scope: Scope, after: number, limit: number) {
      const { turns, values } = whereOf(scope);
      return all(
        `SELECT ${TURN} FROM turns WHERE ${turns} AND seq > :after ORDER BY seq LIMIT :limit`,
        { ...values, after, limit },
      ).map((row) => shapes.turn.parse(row));
    },

    openOf(scope: Scope) {
      const { turns, values } = whereOf(scope);
      return all(
        `SELECT ${TURN} FROM turns WHERE ${turns} AND finished_at IS NULL ORDER BY seq LIMIT ${MOST_OPEN}`,
        values,
      ).map((row) => shapes.turn.parse(row));
    },

    /** One piece, in one transaction; false: there is more. */
    erase(thread: ThreadKey, person: string | undefined, now: number): boolean {
      const whole = person === undefined || !othersIn(thread, person);
      const { turns, values } = whereOf(whole ? { thread } : { thread, person });
      const ids = all(
        `SELECT id FROM turns WHERE ${turns} ORDER BY finished_at IS NOT NULL, seq LIMIT ${ERASE_BATCH}`,
        values,
      ).map((row) => idRow.parse(row).id);
      eraseTurns(ids, now);
      if (ids.length === ERASE_BATCH) return false;
      if (whole) eraseThread(thread);
      else {
        run('DELETE FROM participants WHERE thread = :thread AND person = :person', values);
        // Whose words it is called after is not on record.
        run(`UPDATE threads SET name = '' WHERE thread = :thread`, { thread });
      }
      return true;
    },

    /** What a quota no longer needs. */
    forgetNames(now: number): void {
      run(
        `UPDATE turns SET requester = '${FORGOTTEN}' WHERE thread = '${FORGOTTEN}'
         AND requester <> '${FORGOTTEN}' AND accepted_at < :before`,
        { before: now - QUOTA_KEPT_MS },
      );
    },
  };
}

/** A statement is not given what it does not name. */
const onlyUsed = (sql: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`:${name}`)));
