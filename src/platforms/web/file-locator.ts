/** What an attachment notes of a file of the playground: under which id it is kept. */
import { z } from 'zod';
import type { Attachment } from '../chat.ts';
import { isId } from './wire.ts';

const locator = z.object({ file: z.string().refine(isId) });
export type FileLocator = z.infer<typeof locator>;

/** Undefined where it is none of the playground's. */
export function readLocator(attachment: Pick<Attachment, 'locator'>): FileLocator | undefined {
  const read = locator.safeParse(attachment.locator);
  return read.success ? read.data : undefined;
}
