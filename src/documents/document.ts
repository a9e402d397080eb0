/** What a document is to the rest of the bot: text that becomes the script, or a reason why not. */
import { extname } from 'node:path';

/** In the order in which they are offered to people. */
export const DOCUMENT_EXTENSIONS: readonly string[] = ['txt', 'md', 'docx', 'pdf', 'srt', 'vtt'];

const DOCUMENT_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/x-subrip',
  'text/markdown',
  'text/plain',
  'text/srt',
  'text/vtt',
  'text/x-markdown',
]);

export const DOCUMENT_FORMATS = ['text', 'markdown', 'docx', 'pdf', 'srt', 'vtt'] as const;
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
  /** What the parts of a DOCX may add up to once they are unpacked. */
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
  /** Certainly something else: a picture, a program, a web page, another office format. */
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

/**
 * Is this file meant to be read, rather than uploaded? The name decides where it has an ending: chats
 * label subtitles and Markdown as `application/octet-stream`, and unknown endings as plain text.
 */
export function isDocument(name: string, mime?: string): boolean {
  const extension = extensionOf(name);
  if (extension !== '') return DOCUMENT_EXTENSIONS.includes(extension);
  const type = mime?.split(';', 1)[0]?.trim().toLowerCase();
  return type !== undefined && DOCUMENT_TYPES.has(type);
}

/** Lower case, without the dot; empty where there is none. */
export const extensionOf = (name: string): string => extname(name.trim()).slice(1).toLowerCase();
