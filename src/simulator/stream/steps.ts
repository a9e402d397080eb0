/** A run as data: what happens when. It is stored, so that a restart can go on with it. */
import { z } from 'zod';
import { draftSchema } from '../agent/draft.ts';

const changeSchema = z.object({
  draft: draftSchema.optional(),
  /** A clip that the video model made. */
  generated: z.object({ id: z.string(), type: z.string(), prompt: z.string() }).optional(),
  /** Names of uploads that a cut now uses. */
  used: z.array(z.string()).optional(),
});

const step = { /** Product milliseconds since the run began. */ at: z.number() };

export const stepSchema = z.discriminatedUnion('do', [
  z.object({
    ...step,
    do: z.literal('model'),
    thought: z.string().optional(),
    text: z.string().optional(),
    call: z.object({ id: z.string(), name: z.string(), args: z.json() }).optional(),
    code: z.string().optional(),
  }),
  z.object({
    ...step,
    do: z.literal('tool'),
    id: z.string(),
    name: z.string(),
    change: changeSchema,
  }),
  /** A change that no event tells of. */
  z.object({ ...step, do: z.literal('change'), change: changeSchema }),
  /** A data line as it is. */
  z.object({ ...step, do: z.literal('raw'), data: z.string() }),
  /** One event whose text has this many characters. */
  z.object({ ...step, do: z.literal('flood'), characters: z.number() }),
  z.object({ ...step, do: z.literal('mute') }),
  z.object({ ...step, do: z.literal('break') }),
  z.object({ ...step, do: z.literal('close') }),
]);

export type Change = z.infer<typeof changeSchema>;
export type Step = z.infer<typeof stepSchema>;
