/** Files made to harm their reader: bombs, loops, lies, and requests to look elsewhere. */
import { deflateSync } from 'node:zlib';
import { docx, paragraph, pdf, shown, spaces, zip } from './files.ts';

const MEGABYTE = 1 << 20;
const XML_SPACE = 'http://schemas.openxmlformats.org';

/** Ten to the tenth times "lol". */
export function laughs(): Buffer {
  const entities = Array.from(
    { length: 10 },
    (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
  );
  const prolog = `<!DOCTYPE d [<!ENTITY e0 "lol">${entities.join('')}]>`;
  return docx(paragraph('&e10;'), { prolog });
}

/** Asks for a file of the machine, as XML allows. */
export const externalEntity = (): Buffer =>
  docx(paragraph('One &file; two'), {
    prolog: '<!DOCTYPE d [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
  });

/** A picture, a template and a sub-document at `address`, all of which word processors would fetch. */
export function externalParts(address: string): Buffer {
  const office = `${XML_SPACE}/officeDocument/2006/relationships`;
  const to = (id: string, type: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${address}/${id}" TargetMode="External"/>`;
  const relations = `<Relationships xmlns="${XML_SPACE}/package/2006/relationships">${to('p', 'image')}${to('t', 'attachedTemplate')}${to('s', 'subDocument')}</Relationships>`;
  const picture =
    '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  return docx(`${paragraph('The sea.')}${picture}<w:subDoc r:id="s"/>`, {
    parts: [{ name: 'word/_rels/document.xml.rels', content: relations }],
  });
}

export const withMacros = (): Buffer =>
  docx(paragraph('The sea.'), {
    parts: [{ name: 'word/vbaProject.bin', content: 'Sub AutoOpen()\nShell "calc"\nEnd Sub' }],
  });

/** Reads like a document to one reader and like another to the next. */
export const twoDocuments = (): Buffer =>
  docx(paragraph('One'), { parts: [{ name: 'word/document.xml', content: '<w:document/>' }] });

export const climbing = (): Buffer =>
  docx(paragraph('The sea.'), {
    parts: [
      { name: '../../../../tmp/climbed.xml', content: '<a/>' },
      { name: '/etc/climbed.xml', content: '<a/>' },
      { name: 'word\\..\\..\\climbed.xml', content: '<a/>' },
    ],
  });

/** The directory has this many names, all of them for the same few bytes. */
export const manyEntries = (count: number): Buffer =>
  oneForAll(zip([{ name: 'word/000000.xml', content: '' }]), count);

/** An archive in an archive in an archive; whoever goes in never comes out. */
export function nested(depth: number): Buffer {
  let inner: Buffer = Buffer.from('bottom');
  for (let at = 0; at < depth; at += 1) {
    inner = zip([
      { name: 'word/inner.docx', content: inner },
      { name: 'word/other.docx', content: inner },
    ]);
  }
  return inner;
}

/** The directory has this many names, all of them for the same packed megabytes. */
export const overlapping = (count: number): Buffer =>
  oneForAll(zip([{ name: 'word/000000.xml', content: Buffer.alloc(20 * MEGABYTE, ' ') }]), count);

function oneForAll(single: Buffer, count: number): Buffer {
  const directoryAt = single.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  const endAt = single.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entry = Buffer.from(single.subarray(directoryAt, endAt));
  entry.writeUInt32LE(10, 24);
  const entries = Array.from({ length: count }, (_, at) => {
    entry.write(String(at).padStart(6, '0'), 46 + 'word/'.length);
    return Buffer.from(entry);
  });
  const end = Buffer.from(single.subarray(endAt));
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(entry.length * count, 12);
  return Buffer.concat([single.subarray(0, directoryAt), ...entries, end]);
}

/** Sizes that are "in the other record", which does not exist. */
export function zip64Lie(): Buffer {
  const bytes = Buffer.from(docx(paragraph('The sea.')));
  const entry = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  bytes.writeUInt32LE(0xffffffff, entry + 20);
  bytes.writeUInt32LE(0xffffffff, entry + 24);
  bytes.writeUInt32LE(0xffffffff, entry + 42);
  return bytes;
}

export const pageTreeLoop = (): Buffer =>
  Buffer.from(
    pdf([shown('The sea.', 50, 700)])
      .toString('latin1')
      .replace('/Kids[4 0 R]', '/Kids[2 0 R]'),
    'latin1',
  );

export const tenMillionPages = (): Buffer =>
  Buffer.from(
    pdf([shown('The sea.', 50, 700)])
      .toString('latin1')
      .replace('/Count 1', '/Count 10000000'),
    'latin1',
  );

/** 3 MB of a stream that unpacks to a stream that unpacks to `megabytes`. */
export const flateOfFlate = (megabytes: number): Buffer =>
  pdf([{ flate: deflateSync(spaces(megabytes)), filter: '[/FlateDecode/FlateDecode]' }]);

/** An object stream that unpacks to `megabytes`, which a reader meets when it looks for the catalogue. */
export function objectStreamBomb(megabytes: number): Buffer {
  const bomb = spaces(megabytes);
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 2/First 10/Filter/FlateDecode/Length ${bomb.length}>>stream\n`,
    ),
    bomb,
    Buffer.from('\nendstream\nendobj\ntrailer<</Root 2 0 R/Size 3>>\nstartxref\n0\n%%EOF'),
  ]);
}

/** Scripts that run on opening, and a file inside the file. */
export const activePdf = (): Buffer =>
  pdf([shown('The sea.', 50, 700)], {
    catalog:
      '/OpenAction<</S/JavaScript/JS(app.launchURL\\("http://127.0.0.1:1/"\\); while \\(true\\);)>>/Names<</EmbeddedFiles<</Names[(a.exe)6 0 R]>>>>/AA<</WC<</S/Launch/F(calc.exe)>>>>',
    others: ['<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>', '<</Length 2>>stream\nMZ\nendstream'],
  });

export const markupPolyglot = (): Buffer =>
  Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg><!--%PDF-1.4-->',
  );

/** The same every time. */
export function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at + 4 <= size; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeInt32LE(state ^ (state >>> 15), at);
  }
  return bytes;
}

export const letters = (size: number): Buffer => Buffer.alloc(size, 'a');
export const emptyLines = (size: number): Buffer => Buffer.alloc(size, '\n');

export function manyCues(count: number): Buffer {
  const cue = (at: number) => {
    const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',');
    return `${at + 1}\n${stamp(at * 400)} --> ${stamp(at * 400 + 300)}\nCue ${at}\n\n`;
  };
  return Buffer.from(Array.from({ length: count }, (_, at) => cue(at)).join(''));
}

/** One list item marker after the other, each of which may belong to any words. */
export const manyBullets = (count: number): Buffer =>
  pdf([{ flate: deflateSync(`BT /F 1 Tf 1 0 0 1 1 1 Tm ${'(-) Tj 9 1 Td '.repeat(count)} ET`) }]);

/** Tags of which each would search the whole rest of the document for its end. */
export const openTags = (count: number): Buffer =>
  docx('<w:rt>'.repeat(count) + '<m:oMath>'.repeat(count));
