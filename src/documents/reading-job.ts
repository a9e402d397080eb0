/** What passes between the bot and the thread that reads documents. */
import { z } from 'zod';
import {
  DOCUMENT_FORMATS,
  type DocumentLimits,
  type DocumentText,
  DocumentUnreadable,
  UNREADABLE_REASONS,
} from './document.ts';

export interface ReadingJob {
  readonly name: string;
  readonly mime?: string | undefined;
  /** Moved, not copied: the sender has no bytes afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly limits: DocumentLimits;
}

/** The thread counts as hostile once it has touched a document: its answer is checked. */
const reply = z.union([
  z.object({
    document: z.object({
      text: z.string(),
      format: z.enum(DOCUMENT_FORMATS),
      words: z.number(),
      truncated: z.boolean(),
    }),
  }),
  z.object({ reason: z.enum(UNREADABLE_REASONS), message: z.string() }),
]);
export type ReadingReply = z.infer<typeof reply>;

/** Throws `DocumentUnreadable` when that is the answer. */
export function documentFrom(message: unknown): DocumentText {
  const answer = reply.parse(message);
  if ('document' in answer) return answer.document;
  throw new DocumentUnreadable(answer.reason, answer.message);
}
