/** What stands on record, as every store reads it back; how numbers and flags come out of a database is the store's own. */
import { z } from 'zod';
import {
  messageIdSchema,
  renderIdSchema,
  sessionIdSchema,
  threadKeySchema,
  turnIdSchema,
} from '../runtime/ids.ts';
import { PHASES, RENDER_PHASES } from './ledger.ts';

const maybe = <S extends z.ZodType>(shape: S) =>
  shape.nullable().transform((value): z.output<S> | undefined => value ?? undefined);
const optional = maybe(z.string());

/** `whole`: of the numbers that may be large. */
export function rowShapes(whole: z.ZodType<number>, flag: z.ZodType<boolean>) {
  return {
    turn: z.object({
      id: turnIdSchema,
      key: z.string(),
      thread: threadKeySchema,
      platform: z.string(),
      lane: z.enum(['ordered', 'immediate']),
      requester: z.string(),
      payload: z.string(),
      weight: z.number(),
      phase: z.enum(PHASES),
      notes: z.string(),
      order: whole,
      acceptedAt: whole,
      stopRequested: flag,
      stopBy: optional,
      withdrawn: flag,
    }),
    /** What a change under a claim needs to know of its turn. */
    held: z.object({
      requester: z.string(),
      counts: z.enum(['requests', 'exports']).nullable(),
      weight: z.number(),
      acceptedAt: whole,
      withdrawn: flag,
    }),
    thread: z.object({
      key: threadKeySchema,
      platform: z.string(),
      workspace: z.string(),
      channel: z.string(),
      ref: z.string(),
      /** Empty, or null, until the first ordered turn. */
      name: optional.transform((text) => text || undefined),
      touchedAt: whole,
      project: optional,
    }),
    count: z.object({ count: whole }).transform(({ count }) => count),
    openSpending: z.object({ shared: flag, begunAt: whole, openUntil: whole }),
    endedSpending: z.object({
      shared: flag,
      late: flag,
      before: z
        .number()
        .nullable()
        .transform((balance) => balance ?? undefined),
    }),
    balance: z.object({
      balance: z
        .number()
        .nullable()
        .transform((balance) => balance ?? undefined),
    }),
    atWork: z.object({ atWork: flag }),
    share: z.object({ of: z.string(), turn: turnIdSchema, credits: z.number() }),
    budgetUse: z.object({ credits: z.number(), expected: z.number(), unknown: whole }),
    spent: z.object({ credits: z.number(), unknown: whole }),
    render: z.object({
      id: renderIdSchema,
      thread: threadKeySchema,
      turn: turnIdSchema,
      session: sessionIdSchema,
      draft: optional,
      resolution: optional,
      copyOf: maybe(renderIdSchema),
      phase: z.enum(RENDER_PHASES),
      url: optional,
      version: maybe(z.number()),
      message: maybe(messageIdSchema),
      deliveredAt: maybe(whole),
      polls: z.number(),
      createdAt: whole,
    }),
  };
}

export type HeldTurn = z.infer<ReturnType<typeof rowShapes>['held']>;
