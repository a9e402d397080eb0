/** Reads one document that is already in memory. Runs inside a worker: it may be slow, it may be stopped. */
import { contentOf } from './content-kind.ts';
import {
  type DocumentFormat,
  type DocumentLimits,
  type DocumentText,
  DocumentUnreadable,
  extensionOf,
} from './document.ts';
import { withoutNumbering } from './docx/html-to-markdown.ts';
import { readDocx } from './docx/read-docx.ts';
import { readPdf } from './pdf/read-pdf.ts';
import {
  parseSubtitles,
  spokenWords,
  subtitleFormat,
  writeCues,
} from './subtitles/read-subtitles.ts';
import { countWords, tidyText, truncateText } from './text/tidy-text.ts';

export interface NamedBytes {
  readonly name: string;
  readonly mime?: string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * In lengths of the text that is wanted: how much is worked on for it. White space, headers and the
 * times of subtitles fall away; what lies further back cannot come into reach.
 */
const SLACK = 20;

/** Throws `DocumentUnreadable`. */
export async function readDocument(
  file: NamedBytes,
  limits: DocumentLimits,
): Promise<DocumentText> {
  const { text: raw, format, more = false } = await extract(file, limits);
  const near = raw.slice(0, SLACK * limits.maxCharacters);
  const { text, truncated } = truncateText(tidyText(near), limits.maxCharacters);
  if (text === '') throw new DocumentUnreadable('empty', 'the document holds no words');
  const words = countWords(ownWords(text, format));
  return { text, format, words, truncated: truncated || more || near.length < raw.length };
}

/** Without what was written in here. */
function ownWords(text: string, format: DocumentFormat): string {
  if (format === 'srt' || format === 'vtt') return spokenWords(text);
  return format === 'docx' ? withoutNumbering(text) : text;
}

interface Extract {
  readonly text: string;
  readonly format: DocumentFormat;
  readonly more?: boolean;
}

async function extract(file: NamedBytes, limits: DocumentLimits): Promise<Extract> {
  const content = await contentOf(file.bytes, file.name);
  if (content.kind === 'pdf') return { ...(await readPdf(file.bytes, limits)), format: 'pdf' };
  if (content.kind === 'docx') {
    return { text: await readDocx(file.bytes, limits.maxExpandedBytes), format: 'docx' };
  }
  const subtitles = subtitleFormat(content.text);
  if (subtitles) {
    const near = content.text.slice(0, SLACK * limits.maxCharacters);
    const more = near.length < content.text.length;
    return { text: writeCues(parseSubtitles(near)), format: subtitles, more };
  }
  return { text: content.text, format: isMarkdown(file) ? 'markdown' : 'text' };
}

/** The one thing that only the label can tell. */
const isMarkdown = ({ name, mime = '' }: NamedBytes): boolean =>
  ['md', 'markdown'].includes(extensionOf(name)) || /^text\/(?:x-)?markdown\b/i.test(mime);
