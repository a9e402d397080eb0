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

/** A web page of which the article is wanted. */
export interface ArticleJob {
  /** Moved, as above. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What its host says. */
  readonly encoding: string | undefined;
  readonly maxArticleCharacters: number;
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
    article: z.object({
      text: z.string(),
      words: z.number(),
      truncated: z.boolean(),
      title: z.string().optional(),
      closed: z.enum(['paid', 'login']).optional(),
    }),
  }),
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
  throw new TypeError('asked for a document, the thread answered with something else');
}

export type ArticleText = Extract<ReadingReply, { article: unknown }>['article'];

/** Likewise. */
export function articleFrom(message: unknown): ArticleText {
  const answer = answerIn(message);
  if ('article' in answer) return answer.article;
  throw new TypeError('asked for an article, the thread answered with something else');
}

/** Likewise. */
export function recordingFrom(message: unknown): Recording {
  const answer = answerIn(message);
  if ('recording' in answer) return answer.recording;
  throw new TypeError('asked for a recording, the thread answered with something else');
}

function answerIn(message: unknown) {
  const answer = reply.parse(message);
  if ('reason' in answer) throw new DocumentUnreadable(answer.reason, answer.message);
  return answer;
}
