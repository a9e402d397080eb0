/** Word documents: headings, lists and tables in reading order; footnotes and pictures left out. */
import mammoth from 'mammoth';
import { relationsOf } from '../archive/parts.ts';
import type { Unzipped } from '../archive/zip-guard.ts';
import { storedZip } from '../archive/zip-write.ts';
import { DocumentUnreadable } from '../document.ts';
import { parseXml, type XmlElement } from '../markup/xml.ts';
import { wordsOfDiagram } from './drawn-words.ts';
import { textOfHtml } from './html-to-markdown.ts';
import { type Elsewhere, HIDDEN, preparedMarkup } from './markup.ts';

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "br[type='page'] => hr",
  "br[type='column'] => hr",
  `highlight[color='${HIDDEN}'] => !`,
];

/** Reads a part in another format, a web page say. */
export type ReadChunk = (bytes: Uint8Array, name: string) => Promise<string> | string;

/** Throws `DocumentUnreadable`. */
export async function readDocx({ parts }: Unzipped, readChunk: ReadChunk): Promise<string> {
  const chunks = new Map<string, string>();
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: storedZip(prepared(parts, chunks)) },
      { styleMap: STYLES, convertImage: NO_PICTURE, externalFileAccess: false },
    );
    return await withChunks(textOfHtml(value), chunks, parts, readChunk);
  } catch (error) {
    if (error instanceof DocumentUnreadable) throw error;
    throw new DocumentUnreadable('damaged', 'the Word document cannot be parsed', { cause: error });
  }
}

/** Pictures, fonts and macros stay behind: nothing can happen to what is not there. */
function* prepared(
  parts: ReadonlyMap<string, Uint8Array>,
  chunks: Map<string, string>,
): Generator<[string, Uint8Array]> {
  for (const [name, content] of parts) {
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    const root = bodyIn(content);
    const markup = root && preparedMarkup(root, elsewhereOf(name, parts, chunks));
    yield [name, markup === undefined ? content : Buffer.from(markup)];
  }
}

/** Parsing is slow: only of parts that may have what is looked for. */
function bodyIn(content: Uint8Array): XmlElement | undefined {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!/\bbody\b|b\0o\0d\0y\0/.test(text.subarray(0, HEAD).toString('latin1'))) return undefined;
  const root = parseXml(content);
  return root.name === 'w:document' ? root : undefined;
}

/** Declarations of namespaces stand before the body. */
const HEAD = 64 * 1024;

/** The parts that a document points at, and no more of them than a person would put in. */
const MOST_PARTS = 100;

function elsewhereOf(
  name: string,
  parts: ReadonlyMap<string, Uint8Array>,
  chunks: Map<string, string>,
): Elsewhere {
  const relations = relationsOf(name, parts);
  let looked = 0;
  const targetOf = (id: string) => {
    looked += 1;
    return looked > MOST_PARTS ? undefined : relations.get(id)?.target;
  };
  return {
    diagram(id) {
      const data = parts.get(targetOf(id) ?? '');
      return data ? wordsOfDiagram(parseXml(data)) : [];
    },
    chunk(id) {
      const target = targetOf(id);
      if (target === undefined) return '';
      const mark = `\u{f0000}${chunks.size}\u{f0001}`;
      chunks.set(mark, target);
      return mark;
    },
  };
}

/** In the place of each mark what its part says. */
async function withChunks(
  text: string,
  chunks: ReadonlyMap<string, string>,
  parts: ReadonlyMap<string, Uint8Array>,
  readChunk: ReadChunk,
): Promise<string> {
  let whole = text;
  for (const [mark, name] of chunks) {
    const bytes = parts.get(name);
    const words = bytes ? await readChunk(bytes, name) : '';
    // The first alone: a document that writes such marks itself has them passed over.
    whole = whole.replace(mark, () => words);
  }
  return whole;
}

/** The default would write every picture into the result as base64. */
const NO_PICTURE = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
