/** What a file really is. Its name is asked only where the content leaves it open. */
import { fileTypeFromBuffer } from 'file-type';
import { DocumentUnreadable, extensionOf } from './document.ts';
import { decodeText } from './text/decode-text.ts';

export type Content =
  | { readonly kind: 'docx' }
  | { readonly kind: 'pdf' }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Text is tried before signatures: a signature of two letters ("BM", "MZ") is also how a sentence may
 * begin. Throws `DocumentUnreadable` for everything that is no document.
 */
export async function contentOf(bytes: Uint8Array, name: string): Promise<Content> {
  if (bytes.length === 0) throw new DocumentUnreadable('empty', 'the file has no bytes');
  const extension = extensionOf(name);
  if (isPdf(bytes, extension)) return { kind: 'pdf' };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return { kind: 'docx' };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw compoundFile(bytes);
  const text = decodeText(bytes);
  if (text !== undefined) {
    if (isMarkup(text)) throw new DocumentUnreadable('wrong-kind', 'the file is marked-up source');
    return { kind: 'text', text };
  }
  const found = await fileTypeFromBuffer(bytes);
  if (found) throw new DocumentUnreadable('wrong-kind', `the file is ${found.ext}`);
  if (extension === 'docx' || extension === 'pdf') {
    throw new DocumentUnreadable('damaged', `nothing of a ${extension} can be recognised`);
  }
  throw new DocumentUnreadable('not-text', 'the file is binary');
}

/** Readers of PDF accept other bytes in front of the header, so a mail gateway's banner does no harm. */
function isPdf(bytes: Uint8Array, extension: string): boolean {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).indexOf(
    '%PDF-',
  );
  return at === 0 || (at > 0 && extension === 'pdf');
}

/** The container of old Word files; a DOCX with a password is wrapped in one as well. */
function compoundFile(bytes: Uint8Array): DocumentUnreadable {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new DocumentUnreadable('encrypted', 'the document has a password');
  }
  return new DocumentUnreadable('wrong-kind', 'the file is of an old office format');
}

/** Web pages, vector pictures and RTF are text, but not the text that a person sees. */
const isMarkup = (text: string): boolean =>
  /^[\ufeff\s]*(?:<(?:!doctype|html|svg|\?xml)\b|\{\\rtf|%!PS)/i.test(text.slice(0, 200));

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);
