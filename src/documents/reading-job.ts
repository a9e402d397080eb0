/** What passes between the bot and the thread that reads documents. */
import { z } from 'zod';
import {
  DOCUMENT_FORMATS,
  type DocumentLimits,
  type DocumentText,
  DocumentUnreadable,
  UNREADABLE_REASONS,
} from './document.ts';
import type { Recording } from './voice/recording.ts';

export interface ReadingJob {
  readonly name: string;
  readonly mime?: string | undefined;
  /** Moved, not copied: the sender has no bytes afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly limits: DocumentLimits;
}

/** A voice message to be made a file that the backend takes. */
export interface ListeningJob {
  /** Moved, as above. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly maxSeconds: number;
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
  z.object({
    recording: z.object({
      wave: z.instanceof(Uint8Array<ArrayBuffer>),
      seconds: z.number().positive(),
    }),
  }),
  z.object({ reason: z.enum(UNREADABLE_REASONS), message: z.string() }),
]);
export type ReadingReply = z.infer<typeof reply>;

/** Throws `DocumentUnreadable` when that is the answer. */
export function documentFrom(message: unknown): DocumentText {
  const answer = answerIn(message);
  if ('document' in answer) return answer.document;
  throw new TypeError('asked for a document, the thread answered with a recording');
}

/** Likewise. */
export function recordingFrom(message: unknown): Recording {
  const answer = answerIn(message);
  if ('recording' in answer) return answer.recording;
  throw new TypeError('asked for a recording, the thread answered with a document');
}

function answerIn(message: unknown) {
  const answer = reply.parse(message);
  if ('reason' in answer) throw new DocumentUnreadable(answer.reason, answer.message);
  return answer;
}
