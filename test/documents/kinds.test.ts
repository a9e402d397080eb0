/** What the newer kinds hold beside plain paragraphs, from files made by hand. */
import { describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { type ZipPart, zip } from './files.ts';

const limits = { maxCharacters: 20_000, maxPages: 300, maxExpandedBytes: 1 << 24 };
const read = (name: string, content: string | Uint8Array, mime?: string) =>
  readDocument({ name, mime, bytes: Buffer.from(content) }, limits);
const text = async (name: string, content: string | Uint8Array, mime?: string) =>
  (await read(name, content, mime)).text;
const unreadable = (reason: DocumentUnreadable['reason']) =>
  expect.objectContaining({ constructor: DocumentUnreadable, reason });

describe('web pages', () => {
  it.each([
    [
      'scripts, styles, ways elsewhere',
      '<style>a</style><script>b</script><nav>c</nav><p>Seen</p>',
      'Seen',
    ],
    ['hidden parts', '<p hidden>a</p><p style="color:red; display: none">b</p><p>Seen', 'Seen'],
    [
      'tags without an end',
      '<ul><li>one<li>two</ul><p>three<p>four',
      '- one\n- two\n\nthree\n\nfour',
    ],
    ['white space', '<p>a\n  b<br>c</p><pre>d\n e</pre>', 'a b\nc\n\nd\n e'],
    ['characters with names', '<p>&eacute;&nbsp;&#28023;&amp;lt;', 'é 海&lt;'],
    ['lists that count on', '<ol start="3"><li>a<li>b</ol>', '3. a\n4. b'],
    [
      'footnotes of EPUB',
      '<p>Sea<a epub:type="noteref">1</a>.</p><aside epub:type="footnote">Note</aside>',
      'Sea.',
    ],
    ['cells that reach down', '<table><tr><td rowspan="2">a<td>b<tr><td>c</table>', 'a | b\n | c'],
    ['rows that claim to reach far', '<table><tr><td rowspan="1e9">a<td>b</table>', 'a | b'],
  ])('%s', async (_, html, expected) => {
    expect(await text('a.html', html)).toBe(expected);
  });

  it('that are nested without end are read', async () => {
    expect(await text('a.html', `${'<div>'.repeat(50_000)}Sea`)).toBe('Sea');
  });

  it('in the encoding that they name', async () => {
    const page = Buffer.from('<meta charset="windows-1251"><p>\xcc\xee\xf0\xe5', 'latin1');
    expect(await text('a.htm', page)).toBe('Море');
    // It could not be read as ASCII if that were so.
    expect(await text('a.htm', '<meta charset="utf-16"><p>Café')).toBe('Café');
  });

  it('without a label of their own are what a host answered', async () => {
    await expect(read('a.txt', '<!doctype html><p>Sign in')).rejects.toEqual(
      unreadable('wrong-kind'),
    );
    expect(await text('canvas', '<h1>Sea</h1>', 'text/html')).toBe('# Sea');
  });
});

describe('RTF', () => {
  const rtf = (body: string) =>
    `{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 SimSun;}}${body}}`;
  it.each([
    [
      'characters by number, and what stands for them',
      '\\u28023?\\u-10179?\\u-8704?',
      '海\u{1f600}',
    ],
    ['bytes of the page', "Caf\\'e9", 'Café'],
    ['bytes of a font’s set', "{\\f1 \\'ba\\'a3}", '海'],
    [
      'hidden text, deletions, fields',
      '{\\v no}{\\deleted no}{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}} yes',
      '7 yes',
    ],
    [
      'groups that readers may pass over',
      '{\\*\\unknown no}{\\header no}{\\footnote no}yes',
      'yes',
    ],
    [
      'text boxes',
      'a\\par{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt boxed\\par}}{\\shprslt no}}b\\par',
      'a\n\nboxed\n\nb',
    ],
    ['bytes that are no text', 'a{\\pict\\bin4 }}}{}b', 'ab'],
    ['signs', '\\ldblquote a\\rdblquote\\emdash b\\~c\\_d\\\\\\{', '“a”—b c\u2011d\\{'],
    ['headings by their level', '\\pard\\outlinelevel1 Sea\\par\\pard a\\par', '## Sea\n\na'],
    [
      'cells with paragraphs',
      '\\trowd\\pard\\intbl a\\par b\\cell c\\cell\\row\\pard d\\par',
      'a b | c\n\nd',
    ],
  ])('%s', async (_, body, expected) => {
    expect(await text('a.rtf', rtf(body))).toBe(expected);
  });

  it.each([
    ['groups without end', '{'.repeat(100_000)],
    ['nested deep', `${'{'.repeat(5000)}a${'}'.repeat(5000)}`],
  ])('%s: damaged', async (_, body) => {
    await expect(read('a.rtf', rtf(body))).rejects.toEqual(unreadable('damaged'));
  });
});

describe('shot lists', () => {
  it.each([
    ['quotes, line ends in them', 'a,b\n"x ""y""\nz",1\n', 'a: x "y"\nz\nb: 1'],
    ['semicolons', 'Shot;Sound\n1;gulls, far\n2;fizz', 'Shot | Sound\n1 | gulls, far\n2 | fizz'],
    ['a separator that is named', 'sep=|\nShot|Sound\n1|a,b', 'Shot | Sound\n1 | a,b'],
    ['no names of columns', '1,8\n2,12', '1 | 8\n2 | 12'],
    [
      'a title above, empty rows and columns',
      'Film,,\n,,\nShot,,Sound\n1,,fizz\n',
      'Film\n\nShot | Sound\n1 | fizz',
    ],
    ['a quote that never ends', 'a,b\n1,"x\n2', 'a: 1\nb: x\n2'],
    ['one column', 'Waves\nCan', 'Waves\nCan'],
    [
      'semicolons under a title that has one, and commas in what is said',
      'Plan; rev 2\nNo;Shot;Text\n1;close;a house, old, grey\n2;wide;the sea, calm, blue',
      'Plan | rev 2\nNo | Shot | Text\n1 | close | a house, old, grey\n2 | wide | the sea, calm, blue',
    ],
  ])('%s', async (_, csv, expected) => {
    expect(await text('a.csv', csv)).toBe(expected);
  });

  it('rows are bounded', async () => {
    const rows = Array.from({ length: 6000 }, (_, at) => `${at},x`).join('\n');
    const { text: whole, truncated } = await read('a.csv', `Shot,Sound\n${rows}`);
    expect(whole.length).toBeLessThanOrEqual(20_000);
    expect(truncated).toBe(true);
  });

  const S = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const workbook = (rows: string, more: readonly ZipPart[] = [], settings = '') =>
    zip([
      {
        name: 'xl/workbook.xml',
        content: `<workbook xmlns="${S}" xmlns:r="${R}">${settings}<sheets><sheet name="A" r:id="r1"/></sheets></workbook>`,
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content:
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/styles" Target="/xl/styles.xml"/></Relationships>',
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        content: `<worksheet xmlns="${S}"><sheetData>${rows}</sheetData></worksheet>`,
      },
      {
        name: 'xl/styles.xml',
        content: `<styleSheet xmlns="${S}"><numFmts><numFmt numFmtId="170" formatCode="[Red]&quot;dy&quot;0.0"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
      },
      ...more,
    ]);

  it.each([
    ['hidden rows', '<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row>', '1'],
    ['places of cells', '<row><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>', '1 | 3'],
    ['places far out', '<row><c r="XFD1"><v>3</v></c><c r="A1"><v>1</v></c></row>', '1'],
    [
      'texts in the cell, without their pronunciation',
      '<row><c t="inlineStr"><is><t>東</t><rPh><t>とう</t></rPh></is></c></row>',
      '東',
    ],
    ['errors, truths', '<row><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row>', 'TRUE'],
    [
      'dates, lengths of time, words in a format',
      '<row><c s="1"><v>46353</v></c><c s="2"><v>1.25</v></c><c s="3"><v>0.30000000000000004</v></c></row>',
      '2026-11-27 | 30:00:00 | 0.3',
    ],
    [
      'a number that is none',
      '<row><c s="1"><v>x</v></c><c s="1"><v>-7</v></c><c s="1"><v>1e300</v></c></row>',
      'x | -7 | 1e+300',
    ],
  ])('XLSX: %s', async (_, rows, expected) => {
    expect(await text('a.xlsx', workbook(rows))).toBe(expected);
  });

  it('XLSX: days that are counted from 1904', async () => {
    const rows = '<row><c s="1"><v>44891</v></c></row>';
    expect(await text('a.xlsx', workbook(rows, [], '<workbookPr date1904="1"/>'))).toBe(
      '2026-11-27',
    );
  });

  it('ODS: an empty rest of a million rows, notes, repeated cells', async () => {
    const office = 'urn:oasis:names:tc:opendocument:xmlns';
    const content = `<office:document-content xmlns:office="${office}:office:1.0" xmlns:table="${office}:table:1.0" xmlns:text="${office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell table:number-columns-repeated="2"><office:annotation><text:p>no</text:p></office:annotation><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`;
    const ods = zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { name: 'content.xml', content },
    ]);
    expect(await text('a.ods', ods)).toBe('x | x');
  });
});

