/** What a world adds to the tables: a log of what was written, until when each claim is kept alive, and the world's time. */

/** Of a session: the world's time, in milliseconds since its beginning and since 1970, and whose connection it is. */
export const AT = 'sim.at';
export const WALL = 'sim.wall';
export const WRITER = 'sim.writer';

/** So that a whole number of milliseconds stays one when it has been a number of seconds. */
const ROUNDING_MS = 0.2;

/**
 * Time is of the session, and set before a transaction begins: so long it stands still in it, as it does in PostgreSQL.
 * The triggers are part of the transaction: what was rolled back is not in the log either.
 */
export const TABLES = `
  CREATE OR REPLACE FUNCTION nemo_bot_jobs.job_now() RETURNS timestamp with time zone AS
  $$ SELECT to_timestamp((current_setting('${WALL}')::float8 + ${ROUNDING_MS}) / 1000) $$
  LANGUAGE sql STABLE;

  CREATE TABLE nemo_bot.sim_log (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at float8 NOT NULL, wall float8 NOT NULL, writer text NOT NULL, what text NOT NULL,
    turn text NOT NULL, thread text NOT NULL, lane text NOT NULL, place float8 NOT NULL,
    old_owner text, owner text, old_fence integer, fence integer NOT NULL,
    old_lease float8, lease float8 NOT NULL, old_phase text, phase text NOT NULL,
    ahead integer NOT NULL, touched integer NOT NULL
  );
  CREATE TABLE nemo_bot.sim_lease (turn text PRIMARY KEY, until float8, before float8);

  CREATE FUNCTION nemo_bot.sim_touched() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    until float8 := extract(epoch FROM new.heartbeat_on + new.heartbeat_seconds * interval '1 s') * 1000;
  BEGIN
    INSERT INTO nemo_bot.sim_lease VALUES (new.data->>'turn', until, NULL)
    ON CONFLICT (turn) DO UPDATE SET until = excluded.until, before =
      CASE WHEN new.started_on IS DISTINCT FROM old.started_on THEN sim_lease.until ELSE sim_lease.before END;
    RETURN NULL;
  END $$;
  CREATE TRIGGER sim_touched AFTER UPDATE ON nemo_bot_jobs.job FOR EACH ROW
    WHEN (new.state = 'active' AND (new.heartbeat_on IS DISTINCT FROM old.heartbeat_on
      OR new.started_on IS DISTINCT FROM old.started_on))
    EXECUTE FUNCTION nemo_bot.sim_touched();

  CREATE FUNCTION nemo_bot.sim_written() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    kept nemo_bot.sim_lease%ROWTYPE;
  BEGIN
    SELECT * INTO kept FROM nemo_bot.sim_lease WHERE turn = new.id;
    INSERT INTO nemo_bot.sim_log (at, wall, writer, what, turn, thread, lane, place, old_owner, owner,
      old_fence, fence, old_lease, lease, old_phase, phase, ahead, touched)
    SELECT current_setting('${AT}')::float8, current_setting('${WALL}')::float8, current_setting('${WRITER}'),
      CASE WHEN TG_OP = 'INSERT' THEN 'new' WHEN new.fence > old.fence THEN 'claim' ELSE 'write' END,
      new.id, new.thread, new.lane, new.seq,
      CASE TG_OP WHEN 'UPDATE' THEN old.owner END, new.owner,
      CASE TG_OP WHEN 'UPDATE' THEN old.fence END, new.fence,
      kept.before, coalesce(kept.until, 0),
      CASE TG_OP WHEN 'UPDATE' THEN old.phase END, new.phase,
      (SELECT count(*) FROM nemo_bot.turns WHERE thread = new.thread AND lane = 'ordered'
        AND finished_at IS NULL AND seq < new.seq),
      CASE WHEN TG_OP = 'INSERT' THEN 0 WHEN new.phase <> old.phase OR new.notes <> old.notes THEN 1 ELSE 0 END;
    RETURN NULL;
  END $$;
  CREATE TRIGGER sim_insert AFTER INSERT ON nemo_bot.turns FOR EACH ROW
    EXECUTE FUNCTION nemo_bot.sim_written();
  CREATE TRIGGER sim_update AFTER UPDATE ON nemo_bot.turns FOR EACH ROW
    WHEN (new.phase <> old.phase OR new.notes <> old.notes OR new.fence <> old.fence
      OR new.owner IS DISTINCT FROM old.owner)
    EXECUTE FUNCTION nemo_bot.sim_written();
`;

/** The address of the database as a session that knows the time and whose it is. */
export function addressFor(url: string, writer: string, at: number, wall: number): string {
  const address = new URL(url);
  const options = { [AT]: at, [WALL]: wall, [WRITER]: writer };
  const words = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`);
  address.searchParams.set('options', words.join(' '));
  return address.href;
}
