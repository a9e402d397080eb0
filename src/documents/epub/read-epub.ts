/** EPUB: the chapters in the order of their spine. */
import { posix } from 'node:path';
import { pathFrom } from '../archive/parts.ts';
import { DocumentUnreadable } from '../document.ts';
import { readHtml } from '../html/read-html.ts';
import { found, parseXml, type XmlElement } from '../markup/xml.ts';

type Parts = ReadonlyMap<string, Uint8Array>;

/** `more`: chapters were left unread, since the text is long enough without them. Throws `DocumentUnreadable`. */
export function readEpub(
  { parts }: { readonly parts: Parts },
  maxCharacters: number,
): { text: string; more: boolean } {
  const chapters = chaptersOf(parts);
  const locked = lockedParts(parts);
  const texts: string[] = [];
  let read = 0;
  let length = 0;
  for (const name of chapters) {
    if (length > 2 * maxCharacters) break;
    if (locked.has(name)) throw new DocumentUnreadable('encrypted', 'the book is protected');
    const content = parts.get(name);
    const text = content ? readHtml(content) : '';
    read += 1;
    length += text.length;
    if (text !== '') texts.push(text);
  }
  return { text: texts.join('\n\n'), more: read < chapters.length };
}

/** A book in many small files; each costs time to open. */
const MOST_CHAPTERS = 2000;

function chaptersOf(parts: Parts): string[] {
  const [rootfile] = [...found(partOf(parts, 'META-INF/container.xml'), 'cont:rootfile')];
  const path = pathFrom('', rootfile?.attributes['full-path'] ?? '');
  const book = partOf(parts, path);
  const folder = posix.dirname(path);
  const items = new Map<string, XmlElement>();
  for (const item of found(book, 'opf:item')) items.set(item.attributes['id'] ?? '', item);
  return (
    [...found(book, 'opf:itemref')]
      .filter(({ attributes }) => attributes['linear'] !== 'no')
      .flatMap(({ attributes }) => items.get(attributes['idref'] ?? '') ?? [])
      // The table of contents may stand among the chapters: its words are theirs.
      .filter(({ attributes }) => !/\bnav\b/.test(attributes['properties'] ?? ''))
      .slice(0, MOST_CHAPTERS)
      .map(({ attributes }) => pathFrom(folder, decoded(attributes['href'] ?? '')))
  );
}

function partOf(parts: Parts, name: string): XmlElement {
  const content = parts.get(name);
  if (!content) throw new DocumentUnreadable('damaged', 'a part of the book is missing');
  return parseXml(content);
}

/** Fonts may be encrypted in a book that everybody may read. */
function lockedParts(parts: Parts): ReadonlySet<string> {
  const list = parts.get('META-INF/encryption.xml');
  if (!list) return new Set();
  const references = [...found(parseXml(list), '?:CipherReference')];
  return new Set(
    references.map(({ attributes }) => pathFrom('', decoded(attributes['URI'] ?? ''))),
  );
}

/** An address without its escapes and without the place inside of the part. */
function decoded(address: string): string {
  const path = address.replace(/[#?].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that is one.
    return path;
  }
}