describe('OpenDocument', () => {
  const O = 'urn:oasis:names:tc:opendocument:xmlns';
  const odt = (body: string, styles = '', more: readonly ZipPart[] = []) =>
    zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      {
        name: 'content.xml',
        content: `<o:document-content xmlns:o="${O}:office:1.0" xmlns:s="${O}:style:1.0" xmlns:t="${O}:text:1.0" xmlns:d="${O}:drawing:1.0"><o:automatic-styles>${styles}</o:automatic-styles><o:body><o:text>${body}</o:text></o:body></o:document-content>`,
      },
      ...more,
    ]);
  const numbered =
    '<t:list-style s:name="L"><t:list-level-style-number t:level="1" s:num-format="1"/></t:list-style>';
  const list = (more: string, ...items: string[]) =>
    `<t:list t:style-name="L"${more}>${items.map((it) => `<t:list-item><t:p>${it}</t:p></t:list-item>`).join('')}</t:list>`;

  it.each([
    [
      'other prefixes, spaces, breaks',
      '<t:p>a<t:s t:c="3"/>b<t:tab/>c<t:line-break/>d</t:p>',
      '',
      'a b c\nd',
    ],
    [
      'deletions and comments',
      '<t:tracked-changes><t:p>no</t:p></t:tracked-changes><t:p>a<o:annotation><t:p>no</t:p></o:annotation>b</t:p>',
      '',
      'ab',
    ],
    [
      'placeholders',
      '<t:p>Title: <t:placeholder>&lt;Title&gt;</t:placeholder></t:p>',
      '',
      'Title:',
    ],
    [
      'hidden text',
      '<t:p>a<t:span t:style-name="T1">no</t:span></t:p>',
      '<s:style s:name="T1"><s:text-properties t:display="none"/></s:style>',
      'a',
    ],
    [
      'text boxes',
      '<t:p>a<d:frame><d:text-box><t:p>boxed</t:p></d:text-box></d:frame></t:p>',
      '',
      'a\n\nboxed',
    ],
    [
      'lists that go on',
      `${list('', 'a', 'b')}<t:p>x</t:p>${list(' t:continue-numbering="true"', 'c')}${list('', 'd')}`,
      numbered,
      '1. a\n2. b\n\nx\n\n3. c\n1. d',
    ],
  ])('%s', async (_, body, styles, expected) => {
    expect(await text('a.odt', odt(body, styles))).toBe(expected);
  });

  it('with a password', async () => {
    const manifest = {
      name: 'META-INF/manifest.xml',
      content: '<m><manifest:encryption-data/></m>',
    };
    await expect(read('a.odt', odt('', '', [manifest]))).rejects.toEqual(unreadable('encrypted'));
  });
});

