/** Tables and indexes of the ledger, as steps that lead from any earlier version; see runtime/postgres/migrate.ts. */
import { SCHEMA } from '../../runtime/postgres/migrate.ts';

export const PART = 'ledger';

/** Where pg-boss has its tables. */
export const JOBS_SCHEMA = 'nemo_bot_jobs';

/** Database time in epoch milliseconds, as pg-boss reads it: what is due here is due there. */
export const NOW = `floor(extract(epoch FROM ${JOBS_SCHEMA}.job_now()) * 1000)::bigint`;

/**
 * - `seq` is the order of turns. It is handed out before the commit: that it is also the order in which the turns of
 *   one thread become visible is what the lock in append.ts is for.
 * - `attempt` is pg-boss's count of the claim that the turn was last taken under; -1 where it never was.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE ${SCHEMA}.turns (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    key text NOT NULL UNIQUE,
    thread text NOT NULL,
    platform text NOT NULL,
    lane text NOT NULL CHECK (lane IN ('ordered', 'immediate')),
    requester text NOT NULL,
    payload text NOT NULL,
    counts text CHECK (counts IN ('requests', 'exports')),
    weight integer NOT NULL,
    phase text NOT NULL DEFAULT 'accepted',
    notes text NOT NULL DEFAULT '{}',
    accepted_at bigint NOT NULL,
    finished_at bigint,
    stop_requested boolean NOT NULL DEFAULT false,
    stop_by text,
    withdrawn boolean NOT NULL DEFAULT false,
    owner text,
    fence integer NOT NULL DEFAULT 0,
    crashes integer NOT NULL DEFAULT 0,
    attempt integer NOT NULL DEFAULT -1,
    CHECK ((finished_at IS NOT NULL) = (phase IN ('delivered', 'failed', 'stopped')))
  );
  CREATE INDEX turns_open ON ${SCHEMA}.turns (seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_open_by_thread ON ${SCHEMA}.turns (thread, lane, seq) WHERE finished_at IS NULL;
  CREATE INDEX turns_open_by_requester ON ${SCHEMA}.turns (lane, requester, seq)
    WHERE finished_at IS NULL;
  CREATE INDEX turns_by_requester ON ${SCHEMA}.turns (requester, counts, accepted_at)
    WHERE counts IS NOT NULL;
  CREATE INDEX turns_by_end ON ${SCHEMA}.turns (finished_at) WHERE finished_at IS NOT NULL;

  CREATE TABLE ${SCHEMA}.threads (
    thread text PRIMARY KEY,
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    ref text NOT NULL,
    name text,
    touched_at bigint NOT NULL,
    project text
  );
  CREATE TABLE ${SCHEMA}.participants (
    thread text NOT NULL REFERENCES ${SCHEMA}.threads (thread),
    person text NOT NULL,
    touched_at bigint NOT NULL,
    PRIMARY KEY (thread, person)
  );
  CREATE INDEX participants_by_person ON ${SCHEMA}.participants (person, touched_at, thread);

  CREATE TABLE ${SCHEMA}.renders (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    thread text NOT NULL,
    turn text NOT NULL REFERENCES ${SCHEMA}.turns (id),
    session text NOT NULL,
    draft text,
    resolution text,
    phase text NOT NULL,
    url text,
    polls integer NOT NULL,
    created_at bigint NOT NULL
  );
  CREATE INDEX renders_by_thread ON ${SCHEMA}.renders (thread, created_at, seq);
  CREATE INDEX renders_by_turn ON ${SCHEMA}.renders (turn);
  CREATE INDEX renders_by_age ON ${SCHEMA}.renders (created_at);

  CREATE TABLE ${SCHEMA}.begun (key text PRIMARY KEY, at bigint NOT NULL);
  CREATE INDEX begun_by_age ON ${SCHEMA}.begun (at);
  `,
  // Finished videos are numbered, and what they were made of is kept.
  `
  ALTER TABLE ${SCHEMA}.threads ADD COLUMN versions integer NOT NULL DEFAULT 0;
  ALTER TABLE ${SCHEMA}.renders ADD COLUMN copy_of text, ADD COLUMN version integer,
    ADD COLUMN message text, ADD COLUMN delivered_at bigint, ADD COLUMN cut text;
  WITH made AS (
    SELECT seq, thread, coalesce(session || ' ' || draft, id) AS cut FROM ${SCHEMA}.renders
      WHERE phase = 'delivered'
  ), cuts AS (
    SELECT thread, cut, row_number() OVER (PARTITION BY thread ORDER BY min(seq)) AS version
      FROM made GROUP BY thread, cut
  )
  UPDATE ${SCHEMA}.renders SET version = cuts.version FROM made
    JOIN cuts ON cuts.thread = made.thread AND cuts.cut = made.cut WHERE renders.seq = made.seq;
  UPDATE ${SCHEMA}.threads SET versions = coalesce(
    (SELECT max(version) FROM ${SCHEMA}.renders WHERE renders.thread = threads.thread), 0);
  `,
  // What turns spend, `open_until` while they may; of the threads that are there already it is not known.
  `
  CREATE TABLE ${SCHEMA}.spendings (
    key text PRIMARY KEY,
    thread text NOT NULL,
    account text NOT NULL,
    begun_at bigint NOT NULL,
    open_until bigint,
    shared boolean NOT NULL,
    credits double precision,
    balance double precision
  );
  CREATE INDEX spendings_open ON ${SCHEMA}.spendings (account, open_until)
    WHERE open_until IS NOT NULL;
  CREATE INDEX spendings_by_thread ON ${SCHEMA}.spendings (thread);
  CREATE INDEX spendings_by_account ON ${SCHEMA}.spendings (account, begun_at);
  CREATE INDEX spendings_by_age ON ${SCHEMA}.spendings (begun_at) WHERE account <> '';
  INSERT INTO ${SCHEMA}.spendings (key, thread, account, begun_at, shared)
    SELECT 'before:' || thread, thread, '', 0, true FROM ${SCHEMA}.threads;
  `,
  // Turns are found by their thread and by their person, finished ones too: to be forgotten, and to be handed out.
  `
  CREATE INDEX turns_by_thread ON ${SCHEMA}.turns (thread COLLATE "C", seq);
  CREATE INDEX turns_by_person ON ${SCHEMA}.turns (platform, requester, seq);
  CREATE INDEX threads_by_key ON ${SCHEMA}.threads (thread COLLATE "C");
  `,
  // Where, and for whom, it was spent, for budgets. Of turns that are forgotten already nobody knows who asked.
  `
  ALTER TABLE ${SCHEMA}.spendings ADD COLUMN platform text NOT NULL DEFAULT '',
    ADD COLUMN workspace text NOT NULL DEFAULT '', ADD COLUMN channel text NOT NULL DEFAULT '',
    ADD COLUMN person text NOT NULL DEFAULT '', ADD COLUMN own boolean NOT NULL DEFAULT false,
    ADD COLUMN expected double precision;
  UPDATE ${SCHEMA}.spendings AS own SET platform = threads.platform,
    workspace = threads.workspace, channel = threads.channel,
    person = coalesce((SELECT requester FROM ${SCHEMA}.turns WHERE turns.id = own.key), '')
    FROM ${SCHEMA}.threads WHERE threads.thread = own.thread AND own.account <> '';
  CREATE INDEX spendings_by_place ON ${SCHEMA}.spendings (platform, workspace, begun_at);
  CREATE INDEX spendings_by_person ON ${SCHEMA}.spendings (person, platform, begun_at);
  `,
];
