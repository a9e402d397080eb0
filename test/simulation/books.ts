/** What an auditor reads of a world's database, in the same rows from either store. */
import { z } from 'zod';

export const logRow = z.object({
  at: z.number(),
  wall: z.number(),
  writer: z.string(),
  what: z.enum(['new', 'claim', 'write']),
  turn: z.string(),
  thread: z.string(),
  lane: z.enum(['ordered', 'immediate']),
  place: z.number(),
  old_owner: z.string().nullable(),
  owner: z.string().nullable(),
  old_fence: z.number().nullable(),
  fence: z.number(),
  old_lease: z.number().nullable(),
  lease: z.number(),
  old_phase: z.string().nullable(),
  phase: z.string(),
  ahead: z.number(),
  /** What the conversation itself writes was written. */
  touched: z.number(),
});
export type LogRow = z.infer<typeof logRow>;

export const turnRow = z.object({
  id: z.string(),
  key: z.string(),
  thread: z.string(),
  lane: z.enum(['ordered', 'immediate']),
  requester: z.string(),
  payload: z.string(),
  phase: z.string(),
  finished_at: z.number().nullable(),
});
export type TurnRow = z.infer<typeof turnRow>;

export const renderRow = z.object({ id: z.string(), turn: z.string(), phase: z.string() });
export type RenderRow = z.infer<typeof renderRow>;

export const countRow = z.object({ count: z.number() });

/** It never writes, and is answered at once: the world stands still while it reads. */
export interface Books {
  turns(): readonly TurnRow[];
  /** Unfinished and ordered, the oldest one. */
  head(thread: string): TurnRow | undefined;
  unfinished(): number;
  renders(): readonly RenderRow[];
  /** When all is over: read once. */
  log(): readonly LogRow[];
  close(): void;
}
