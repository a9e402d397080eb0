/**
 * What the conversation stores in the ledger: the job of a turn (what was asked, unchanging) and its
 * notes (what has been done for it, so that a successor can go on after a crash).
 */
import { z } from 'zod';
import { buttonSchema } from '../platforms/button-schema.ts';
import type { IncomingMessage } from '../platforms/chat.ts';

const attachment = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number().optional(),
  mime: z.string().optional(),
  locator: z.record(z.string(), z.string()),
});
const material = z.object({ text: z.string(), attachments: z.array(attachment).readonly() });
const thread = z.object({
  platform: z.enum(['slack', 'discord', 'web']),
  workspace: z.string(),
  channel: z.string(),
  thread: z.string(),
});
const person = z.object({
  id: z.string(),
  name: z.string().optional(),
  locale: z.string().optional(),
  admin: z.boolean().optional(),
});
const message = material.extend({
  key: z.string(),
  messageId: z.string().optional(),
  thread,
  author: person,
  quoted: material.optional(),
  begins: z.boolean().optional(),
  each: z.boolean().optional(),
  incomplete: z.boolean().optional(),
  under: z.string().optional(),
  sentAt: z.number(),
}) satisfies z.ZodType<IncomingMessage>;

/** What is used of a script that is longer than the agent takes. */
const fit = z.enum(['first-part', 'gist']);

/** One of the videos of a batch; `number` is 1-based, `name` the file's without its ending. */
const entry = z.object({ number: z.number(), of: z.number(), name: z.string() });
export type Entry = z.infer<typeof entry>;

/** The shape of a cut as it was when its export was ordered: pixels and seconds. */
const cut = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
});
export type Cut = z.infer<typeof cut>;

const task = z.discriminatedUnion('type', [
  /** Everything that goes to the agent. */
  z.object({ type: z.literal('request') }),
  /** The request of an earlier turn once more, because its person asked for that. */
  z.object({ type: z.literal('retry'), turn: z.string().optional(), fit: fit.optional() }),
  z.object({ type: z.literal('export'), resolution: z.string().optional() }),
  z.object({ type: z.literal('new') }),
  z.object({ type: z.literal('status') }),
  z.object({ type: z.literal('credits') }),
  z.object({ type: z.literal('help') }),
  z.object({ type: z.literal('stop') }),
  /** Nothing to work with, in a thread that has been working. */
  z.object({ type: z.literal('empty') }),
  /** Goes on looking at a render after its turn has given the thread free. */
  z.object({
    type: z.literal('watch'),
    render: z.string(),
    from: z.string(),
    entry: entry.optional(),
    cut: cut.optional(),
  }),
  z.object({ type: z.literal('turned-away'), why: z.enum(['place', 'person']) }),
  /** Less is left for today than the message would take. */
  z.object({
    type: z.literal('quota'),
    wanted: z.number(),
    left: z.number(),
    counts: z.enum(['requests', 'exports']).default('requests'),
  }),
]);
export type Task = z.infer<typeof task>;

const job = z.object({ task, message });
export type Job = z.infer<typeof job>;

export const writeJob = (value: Job): string => JSON.stringify(value);
export const readJob = (payload: string): Job => job.parse(JSON.parse(payload));

const uploaded = z.object({
  attachment: z.string(),
  /** The Nemo session that holds it. */
  session: z.string(),
  name: z.string(),
  /** What its person calls it, where the session holds the same content under another name. */
  sentAs: z.string().optional(),
  kind: z.enum(['video', 'image', 'audio', 'file']),
  url: z.string().optional(),
  inSession: z.boolean().optional(),
});
const outgoing = z.object({
  text: z.string(),
  buttons: z.array(buttonSchema).readonly().optional(),
  mention: z.array(z.string()).readonly().optional(),
});

/** Grows while the turn is worked on; every field is written before the deed that it announces. */
const notes = z.object({
  /** Epoch milliseconds at which the work began. */
  startedAt: z.number().optional(),
  /** The status message and the "Still working" notice, to be edited or removed by a successor. */
  statusId: z.string().optional(),
  noticeId: z.string().optional(),
  uploaded: z.array(uploaded).optional(),
  /** The turn that a retry repeats. */
  repeats: z.string().optional(),
  /** The turn at the beginning of a row of repetitions. */
  root: z.string().optional(),
  /** How a script that is too long is made to fit. */
  fit: fit.optional(),
  /** Words that were read from documents. */
  documentWords: z.number().optional(),
  /** In a batch: which of its videos is worked on, which were begun by this turn, and which are made. */
  entry: entry.optional(),
  tried: z.array(z.number()).optional(),
  made: z.array(z.number()).optional(),
  /** Of the made ones those that were still being rendered when the batch went on. */
  late: z.array(z.object({ number: z.number(), render: z.string() })).optional(),
  /** Renders of this turn that belong to videos before the present one. */
  pastRenders: z.array(z.string()).optional(),
  /** What the turn counts for in quotas, where that was known only after all of the message was read. */
  weight: z.number().optional(),
  /** How often the turn was put down because the chat service was out of reach. */
  waits: z.number().optional(),
  /** The session's state right before sending, as JSON of a `Snapshot`. */
  baseline: z.string().optional(),
  /** Epoch milliseconds of the last "about to send" mark. */
  sentAt: z.number().optional(),
  /** The composed answer and whether an export follows it. */
  answer: outgoing.optional(),
  answered: z.boolean().optional(),
  ending: z.enum(['done', 'needs-you', 'failed', 'stopped', 'interrupted']).optional(),
  creditsWanted: z.boolean().optional(),
  exportWanted: z.boolean().optional(),
  renderId: z.string().optional(),
  cut: cut.optional(),
});
export type Notes = z.infer<typeof notes>;

export const readNotes = (text: string): Notes => notes.parse(JSON.parse(text || '{}'));
export const writeNotes = (value: Notes): string => JSON.stringify(value);
