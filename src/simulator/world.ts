/** All that the stand-in remembers, and the file it remembers it in. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { draftSchema } from './agent/draft.ts';
import { spoken } from './agent/text.ts';
import { stepSchema } from './stream/steps.ts';

const accountSchema = z.object({
  userId: z.string(),
  token: z.string(),
  clientId: z.string().optional(),
  address: z.string().optional(),
  /** Epoch milliseconds, as all times here. */
  issuedAt: z.number(),
  expired: z.boolean(),
  available: z.number(),
  frozen: z.number(),
});

const mediaSchema = z.object({
  filename: z.string(),
  type: z.enum(['video', 'image', 'audio']),
  mime: z.string(),
  hash: z.string(),
  bytes: z.number(),
  /** Pictures are kept on disk to be shown; of everything else only size and hash are known. */
  file: z.string().optional(),
  /** A cut has taken it in. */
  used: z.boolean(),
});

const sessionSchema = z.object({
  id: z.string(),
  taskId: z.string(),
  name: z.string(),
  language: z.string().transform(spoken),
  userId: z.string(),
  draft: draftSchema.optional(),
  /** The short keys where it is absent. */
  draftForm: z.enum(['markup', 'strange']).optional(),
  media: z.array(mediaSchema),
  generated: z.array(z.object({ id: z.string(), type: z.string(), prompt: z.string() })),
  runs: z.number(),
  edits: z.number(),
  /** Switches that wait for the next export. */
  renderFaults: z.array(z.string()),
  /** Drafts that were ordered, as they were shown, with what the agent had then: they may be ordered once more. */
  ordered: z.array(z.object({ shown: z.string(), draft: z.json() })).default([]),
});

const runSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  userId: z.string(),
  text: z.string(),
  kind: z.string(),
  cost: z.number(),
  startedAt: z.number(),
  steps: z.array(stepSchema),
  /** Index of the step that comes next; an ended run keeps no steps. */
  next: z.number(),
  /** Something of it has been stored: it is charged, even when it is cut off later. */
  changed: z.boolean(),
  status: z.enum(['running', 'done', 'cancelled']),
});

const renderSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  userId: z.string(),
  draft: z.json(),
  resolution: z.string().optional(),
  faults: z.array(z.string()),
  startedAt: z.number(),
  finishedAt: z.number().optional(),
  takesMs: z.number(),
  file: z.string(),
  /** `shot`: the file is there. `lost`: it could not be made. */
  film: z.enum(['shooting', 'shot', 'lost']),
  cancelled: z.boolean(),
});

const worldSchema = z.object({
  accounts: z.array(accountSchema),
  sessions: z.array(sessionSchema),
  runs: z.array(runSchema),
  renders: z.array(renderSchema),
  /** Refusals that happen once for one message, so that sending it again gets through. */
  refusedOnce: z.array(z.string()),
});

export type Account = z.infer<typeof accountSchema>;
export type Media = z.infer<typeof mediaSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Run = z.infer<typeof runSchema>;
export type Render = z.infer<typeof renderSchema>;
export type World = z.infer<typeof worldSchema>;

/** How much is remembered; the oldest goes first. */
const LIMITS = { accounts: 200, sessions: 500, runs: 1000, renders: 200, refusedOnce: 500 };

function emptyWorld(): World {
  return { accounts: [], sessions: [], runs: [], renders: [], refusedOnce: [] };
}

export async function loadWorld(file: string | undefined): Promise<World> {
  if (file === undefined) return emptyWorld();
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? emptyWorld() : worldSchema.parse(JSON.parse(text));
}

/** Forgets what is beyond the limits and gives the files that nothing refers to any more. */
export function forget(world: World): string[] {
  const anonymous = world.accounts.filter((account) => account.clientId !== undefined);
  const oldAccounts = new Set(anonymous.slice(0, -LIMITS.accounts));
  world.accounts = world.accounts.filter((account) => !oldAccounts.has(account));
  const ended = world.runs.filter((run) => run.status !== 'running');
  const oldRuns = new Set(ended.slice(0, -LIMITS.runs));
  world.runs = world.runs.filter((run) => !oldRuns.has(run));
  dropOldest(world.refusedOnce, LIMITS.refusedOnce);
  const sessions = dropOldest(world.sessions, LIMITS.sessions);
  const renders = dropOldest(world.renders, LIMITS.renders);
  return [...sessions.flatMap((session) => filesOf(session.media)), ...filesOf(renders)];
}

/** Takes out what is too much and gives it back. */
export function dropOldest<T>(list: T[], limit: number): T[] {
  return list.splice(0, Math.max(0, list.length - limit));
}

export function filesOf(list: readonly { readonly file?: string | undefined }[]): string[] {
  return list.flatMap(({ file }) => (file === undefined ? [] : [file]));
}

export interface Keeper {
  /** Soon; calls in between are taken together. */
  save(): void;
  /** Resolves when the present state is on disk. */
  flush(): Promise<void>;
}

/** Writes to a file beside and renames it, so that a crash leaves the old one or the new one. */
export function keeper(file: string | undefined, world: World): Keeper {
  if (file === undefined) return { save: () => undefined, flush: () => Promise.resolve() };
  let wanted = false;
  let writing: Promise<void> | undefined;
  const write = async () => {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      while (wanted) {
        wanted = false;
        await writeFile(`${file}.new`, JSON.stringify(world));
        await rename(`${file}.new`, file);
      }
    } finally {
      // In the same tick as the last look at `wanted`: a later wish starts a new round.
      writing = undefined;
    }
  };
  const start = (): Promise<void> => {
    wanted = true;
    writing ??= write();
    return writing;
  };
  return { save: () => void start(), flush: start };
}
