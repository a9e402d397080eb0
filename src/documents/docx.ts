/** Word documents: headings, lists and tables in reading order; footnotes and pictures left out. */
import mammoth from 'mammoth';
import { DocumentUnreadable } from './document.ts';
import { textOfHtml } from './html-text.ts';
import { inspectZip } from './zip-guard.ts';

const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"];

/** Throws `DocumentUnreadable`. */
export async function readDocx(bytes: Uint8Array, maxExpandedBytes: number): Promise<string> {
  const names = inspectZip(bytes, maxExpandedBytes);
  if (!names.some((name) => name.startsWith('word/'))) {
    throw new DocumentUnreadable('wrong-kind', 'the archive is no Word document');
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { styleMap: STYLES, convertImage: NO_PICTURE, externalFileAccess: false },
    );
    return textOfHtml(value);
  } catch (error) {
    throw new DocumentUnreadable('damaged', 'the Word document cannot be parsed', { cause: error });
  }
}

/** The default would write every picture into the result as base64. */
const NO_PICTURE = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
