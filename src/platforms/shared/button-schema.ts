/** Buttons as they are stored: with a turn's answer, and with the playground's messages. */
import { z } from 'zod';
import { BUTTON_ACTIONS, type Button } from '../chat.ts';

export const buttonSchema = z.object({
  label: z.string(),
  style: z.enum(['primary', 'danger']).optional(),
  does: z.union([
    z.object({ action: z.enum(BUTTON_ACTIONS), value: z.string().optional() }),
    z.object({ url: z.string() }),
  ]),
}) satisfies z.ZodType<Button>;
