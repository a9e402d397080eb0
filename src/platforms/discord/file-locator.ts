/** What an attachment notes of a file on Discord's host: its link, and where a fresh one can be had. */
import { z } from 'zod';
import type { Attachment } from '../chat.ts';

const locator = z.discriminatedUnion('of', [
  /** The message has a fresh link when this one has run out. */
  z.object({
    of: z.literal('message'),
    url: z.string(),
    channel: z.string(),
    message: z.string(),
  }),
  /** Of a command or a form, which cannot be read again. */
  z.object({ of: z.literal('interaction'), url: z.string() }),
]);
export type FileLocator = z.infer<typeof locator>;

/** As turns on record have them that were begun before locators said of what they are. */
const unnamed = z
  .object({ url: z.string(), channel: z.string().optional(), message: z.string().optional() })
  .transform(
    ({ url, channel, message }): FileLocator =>
      channel && message ? { of: 'message', url, channel, message } : { of: 'interaction', url },
  );
const anyLocator = z.union([locator, unnamed]);

/** Undefined where it is none of Discord's. */
export function readLocator(attachment: Pick<Attachment, 'locator'>): FileLocator | undefined {
  const read = anyLocator.safeParse(attachment.locator);
  return read.success ? read.data : undefined;
}
