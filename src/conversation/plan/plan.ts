/**
 * A plan: what will be made, shown before anything is. It is noted with the turn that shows it and never changes: a
 * change is another plan, of another turn. What its person's own words and files say stays with them; here stands
 * what is shown of it, and what was decided since.
 */
import { z } from 'zod';
import { turnIdSchema } from '../../runtime/ids.ts';

const part = z.object({
  /** First words of a scene, or the name of a video and what was said about it. */
  text: z.string(),
  /** Left out by a change. */
  out: z.boolean().optional(),
});
export type Part = z.infer<typeof part>;

const wishes = z.object({
  seconds: z.number().optional(),
  /** One of `SHAPES`, or a ratio like "4:5". */
  shape: z.string().optional(),
  /** In the person's words; false: without. */
  music: z.union([z.literal(false), z.string()]).optional(),
  title: z.union([z.literal(false), z.string()]).optional(),
});
export type PlanWishes = z.infer<typeof wishes>;
export const WISHES = [
  'seconds',
  'shape',
  'music',
  'title',
] as const satisfies (keyof PlanWishes)[];

export const FILE_USES = [
  'script',
  'image',
  'video',
  'audio',
  'file',
  'spoken-script',
  'spoken-message',
  'music',
  'unused',
] as const;
export type FileUseShown = (typeof FILE_USES)[number];

const plannedFile = z.object({ name: z.string(), use: z.enum(FILE_USES) });
export type PlannedFile = z.infer<typeof plannedFile>;

export const PLAN_REASONS = ['asked', 'many', 'credits', 'always', 'approval'] as const;

export const planSchema = z.object({
  /** The turns whose messages it is made of, the first of them with the script. */
  origins: z.array(turnIdSchema).min(1),
  /** Of a project that has a video: a change to it. */
  kind: z.enum(['video', 'edit']),
  /** The parts are videos of a batch, and not scenes of one. */
  several: z.boolean(),
  parts: z.array(part),
  wishes,
  /** Which of the wishes were said about the plan, and stand in no message of its origins. */
  decided: z.array(z.enum(WISHES)),
  /** Words about the plan that are none of the above. */
  added: z.array(z.string()),
  files: z.array(plannedFile),
  /** The channel's brand that joins, as it is called. */
  brand: z.string().optional(),
  /** Lines about files that its person has read. */
  told: z.array(z.string()),
  /** Only an admin may have it made. */
  approve: z.boolean().optional(),
});
export type Plan = z.infer<typeof planSchema>;

/** Why it is shown. */
export const planReasonSchema = z.enum(PLAN_REASONS);
export type PlanReason = z.infer<typeof planReasonSchema>;

export const ENDS_OF_PLAN = ['made', 'changed', 'cancelled', 'over'] as const;
export type EndOfPlan = (typeof ENDS_OF_PLAN)[number];

/** A thread's newest plan: the turn that has shown it, and what has become of it. */
export const newestPlanSchema = z.object({
  turn: turnIdSchema,
  ended: z.enum(ENDS_OF_PLAN).optional(),
  /** Epoch milliseconds of that. */
  endedAt: z.number().optional(),
});
type NewestPlan = z.infer<typeof newestPlanSchema>;

/** The turn whose plan can still be made. */
export const openPlan = (project: { readonly plan?: NewestPlan | undefined } | undefined) =>
  project?.plan?.ended === undefined ? project?.plan?.turn : undefined;

/** By number, from 1: the videos of a batch that are left out. */
export const leftOut = ({ parts }: Plan): readonly number[] =>
  parts.flatMap(({ out }, index) => (out ? [index + 1] : []));

export const videosOf = (plan: Plan): number =>
  plan.several ? plan.parts.length - leftOut(plan).length : 1;
