/** The tables of the ledger as they are moved to a store of another kind; first what others refer to. */
import { z } from 'zod';
import { MoveFailed, type Row } from '../../runtime/move/move.ts';
import type { SourcePart, SourceTable } from '../../runtime/sqlite/move-source.ts';
import { migrate, SCHEMA_VERSION, versionOf } from './schema.ts';
import { BY_WITHDRAWAL } from './turns.ts';
import { createWorkerLocks } from './worker-lock.ts';

const flag = z.number().transform((value) => value !== 0);
/** No other store has a place for a NUL in a text, and it shows as nothing. */
const text = z.string().transform((value) => value.replaceAll('\0', ''));

/** When it may be taken up again is left behind: that is under a minute, and it looks for itself whether it can go on. */
const turn = z
  .object({
    seq: z.number(),
    id: z.string(),
    key: text,
    thread: text,
    platform: z.string(),
    lane: z.string(),
    requester: text,
    payload: text,
    counts: z.string().nullable(),
    weight: z.number(),
    phase: z.string(),
    notes: text,
    accepted_at: z.number(),
    finished_at: z.number().nullable(),
    stop_requested: flag,
    stop_by: z.string().nullable(),
    owner: z.string().nullable(),
    fence: z.number(),
    crashes: z.number(),
  })
  .transform(({ stop_by, ...row }) => {
    const withdrawn = stop_by === BY_WITHDRAWAL;
    return { ...row, stop_by: withdrawn ? null : stop_by, withdrawn };
  });

const thread = z.object({
  thread: text,
  platform: z.string(),
  workspace: z.string(),
  channel: z.string(),
  ref: text,
  name: text.transform((name) => name || null),
  touched_at: z.number(),
  project: text.nullable(),
  versions: z.number(),
});

const participant = z.object({ thread: text, person: text, touched_at: z.number() });

const render = z.object({
  seq: z.number(),
  id: text,
  thread: text,
  turn: z.string(),
  session: text,
  draft: text.nullable(),
  resolution: text.nullable(),
  copy_of: text.nullable(),
  phase: z.string(),
  url: text.nullable(),
  version: z.number().nullable(),
  message: text.nullable(),
  delivered_at: z.number().nullable(),
  polls: z.number(),
  created_at: z.number(),
  cut: text.nullable(),
});

const begun = z.object({ key: text, at: z.number() });

const spending = z.object({
  key: text,
  thread: text,
  account: z.string(),
  begun_at: z.number(),
  open_until: z.number().nullable(),
  shared: flag,
  credits: z.number().nullable(),
  balance: z.number().nullable(),
  platform: z.string(),
  workspace: z.string(),
  channel: z.string(),
  person: text,
  own: flag,
  expected: z.number().nullable(),
});

const table = (
  name: string,
  key: readonly string[],
  columns: readonly string[],
  shape: z.ZodType<Row>,
): SourceTable => ({ name, key, columns, toRow: (row) => shape.parse(row) });

export const LEDGER_SOURCE: SourcePart = {
  tables: [
    table('threads', ['thread'], Object.keys(thread.shape), thread),
    table('participants', ['thread', 'person'], Object.keys(participant.shape), participant),
    {
      ...table('turns', ['seq'], Object.keys(turn.in.shape), turn),
      unfinished: 'finished_at IS NULL',
    },
    table('renders', ['seq'], Object.keys(render.shape), render),
    table('begun', ['key'], Object.keys(begun.shape), begun),
    table('spendings', ['key'], Object.keys(spending.shape), spending),
  ],
  prepare: migrate,
  isPrepared: (db) => versionOf(db) === SCHEMA_VERSION,
  mayHold(path) {
    if (createWorkerLocks(path).anyAlive())
      throw new MoveFailed(`A bot is at work on ${path}. Stop it first.`);
  },
};
