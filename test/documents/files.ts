/** What the tests of documents read: the fixtures, and hostile files made from scratch. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { constants, crc32, deflateRawSync, deflateSync } from 'node:zlib';
import type { DocumentFile } from '../../src/documents/document-reader.ts';

export const fixture = (name: string): Buffer =>
  readFileSync(path.join(import.meta.dirname, 'fixtures', name));

/** As an attachment arrives: in pieces. */
export function attached(
  name: string,
  bytes: Uint8Array = fixture(name),
  mime?: string,
): DocumentFile {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) pieces.push(bytes.subarray(at, at + 65_536));
  return { name, mime, stream: Readable.from(pieces, { objectMode: false }) };
}

export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** What the directory says instead of the truth. */
  readonly claims?: {
    readonly expanded?: number;
    readonly flags?: number;
    readonly method?: number;
  };
}

export function zip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = {} } of parts) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw, { level: 1 });
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(claims.flags ?? 0, 2);
    header.writeUInt16LE(claims.method ?? 8, 4);
    header.writeUInt32LE(crc32(raw), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(claims.expanded ?? raw.length, 18);
    header.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), header, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), header, tail, Buffer.from(name));
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06'), end]);
}

const WORD_SPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const SPACES = {
  w: WORD_SPACE,
  m: 'http://schemas.openxmlformats.org/officeDocument/2006/math',
  mc: 'http://schemas.openxmlformats.org/markup-compatibility/2006',
  r: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  v: 'urn:schemas-microsoft-com:vml',
  wp: 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  a: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  wps: 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape',
};
const NAMESPACES = Object.entries(SPACES).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);

/**
 * The smallest Word document with this body, in WordprocessingML; `prolog` stands before the root,
 * `parts` behind the parts that it must have.
 */
export function docx(
  body: string,
  options: { prolog?: string; claims?: ZipPart['claims']; parts?: readonly ZipPart[] } = {},
): Buffer {
  const main = `${options.prolog ?? ''}<w:document${NAMESPACES.join('')}><w:body>${body}</w:body></w:document>`;
  return zip([
    { name: '[Content_Types].xml', content: `<Types xmlns="${PACKAGE}/content-types"/>` },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="a" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/document.xml',
      content: main,
      ...(options.claims ? { claims: options.claims } : {}),
    },
    ...(options.parts ?? []),
  ]);
}

export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

const HELVETICA = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';

/**
 * A PDF whose pages draw these content streams, with the font as `/F`. `page` and `catalog` are further
 * entries of these dictionaries; `others` are further objects, of which the first has number
 * 4 + 2 * pages.
 */
export function pdf(
  streams: readonly (string | { readonly flate: Buffer; readonly filter?: string })[],
  options: {
    readonly font?: string;
    readonly page?: string;
    readonly catalog?: string;
    readonly others?: readonly string[];
  } = {},
): Buffer {
  const pages = streams.map((_, index) => 4 + 2 * index);
  const objects: Buffer[] = [
    Buffer.from(`<</Type/Catalog/Pages 2 0 R${options.catalog ?? ''}>>`),
    Buffer.from(
      `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((id) => `${id} 0 R`).join(' ')}]>>`,
    ),
    Buffer.from(options.font ?? HELVETICA),
  ];
  for (const [index, stream] of streams.entries()) {
    const data = typeof stream === 'string' ? Buffer.from(stream, 'latin1') : stream.flate;
    const filter = typeof stream === 'string' ? '' : `/Filter${stream.filter ?? '/FlateDecode'}`;
    objects.push(
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents ${(pages[index] ?? 0) + 1} 0 R/Resources<</Font<</F 3 0 R>>>>${options.page ?? ''}>>`,
      ),
      Buffer.concat([
        Buffer.from(`<</Length ${data.length}${filter}>>stream\n`),
        data,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  objects.push(...(options.others ?? []).map((object) => Buffer.from(object, 'latin1')));
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')];
  const offsets: number[] = [];
  let size = 9;
  for (const [index, object] of objects.entries()) {
    offsets.push(size);
    const whole = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      object,
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(whole);
    size += whole.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${size}\n%%EOF`,
    ),
  );
  return Buffer.concat(parts);
}

/** Text at a place, in points from the lower left corner. */
export const shown = (text: string, x: number, y: number): string =>
  `BT /F 12 Tf ${x} ${y} Td (${text}) Tj ET\n`;

/** A zlib stream that inflates to `megabytes` of spaces, made without holding them. */
export function spaces(megabytes: number): Buffer {
  const flushed = deflateSync(Buffer.alloc(1 << 20, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  const block = flushed.subarray(2);
  return Buffer.concat([flushed, ...Array.from({ length: megabytes - 1 }, () => block)]);
}
