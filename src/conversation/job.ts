/** What was asked of a turn: stored with it once, and never changed. What has been done is in its notes. */

import { z } from 'zod';
import { type IncomingMessage, UNREAD_KINDS } from '../platforms/chat.ts';
import { messageIdSchema, renderIdSchema, turnIdSchema } from '../runtime/ids.ts';
import { SHAPES } from './video-shape.ts';

export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number().optional(),
  mime: z.string().optional(),
  locator: z.record(z.string(), z.string()),
  voice: z.object({ transcript: z.string().optional() }).optional(),
});
const unreadPart = z.object({ kind: z.enum(UNREAD_KINDS), name: z.string().optional() });
const material = z.object({
  text: z.string(),
  attachments: z.array(attachmentSchema).readonly(),
  unread: z.array(unreadPart).readonly().optional(),
});
const thread = z.object({
  platform: z.string(),
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
  messageId: messageIdSchema.optional(),
  thread,
  author: person,
  quoted: material.optional(),
  begins: z.boolean().optional(),
  wordsAlone: z.boolean().optional(),
  each: z.boolean().optional(),
  planFirst: z.boolean().optional(),
  incomplete: z.boolean().optional(),
  unnamed: z.boolean().optional(),
  under: messageIdSchema.optional(),
  calls: z.enum(['us', 'others']).optional(),
  sentAt: z.number(),
}) satisfies z.ZodType<IncomingMessage>;

/** What is used of a script that is longer than the agent takes. */
export const fitSchema = z.enum(['first-part', 'gist']);

/** One of the videos of a batch; `number` is 1-based, `name` the file's without its ending. */
export const entrySchema = z.object({ number: z.number(), of: z.number(), name: z.string() });
export type BatchEntry = z.infer<typeof entrySchema>;

/** The shape of a cut as it was when its export was ordered: pixels and seconds. */
export const cutSchema = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
  /** "9:16", where it is told. */
  ratio: z.string().optional(),
});
export type Cut = z.infer<typeof cutSchema>;

/** What is wished of the export of a version: which, and a shape that no render can give it. */
export const versionWishSchema = z.object({
  version: z.number(),
  shape: z.enum(SHAPES).optional(),
});
export type VersionWish = z.infer<typeof versionWishSchema>;
/** Also the actions of its buttons. */
export const PLAN_TASKS = ['make-plan', 'change-plan', 'cancel-plan'] as const;
export type PlanTask = (typeof PLAN_TASKS)[number];

const task = z.discriminatedUnion('type', [
  /** Everything that goes to the agent; `exports`: what has changed, too. */
  z.object({ type: z.literal('request'), exports: z.literal(true).optional() }),
  /** The request of an earlier turn once more, because its person asked for that. */
  z.object({ type: z.literal('retry'), turn: turnIdSchema.optional(), fit: fitSchema.optional() }),
  z.object({
    type: z.literal('export'),
    resolution: z.string().optional(),
    /** Of an earlier cut; absent: as it is now. */
    wish: versionWishSchema.optional(),
  }),
  z.object({ type: z.literal('new') }),
  /** What is to become of a plan; `plan` is the turn that shows it. */
  z.object({ type: z.enum(PLAN_TASKS), plan: turnIdSchema }),
  z.object({ type: z.literal('status') }),
  z.object({ type: z.literal('captions') }),
  z.object({ type: z.literal('credits') }),
  z.object({ type: z.literal('help') }),
  z.object({ type: z.literal('versions') }),
  /** Two versions by their numbers; the last two where none are named. */
  z.object({
    type: z.literal('compare'),
    pair: z.tuple([z.number(), z.number()]).readonly().optional(),
  }),
  z.object({ type: z.literal('stop') }),
  /** Nothing to work with, in a thread that has been working. */
  z.object({ type: z.literal('empty') }),
  /** Goes on looking at a render after its turn has given the thread free. */
  z.object({
    type: z.literal('watch'),
    render: renderIdSchema,
    from: turnIdSchema,
    entry: entrySchema.optional(),
    cut: cutSchema.optional(),
    wish: versionWishSchema.optional(),
  }),
  /** A smaller copy of a video that was too large for its place; `bytes` as its host has said. */
  z.object({
    type: z.literal('copy'),
    render: renderIdSchema,
    bytes: z.number().optional(),
    entry: entrySchema.optional(),
  }),
  /** Thanks and the like: a sign on the message, and no word. */
  z.object({ type: z.literal('courtesy'), reaction: z.enum(['thanks', 'noted', 'seen']) }),
  /** It is not clear whom it is for: its author is asked, and it waits here for the answer. */
  z.object({ type: z.literal('whose') }),
  /** The answer was that people talk to each other. */
  z.object({ type: z.literal('theirs') }),
  /** The message was edited, or is gone, while the turn was at work. */
  z.object({
    type: z.literal('second-thoughts'),
    turn: turnIdSchema,
    how: z.enum(['edited', 'deleted']),
  }),
  z.object({ type: z.literal('turned-away'), why: z.enum(['place', 'person', 'paused']) }),
  /** Less is left for today than the message would take. */
  z.object({
    type: z.literal('quota'),
    wanted: z.number(),
    left: z.number(),
    counts: z.enum(['requests', 'exports']).default('requests'),
  }),
  /** A budget of credits is used up. */
  z.object({
    type: z.literal('budget'),
    of: z.enum(['workspace', 'channel', 'person']),
    limit: z.number(),
    credits: z.number(),
    expected: z.number(),
    complete: z.boolean(),
  }),
]);
export type Task = z.infer<typeof task>;

const job = z.object({ task, message });
export type Job = z.infer<typeof job>;

export const writeJob = (value: Job): string => JSON.stringify(value);
export const readJob = (payload: string): Job => job.parse(JSON.parse(payload));

/** Undefined: of a version that knew another form, or damaged. */
export function jobIn(payload: string): Job | undefined {
  try {
    return readJob(payload);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    return undefined;
  }
}
