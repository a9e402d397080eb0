/** What a document is to the rest of the bot: text that becomes the script, or a reason why not. */
import { extname } from 'node:path';

export const DOCUMENT_FORMATS = [
  ...(['text', 'markdown', 'docx', 'pdf', 'srt', 'vtt', 'odt', 'rtf', 'pptx', 'epub'] as const),
  ...(['fountain', 'csv', 'xlsx', 'html'] as const),
] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export interface DocumentText {
  /** Headings, lists and tables as light Markdown; subtitle cues as `[mm:ss–mm:ss] words`. */
  readonly text: string;
  /** What the content turned out to be, whatever the name said. */
  readonly format: DocumentFormat;
  /** Words as a person counts them; every Chinese or Japanese character is one. */
  readonly words: number;
  /** The document goes on after the last sentence of `text`. */
  readonly truncated: boolean;
}

export interface DocumentLimits {
  /** Length of the text that is given back. */
  readonly maxCharacters: number;
  /** Pages of a PDF that are looked at. */
  readonly maxPages: number;
  /** What the parts of an archive (DOCX, EPUB) may add up to once they are unpacked. */
  readonly maxExpandedBytes: number;
}

export const UNREADABLE_REASONS = [
  /** Binary data that is nothing known. */
  'not-text',
  'empty',
  /** A PDF without text: pictures of pages. */
  'scanned',
  'encrypted',
  'damaged',
  'too-large',
  'too-slow',
  /** An office format that cannot be read, but that its program can save as one that can. */
  'other-office',
  /** Certainly something else: a picture, a program. */
  'wrong-kind',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** The file is the trouble, not the way it came: another attempt would end the same. */
export class DocumentUnreadable extends Error {
  override name = 'DocumentUnreadable';
  readonly reason: UnreadableReason;
  constructor(reason: UnreadableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Lower case, without the dot; empty where there is none. */
export const extensionOf = (name: string): string => extname(name.trim()).slice(1).toLowerCase();
