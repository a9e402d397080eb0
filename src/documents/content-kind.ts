/** What a file really is. Its label is asked only where the content leaves it open. */
import { fileTypeFromBuffer } from 'file-type';
import { DocumentUnreadable, extensionOf } from './document.ts';
import { decodeText } from './text/decode-text.ts';

export type Content =
  | { readonly kind: 'archive' | 'pdf' | 'rtf' | 'html' | 'web-archive' }
  | { readonly kind: 'text'; readonly text: string };

export interface Label {
  readonly name: string;
  readonly mime?: string | undefined;
}

/**
 * Text is tried before signatures: a signature of two letters ("BM", "MZ") is also how a sentence may
 * begin. Throws `DocumentUnreadable` for everything that is no document.
 */
export async function contentOf(bytes: Uint8Array, label: Label): Promise<Content> {
  if (bytes.length === 0) throw new DocumentUnreadable('empty', 'the file has no bytes');
  const extension = extensionOf(label.name);
  if (isPdf(bytes, extension)) return { kind: 'pdf' };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return { kind: 'archive' };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw compoundFile(bytes);
  if (headOf(bytes).startsWith('{\\rtf')) return { kind: 'rtf' };
  const page = pageKind(bytes, label);
  if (page) return page;
  const text = decodeText(bytes);
  if (text !== undefined) {
    if (isMarkup(text)) throw new DocumentUnreadable('wrong-kind', 'the file is marked-up source');
    return { kind: 'text', text };
  }
  const found = await fileTypeFromBuffer(bytes);
  if (found) throw new DocumentUnreadable('wrong-kind', `the file is ${found.ext}`);
  if (BINARY.has(extension)) {
    throw new DocumentUnreadable('damaged', `nothing of a ${extension} can be recognised`);
  }
  throw new DocumentUnreadable('not-text', 'the file is binary');
}

/** What is never text, so that unknown bytes under such a name are a broken one. */
const BINARY: ReadonlySet<string> = new Set([
  ...['docx', 'docm', 'pdf', 'odt', 'odp', 'ods', 'pptx', 'xlsx', 'epub'],
]);

/** Readers of PDF accept other bytes in front of the header, so a mail gateway's banner does no harm. */
function isPdf(bytes: Uint8Array, extension: string): boolean {
  const at = headOf(bytes).indexOf('%PDF-');
  return at === 0 || (at > 0 && extension === 'pdf');
}

/** The container of old Office files; a DOCX with a password is wrapped in one as well. */
function compoundFile(bytes: Uint8Array): DocumentUnreadable {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new DocumentUnreadable('encrypted', 'the document has a password');
  }
  return new DocumentUnreadable('other-office', 'the file is of an old office format');
}

/**
 * A web page is one only by its label: under any other name it is what a host answered in place of the file,
 * "please sign in" most often.
 */
function pageKind(bytes: Uint8Array, { name, mime = '' }: Label): Content | undefined {
  const extension = extensionOf(name);
  const type = mime.toLowerCase();
  // Behind a mark, and in UTF-16, the letters stand apart.
  const head = headOf(bytes).replace(/[\0\xef\xbb\xbf\xff\xfe]/g, '');
  const isArchive = /^(?:mht|mhtml)$/.test(extension) || /^(?:multipart|message)\//.test(type);
  if (isArchive && /^(?:[\w-]+:[^\n]*\n|[ \t][^\n]*\n)*?mime-version:/i.test(head)) {
    return { kind: 'web-archive' };
  }
  const isPage = /^x?html?$/.test(extension) || /^(?:text\/html|application\/xhtml)/.test(type);
  return isPage && /<[a-z!?]/i.test(head) ? { kind: 'html' } : undefined;
}

/** Web pages, vector pictures and other XML are text, but not the text that a person sees. */
const isMarkup = (text: string): boolean =>
  /^[\ufeff\s]*(?:<(?:!doctype|html|svg|\?xml)\b|%!PS)/i.test(text.slice(0, 200));

const headOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);
