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

interface Moved {
  /** Moved, not copied: the sender has no bytes afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DocumentJob extends Moved {
  readonly kind: 'document';
  readonly name: string;
  readonly mime?: string | undefined;
  readonly limits: DocumentLimits;
}

/** A web page of which the article is wanted. */
export interface ArticleJob extends Moved {
  readonly kind: 'article';
  /** What its host says. */
  readonly encoding: string | undefined;
  readonly maxCharacters: number;
}

/** A voice message to be made a file that the backend takes. */
export interface ListeningJob extends Moved {
  readonly kind: 'recording';
  readonly maxSeconds: number;
}

/** What a host asks of programs (robots.txt), and whether that lets this one read the page. */
export interface RobotsJob extends Moved {
  readonly kind: 'robots';
  /** Of the file itself. */
  readonly address: string;
  readonly url: string;
  readonly agent: string;
}

export type ReadingJob = DocumentJob | ArticleJob | ListeningJob | RobotsJob;

const articleText = z.object({
  text: z.string(),
  words: z.number(),
  truncated: z.boolean(),
  title: z.string().optional(),
  closed: z.enum(['paid', 'login']).optional(),
});
export type ArticleText = z.infer<typeof articleText>;

const documentText = z.object({
  text: z.string(),
  format: z.enum(DOCUMENT_FORMATS),
  words: z.number(),
  truncated: z.boolean(),
});

const recording = z.object({
  wave: z.instanceof(Uint8Array<ArrayBuffer>),
  seconds: z.number().positive(),
});

const refusal = z.object({ reason: z.enum(UNREADABLE_REASONS), message: z.string() });

export type ReadingReply =
  | { readonly answer: DocumentText | ArticleText | Recording | boolean }
  | z.infer<typeof refusal>;

/**
 * The thread counts as hostile once it has touched a document: its answer is checked. Throws `DocumentUnreadable` when
 * that is the answer.
 */
const answerAs =
  <T>(schema: z.ZodType<T>) =>
  (message: unknown): T => {
    const refused = refusal.safeParse(message);
    if (refused.success) throw new DocumentUnreadable(refused.data.reason, refused.data.message);
    return z.object({ answer: schema }).parse(message).answer;
  };

export const documentFrom: (message: unknown) => DocumentText = answerAs(documentText);
export const articleFrom = answerAs(articleText);
export const recordingFrom: (message: unknown) => Recording = answerAs(recording);
export const permissionFrom = answerAs(z.boolean());
