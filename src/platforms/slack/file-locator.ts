/** What an attachment notes of a Slack file: where its bytes are, or why they cannot be had. */
import { z } from 'zod';
import type { Attachment } from '../chat.ts';

const locator = z.discriminatedUnion('standing', [
  z.object({ standing: z.literal('here'), file: z.string(), url: z.string() }),
  /** The address has to be asked for, as in Slack Connect channels. */
  z.object({ standing: z.literal('stub'), file: z.string() }),
  z.object({ standing: z.literal('deleted'), file: z.string() }),
  /** Behind the limit of a free workspace. */
  z.object({ standing: z.literal('hidden'), file: z.string() }),
  /** On another service, from which it is not fetched. */
  z.object({ standing: z.literal('external'), file: z.string() }),
]);
export type FileLocator = z.infer<typeof locator>;

/** Undefined where it is none of Slack's. */
export function readLocator(attachment: Pick<Attachment, 'locator'>): FileLocator | undefined {
  const read = locator.safeParse(attachment.locator);
  return read.success ? read.data : undefined;
}

export const isStub = (attachment: Pick<Attachment, 'locator'>): boolean =>
  readLocator(attachment)?.standing === 'stub';
