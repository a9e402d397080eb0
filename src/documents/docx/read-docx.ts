/** Word documents: headings, lists and tables in reading order; footnotes and pictures left out. */
import mammoth from 'mammoth';
import { DocumentUnreadable } from '../document.ts';
import { textOfHtml } from './html-to-markdown.ts';
import { HIDDEN, preparedMarkup } from './markup.ts';
import { unzip } from './zip-guard.ts';
import { storedZip } from './zip-write.ts';

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "br[type='page'] => hr",
  "br[type='column'] => hr",
  `highlight[color='${HIDDEN}'] => !`,
];

/** Throws `DocumentUnreadable`. */
export async function readDocx(bytes: Uint8Array, maxExpandedBytes: number): Promise<string> {
  const { names, parts } = await unzip(bytes, maxExpandedBytes, isMarkup);
  if (!names.some((name) => name.startsWith('word/'))) {
    throw new DocumentUnreadable('wrong-kind', 'the archive is no Word document');
  }
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: storedZip(prepared(parts)) },
      { styleMap: STYLES, convertImage: NO_PICTURE, externalFileAccess: false },
    );
    return textOfHtml(value);
  } catch (error) {
    throw new DocumentUnreadable('damaged', 'the Word document cannot be parsed', { cause: error });
  }
}

/** Pictures, fonts and macros stay behind: nothing can happen to what is not there. */
const isMarkup = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

function* prepared(parts: ReadonlyMap<string, Uint8Array>): Generator<[string, Uint8Array]> {
  for (const [name, content] of parts) {
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const hasBody = text.includes('<w:body');
    yield [name, hasBody ? Buffer.from(preparedMarkup(text.toString())) : content];
  }
}

/** The default would write every picture into the result as base64. */
const NO_PICTURE = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
