/** A thread's project: its Nemo session and what is remembered between turns. */

import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import { type ThreadRef, threadKey } from '../platforms/chat.ts';
import { type SessionId, sessionIdSchema, type ThreadKey, turnIdSchema } from '../runtime/ids.ts';
import { projectAccountSchema } from './accounts/payer.ts';
import { attachmentSchema } from './job.ts';
import { newestPlanSchema } from './plan/plan.ts';

const media = z.object({
  /** Absent where the file was too large to compare. */
  sha256: z.string().optional(),
  bytes: z.number(),
  name: z.string(),
  url: z.string().optional(),
});
export type ProjectMedia = z.infer<typeof media>;

const project = z.object({
  sessionId: sessionIdSchema.optional(),
  taskId: z.string().optional(),
  /** The session's language, BCP 47. */
  language: z.string(),
  /** Videos delivered when a turn last counted them; the first is exported without being asked. */
  videos: z.number().default(0),
  /** Epoch milliseconds of the last change that a turn saw; an older render shows an older cut. */
  changedAt: z.number().optional(),
  /** Of its video, as the agent calls it. */
  title: z.string().optional(),
  /** The draft that had a track of words with times, by its hash. */
  subtitled: z.string().optional(),
  /** The subtitles that were sent as a script, the last ones. */
  subtitles: attachmentSchema.optional(),
  /** The agent's last words, for an export that has nothing to export. */
  lastWords: z.string().optional(),
  /** What the session holds, by content: the same file is not uploaded twice. */
  media: z.array(media).default([]),
  /** The turn whose answer, the last one, asked something. */
  asks: z.string().optional(),
  /** A tip has been given; one is enough. */
  tipped: z.boolean().optional(),
  /** Its people know that credits were low before its first video. */
  warned: z.boolean().optional(),
  /** The turn whose script was too long; its person has been asked what to use of it. */
  tooLong: turnIdSchema.optional(),
  /** By the turn that was repeated first: the one that has repeated it last. */
  repeated: z.record(turnIdSchema, turnIdSchema).optional(),
  plan: newestPlanSchema.optional(),
  /** Whose session it is; absent: the operator's. */
  account: projectAccountSchema.optional(),
  /** The turn that a "retry" repeats. */
  lastRequest: turnIdSchema.optional(),
});
export type Project = z.infer<typeof project>;
/** One with a session. */
export type LiveProject = Project & { readonly sessionId: SessionId };

/** The thread begins anew; what stays is its language, what its people have been told, and a plan, which needs no session. */
export const emptied = ({ language, warned, plan }: Project): Project => ({
  language,
  videos: 0,
  media: [],
  ...(warned ? { warned } : {}),
  ...(plan ? { plan } : {}),
});

/**
 * A project belongs to its thread's record. It is changed by the thread's ordered turns alone, through
 * their context: one of them runs at a time, so that none overwrites what another has changed since it read.
 */
export interface Projects {
  of(thread: ThreadRef): Promise<Project | undefined>;
}

export const openProjects = (ledger: Pick<Ledger, 'thread'>): Projects => ({
  async of(thread) {
    const key = threadKey(thread);
    const text = (await ledger.thread(key))?.project;
    return text === undefined ? undefined : parse(key, text);
  },
});

export const writeProject = (value: Project): string => JSON.stringify(value);

/** Paths and codes alone in what it throws: the parsers' own messages may quote the text. */
function parse(thread: ThreadKey, text: string): Project {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(`the stored project of ${thread} is not JSON`);
  }
  const result = project.safeParse(data);
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new Error(`the stored project of ${thread} has another shape: ${where}`);
}