describe('books and slides', () => {
  const container =
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b/c.opf"/></rootfiles></container>';
  const opf =
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="1" href="a%20b.xhtml#x"/><item id="2" href="n.xhtml" properties="nav"/><item id="3" href="z.xhtml"/></manifest><spine><itemref idref="2"/><itemref idref="3" linear="no"/><itemref idref="1"/><itemref idref="9"/></spine></package>';
  const book = (more: readonly ZipPart[] = []) =>
    zip([
      { name: 'META-INF/container.xml', content: container },
      { name: 'b/c.opf', content: opf },
      {
        name: 'b/a b.xhtml',
        content: '<html><head><title>T</title></head><body><p>Sea</p></body></html>',
      },
      { name: 'b/n.xhtml', content: '<p>Contents</p>' },
      { name: 'b/z.xhtml', content: '<p>Aside</p>' },
      ...more,
    ]);
  const locked = (uri: string) => ({
    name: 'META-INF/encryption.xml',
    content: `<encryption xmlns="x"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherData><e:CipherReference URI="${uri}"/></e:CipherData></e:EncryptedData></encryption>`,
  });

  it('EPUB: without its contents and asides; protected only where its chapters are', async () => {
    expect(await text('a.epub', book())).toBe('Sea');
    expect(await text('a.epub', book([locked('b/font.otf')]))).toBe('Sea');
    await expect(read('a.epub', book([locked('b/a%20b.xhtml')]))).rejects.toEqual(
      unreadable('encrypted'),
    );
  });

  const P = 'http://schemas.openxmlformats.org';
  const slide = (shapes: string, show = '') =>
    `<p:sld xmlns:p="${P}/presentationml/2006/main" xmlns:a="${P}/drawingml/2006/main" xmlns:mc="${P}/markup-compatibility/2006"${show}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
  const shape = (words: string, place = '') =>
    `<p:sp><p:nvPr>${place}</p:nvPr><p:txBody><a:p><a:r><a:t>${words}</a:t></a:r></a:p></p:txBody></p:sp>`;

  it('PPTX: shown slides alone, groups, one of two forms, nothing that stands on every slide', async () => {
    const slides = [
      slide(
        shape('Group', '').replace(/^(.*)$/, '<p:grpSp>$1</p:grpSp>') +
          `<mc:AlternateContent><mc:Choice>${shape('New')}</mc:Choice><mc:Fallback>${shape('Old')}</mc:Fallback></mc:AlternateContent>` +
          shape('7', '<p:ph type="sldNum"/>'),
      ),
      slide(shape('Hidden'), ' show="0"'),
      slide(shape('Soup', '<p:ph type="title"/>') + shape('Item', '<p:ph idx="1"/>')),
    ];
    const pptx = zip([
      {
        name: 'ppt/presentation.xml',
        content: `<p:presentation xmlns:p="${P}/presentationml/2006/main" xmlns:r="${P}/officeDocument/2006/relationships"><p:sldIdLst>${[2, 1, 0].map((id) => `<p:sldId r:id="r${id}"/>`).join('')}</p:sldIdLst></p:presentation>`,
      },
      {
        name: 'ppt/_rels/presentation.xml.rels',
        content: `<Relationships xmlns="${P}/package/2006/relationships">${slides.map((_, id) => `<Relationship Id="r${id}" Type="x/slide" Target="slides/${id}.xml"/>`).join('')}</Relationships>`,
      },
      ...slides.map((content, id) => ({ name: `ppt/slides/${id}.xml`, content })),
    ]);
    expect(await text('a.pptx', pptx)).toBe('# Soup\n\n- Item\n\n# 2\n\nGroup\n\nNew');
  });
});

describe('Fountain, and text by other endings', () => {
  it('Fountain: without boneyards and notes', async () => {
    const script =
      'INT. HARBOUR - DAWN\n\n/* cut\n\nthis */Waves roll in.[[ask Bo]]\n\nBOB\nHello. [[not\n\nclosed';
    expect(await read('film.fountain', script)).toMatchObject({
      format: 'fountain',
      text: 'INT. HARBOUR - DAWN\n\nWaves roll in.\n\nBOB\nHello. [[not\n\nclosed',
    });
  });

  it.each(['a.mdown', 'a.mkd', 'a.markdown'])('%s is Markdown', async (name) => {
    expect(await read(name, '# Sea')).toMatchObject({ format: 'markdown' });
  });
});

describe('office formats that only their own programs read', () => {
  it.each([
    [
      'Pages',
      zip([
        { name: 'Index/Document.iwa', content: 'x' },
        { name: 'preview.jpg', content: 'x' },
      ]),
    ],
    ['Keynote of 2009', zip([{ name: 'index.apxl', content: '<a/>' }])],
    ['Excel of 2003', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'.padEnd(600, '\0'), 'latin1')],
  ])('%s', async (_, bytes) => {
    await expect(read('brief.docx', bytes)).rejects.toEqual(unreadable('other-office'));
  });
});
