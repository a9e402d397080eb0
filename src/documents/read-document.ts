/** Reads one document that is already in memory. Runs inside a worker: it may be slow, it may be stopped. */
import { openArchive } from './archive/office-archive.ts';
import { contentOf } from './content-kind.ts';
import {
  type DocumentFormat,
  type DocumentLimits,
  type DocumentText,
  DocumentUnreadable,
  extensionOf,
  type UnreadableReason,
} from './document.ts';
import { readDocx } from './docx/read-docx.ts';
import { readEpub } from './epub/read-epub.ts';
import { readHtml } from './html/read-html.ts';
import { readWebArchive } from './html/web-archive.ts';
import { withoutNumbering } from './markup/outline.ts';
import { readOpenText } from './opendocument/read-open-text.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { readOpenSlides } from './presentation/read-open-slides.ts';
import { readPptx } from './presentation/read-pptx.ts';
import { readRtf } from './rtf/read-rtf.ts';
import { parseCsv } from './spreadsheet/parse-csv.ts';
import { readOpenSheets } from './spreadsheet/read-open-sheets.ts';
import { readXlsx } from './spreadsheet/read-xlsx.ts';
import { textOfSheets } from './spreadsheet/shot-list.ts';
import {
  parseSubtitles,
  spokenWords,
  subtitleFormat,
  writeCues,
} from './subtitles/read-subtitles.ts';
import { withoutFountainNotes } from './text/fountain.ts';
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
  const { text: raw, format, more = false } = await extract(file, limits, 0);
  const near = raw.slice(0, SLACK * limits.maxCharacters);
  const { text, truncated } = truncateText(tidyText(near), limits.maxCharacters);
  if (text === '') throw new DocumentUnreadable('empty', 'the document holds no words');
  const words = countWords(ownWords(text, format));
  return { text, format, words, truncated: truncated || more || near.length < raw.length };
}

/** An article likewise; of one that its site keeps closed there may be no words. */
export function tidyArticle<A extends { readonly text: string }>(article: A, most: number) {
  const near = article.text.slice(0, SLACK * most);
  const { text, truncated } = truncateText(tidyText(near), most);
  const words = countWords(withoutNumbering(text));
  return { ...article, text, words, truncated: truncated || near.length < article.text.length };
}

/** Formats whose readers write numbers in front of the items of lists. */
const NUMBERED: ReadonlySet<DocumentFormat> = new Set([
  ...(['docx', 'odt', 'rtf', 'html', 'epub'] as const),
]);

/** Without what was written in here. */
function ownWords(text: string, format: DocumentFormat): string {
  if (format === 'srt' || format === 'vtt') return spokenWords(text);
  return NUMBERED.has(format) ? withoutNumbering(text) : text;
}

interface Extract {
  readonly text: string;
  readonly format: DocumentFormat;
  readonly more?: boolean;
}

/** A Word document may hold parts that are documents themselves, with parts of their own. */
const MOST_DEPTH = 2;

async function extract(file: NamedBytes, limits: DocumentLimits, depth: number): Promise<Extract> {
  const content = await contentOf(file.bytes, file);
  switch (content.kind) {
    case 'pdf':
      return { ...(await readPdf(file.bytes, limits)), format: 'pdf' };
    case 'archive':
      return fromArchive(file, limits, depth);
    case 'rtf':
      return { text: readRtf(file.bytes), format: 'rtf' };
    case 'html':
      return { text: readHtml(file.bytes), format: 'html' };
    case 'web-archive':
      return { text: readWebArchive(file.bytes), format: 'html' };
    case 'text':
      return fromText(content.text, file, limits);
  }
}

async function fromArchive(
  file: NamedBytes,
  limits: DocumentLimits,
  depth: number,
): Promise<Extract> {
  const archive = await openArchive(file.bytes, limits.maxExpandedBytes);
  switch (archive.kind) {
    case 'docx': {
      const chunk = (bytes: Uint8Array, name: string) =>
        depth < MOST_DEPTH ? wordsIn({ name, bytes }, limits, depth + 1) : '';
      return { text: await readDocx(archive, chunk), format: 'docx' };
    }
    case 'odt':
      return { text: readOpenText(archive), format: 'odt' };
    case 'odp':
      return { text: readOpenSlides(archive), format: 'pptx' };
    case 'pptx':
      return { text: readPptx(archive), format: 'pptx' };
    case 'ods':
      return { ...textOfSheets(readOpenSheets(archive)), format: 'xlsx' };
    case 'xlsx':
      return { ...textOfSheets(readXlsx(archive)), format: 'xlsx' };
    case 'epub':
      return { ...readEpub(archive, limits.maxCharacters), format: 'epub' };
  }
}

/** Of a part that is no document there are none, as of a picture: the rest is read without it. */
async function wordsIn(file: NamedBytes, limits: DocumentLimits, depth: number): Promise<string> {
  try {
    return (await extract(file, limits, depth)).text;
  } catch (error) {
    if (error instanceof DocumentUnreadable && NO_DOCUMENT.has(error.reason)) return '';
    throw error;
  }
}

const NO_DOCUMENT: ReadonlySet<UnreadableReason> = new Set(['empty', 'not-text', 'wrong-kind']);

function fromText(text: string, file: NamedBytes, limits: DocumentLimits): Extract {
  const near = text.slice(0, SLACK * limits.maxCharacters);
  const more = near.length < text.length;
  const subtitles = subtitleFormat(text);
  if (subtitles) return { text: writeCues(parseSubtitles(near)), format: subtitles, more };
  const format = formatOf(file);
  if (format === 'csv') return { ...textOfSheets([{ name: '', rows: parseCsv(near) }]), format };
  return { text: format === 'fountain' ? withoutFountainNotes(near) : text, format };
}

/** What only the label can tell of a text. */
function formatOf({ name, mime = '' }: NamedBytes): DocumentFormat {
  const extension = extensionOf(name);
  if (/^(?:md|markdown|mdown|mkdn?|mdwn|mdtxt)$/.test(extension)) return 'markdown';
  if (/^(?:fountain|spmd|screenplay)$/.test(extension)) return 'fountain';
  if (/^(?:csv|tsv|tab)$/.test(extension)) return 'csv';
  if (/^text\/(?:x-)?markdown\b/i.test(mime)) return 'markdown';
  return /^text\/(?:csv|tab-separated-values)\b/i.test(mime) ? 'csv' : 'text';
}
