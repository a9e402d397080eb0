/** What Word documents hold beside paragraphs, in the markup that word processors write. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/documents/read-document.ts';
import { docx, fixture, paragraph, zip } from '../files.ts';

const limits = { maxCharacters: 20_000, maxPages: 300, maxExpandedBytes: 1 << 20 };
const text = async (bytes: Uint8Array) =>
  (await readDocument({ name: 'a.docx', bytes }, limits)).text;
const run = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
const line = (inside: string) => `<w:p>${inside}</w:p>`;
const cell = (inside: string, properties = '') =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${inside}</w:tc>`;
const box = `<w:txbxContent>${paragraph('In the box')}</w:txbxContent>`;
const shape = `<w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict>`;
const drawing = `<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>`;
const either = (old: string) =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice>${old}</mc:AlternateContent></w:r>`;
const field = (inside: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${inside}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const formula =
  '<m:oMath><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>';

describe('readDocx', () => {
  it.each([
    [
      'tracked changes: as if all were accepted',
      line(
        `${run('Keep ')}<w:del w:id="1"><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins w:id="2">${run('added')}</w:ins><w:moveFrom w:id="3">${run('from')}</w:moveFrom><w:moveTo w:id="4">${run(' moved')}</w:moveTo>`,
      ),
      'Keep added moved',
    ],
    [
      'a deleted end of a paragraph',
      `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run('One ')}</w:p>${paragraph('two')}`,
      'One two',
    ],
    [
      'a deleted row',
      `<w:tbl><w:tr>${cell(paragraph('a'))}${cell(paragraph('b'))}</w:tr><w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell(paragraph('gone'))}</w:tr></w:tbl>`,
      'a | b',
    ],
    [
      'a comment and where it points',
      line(
        `<w:commentRangeStart w:id="0"/>${run('Sea')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
      ),
      'Sea',
    ],
    [
      'a link',
      line(`<w:hyperlink w:anchor="x">${run('linked')}</w:hyperlink>${run(' on')}`),
      'linked on',
    ],
    ['a field', line(`${field(run('7'))}${run(' pages')}`), '7 pages'],
    [
      'a simple field',
      line(`<w:fldSimple w:instr=" TITLE ">${run('Sea')}</w:fldSimple>${run('!')}`),
      'Sea!',
    ],
    [
      'a table of contents',
      `<w:sdt><w:sdtContent>${line(`${run('Shots')}<w:r><w:tab/></w:r>${run('3')}`)}</w:sdtContent></w:sdt>${paragraph('Body')}`,
      'Shots 3\n\nBody',
    ],
    [
      'a filled placeholder',
      line(`${run('Title: ')}<w:sdt><w:sdtContent>${run('Sea')}</w:sdtContent></w:sdt>`),
      'Title: Sea',
    ],
    [
      'a text box of an old program',
      line(`${run('Before')}<w:r>${shape}</w:r>`),
      'Before\n\nIn the box',
    ],
    ['a text box in both forms', line(either(`<mc:Fallback>${shape}</mc:Fallback>`)), 'In the box'],
    ['a text box in the new form alone', line(either('')), 'In the box'],
    [
      'a text box with a picture for old readers',
      line(either('<mc:Fallback><w:pict/></mc:Fallback>')),
      'In the box',
    ],
    [
      'hidden text',
      line(`${run('Seen')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>`),
      'Seen',
    ],
    [
      'text that is no longer hidden',
      line(`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Seen</w:t></w:r>`),
      'Seen',
    ],
    ['a formula', line(`${run('So ')}${formula}${run('.')}`), 'So E=mc2.'],
    [
      'Japanese with its pronunciation above',
      line(
        `<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase></w:ruby></w:r>${run('京')}`,
      ),
      '東京',
    ],
    [
      'Hebrew in a run of its own direction',
      line(`<w:bdo w:val="rtl">${run('שלום')}</w:bdo><w:dir w:val="rtl">${run(' עולם')}</w:dir>`),
      'שלום עולם',
    ],
    [
      'breaks of lines and pages',
      line(
        `${run('a')}<w:r><w:br/></w:r>${run('b')}<w:r><w:cr/></w:r>${run('c')}<w:r><w:br w:type="page"/></w:r>${run('d')}`,
      ),
      'a\nb\nc\n\nd',
    ],
    [
      'hyphens that are soft, and that do not break',
      line(
        `${run('har')}<w:r><w:softHyphen/></w:r>${run('bour')}<w:r><w:noBreakHyphen/></w:r>${run('side')}`,
      ),
      'harbour\u2011side',
    ],
    [
      'cells that reach over others',
      `<w:tbl><w:tr>${cell(paragraph('a'), '<w:vMerge w:val="restart"/>')}${cell(paragraph('b'))}</w:tr><w:tr>${cell('<w:p/>', '<w:vMerge/>')}${cell(paragraph('c'))}</w:tr><w:tr>${cell(paragraph('wide'), '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`,
      'a | b\n | c\nwide',
    ],
    [
      'a table in a cell',
      `<w:tbl><w:tr>${cell(`${paragraph('out')}<w:tbl><w:tr>${cell(paragraph('in'))}${cell(paragraph('side'))}</w:tr></w:tbl><w:p/>`)}${cell(paragraph('b'))}</w:tr></w:tbl>`,
      'out in | side | b',
    ],
    [
      'characters with a name or a number',
      paragraph('a &amp; b &lt;c&gt; &#8217; &#x1F600;'),
      'a & b <c> ’ 😀',
    ],
  ])('%s', async (_, body, expected) => {
    expect(await text(docx(body))).toBe(expected);
  });

  it('python-docx: a list counts on after a remark, tables have tables, headers stay away', async () => {
    expect(await text(fixture('ferry.docx'))).toBe(`# Night Ferry

# Shots

1. First item

A remark in between.

2. Second item
- Bullet

Shot | Place | Notes
Both | Quay wide
 | Deck | a | b c | d

Arabic: البحر هادئ عند الفجر.

הים שקט בשנת 2026.

Softhyphen and a tab here
after break

After the page.

### Title again`);
  });

  describe('words that do not stand in runs of the body', () => {
    const relations = (...targets: readonly (readonly [type: string, target: string])[]) => ({
      name: 'word/_rels/document.xml.rels',
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
        .map(
          ([type, target], at) =>
            `<Relationship Id="r${at}" Type="http://x/${type}" Target="${target}"/>`,
        )
        .join('')}</Relationships>`,
    });
    const chunk = (name: string, content: string | Uint8Array) =>
      docx(`${paragraph('Before')}<w:altChunk r:id="r0"/>${paragraph('After')}`, {
        parts: [relations(['aFChunk', name.replace('word/', '')]), { name, content }],
      });

    it.each([
      [
        'a web page',
        'word/chunk.html',
        '<html><head><title>T</title></head><body><h2>Sea</h2><p>A &amp; b</p><script>x</script><ul><li>one<li>two</ul></body></html>',
        '## Sea\n\nA & b\n\n- one\n- two',
      ],
      [
        'a web archive',
        'word/afchunk.mht',
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_b"\r\n\r\n--=_b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9 by the =\r\nsea</p>\r\n--=_b--\r\n',
        'Café by the sea',
      ],
      ['text', 'word/chunk.txt', 'Plain words', 'Plain words'],
      ['RTF', 'word/chunk.rtf', '{\\rtf1 Rich words}', 'Rich words'],
      [
        'a Word document',
        'word/chunk.docx',
        docx(paragraph('In the inner one')),
        'In the inner one',
      ],
      ['nothing', 'word/other.xml', '', ''],
    ])('altChunk: %s', async (_, name, content, expected) => {
      const parts = ['Before', expected, 'After'].filter((part) => part !== '');
      expect(await text(chunk(name, content))).toBe(parts.join('\n\n'));
    });

    it('altChunk: documents in documents are read no deeper than two', async () => {
      const inner = (depth: number): Buffer =>
        docx(`${paragraph(`Depth ${depth}`)}<w:altChunk r:id="r0"/>`, {
          parts:
            depth === 5
              ? []
              : [
                  relations(['aFChunk', 'in.docx']),
                  { name: 'word/in.docx', content: inner(depth + 1) },
                ],
        });
      expect(await text(inner(0))).toBe('Depth 0\n\nDepth 1\n\nDepth 2');
    });

    const shapeText =
      '<a:txBody><a:p><a:r><a:t>On </a:t></a:r><a:r><a:t>canvas</a:t></a:r></a:p></a:txBody>';
    const bare = (inside: string) =>
      line(`<w:r><w:drawing><wp:anchor>${inside}</wp:anchor></w:drawing></w:r>`);
    it.each([
      ['a text box in a bare drawing', line(`<w:r>${drawing}</w:r>`), 'In the box'],
      ['text of a shape', bare(shapeText), 'On canvas'],
      [
        'a choice without words and a fallback without them',
        line(
          `<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback/></mc:AlternateContent><w:t>Seen</w:t></w:r>`,
        ),
        'Seen',
      ],
      [
        'a choice of runs, without a fallback',
        line(
          `<mc:AlternateContent><mc:Choice Requires="w14">${run('Chosen')}</mc:Choice></mc:AlternateContent>`,
        ),
        'Chosen',
      ],
      [
        'a sign that is a choice, with a letter to fall back on',
        line(
          `<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><x:sym xmlns:x="urn:x"/></mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>`,
        ),
        '😊',
      ],
      [
        'a placeholder that nobody has filled in',
        line(
          `${run('Title: ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('Click here to enter text.')}</w:sdtContent></w:sdt>`,
        ),
        'Title:',
      ],
      [
        'one that says it is none any more',
        line(
          `${run('Title: ')}<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>${run('Sea')}</w:sdtContent></w:sdt>`,
        ),
        'Title: Sea',
      ],
      ['a formula on a line of its own', line(`<m:oMathPara>${formula}</m:oMathPara>`), 'E=mc2'],
    ])('%s', async (_, body, expected) => {
      expect(await text(docx(body))).toBe(expected);
    });

    it('SmartArt: its points in order, each before those below it, without its layout', async () => {
      const point = (id: string, words: string, type = '') =>
        `<dgm:pt modelId="${id}"${type}><dgm:t><a:p><a:r><a:t>${words}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
      const link = (from: string, to: string, order: number) =>
        `<dgm:cxn srcId="${from}" destId="${to}" srcOrd="${order}"/>`;
      const data = `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>${point('2', 'Film')}${point('1', 'Write')}${point('3', 'at dawn')}${point('4', 'Layout', ' type="pres"')}</dgm:ptLst><dgm:cxnLst>${link('0', '2', 1)}${link('0', '1', 0)}${link('2', '3', 0)}${link('3', '2', 0)}</dgm:cxnLst></dgm:dataModel>`;
      const frame =
        '<a:graphic><a:graphicData><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="r0"/></a:graphicData></a:graphic>';
      const bytes = docx(paragraph('Steps') + bare(frame), {
        parts: [
          relations(['diagramData', 'diagrams/data1.xml']),
          { name: 'word/diagrams/data1.xml', content: data },
        ],
      });
      expect(await text(bytes)).toBe('Steps\n\nWrite\n\nFilm\n\nat dawn');
    });

    it.each([
      ['another prefix', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
      ['the strict form', 'http://purl.oclc.org/ooxml/wordprocessingml/main'],
    ])('%s', async (_, space) => {
      const body = `${paragraph('Seen')}<w:p><w:fldSimple w:instr="x">${run('a field')}</w:fldSimple></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>`;
      const main = `<n0:document xmlns:n0="${space}"><n0:body>${body.replaceAll('w:', 'n0:')}</n0:body></n0:document>`;
      const bare = `<document xmlns="${space}" xmlns:q="${space}"><body>${body.replaceAll(/w:(instr)/g, 'q:$1').replaceAll('w:', '')}</body></document>`;
      for (const content of [main, bare]) {
        expect(await text(zip([{ name: 'word/document.xml', content }]))).toBe('Seen\n\na field');
      }
    });

    it('XML in UTF-16', async () => {
      const main = `<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Sea 海</w:t></w:r></w:p></w:body></w:document>`;
      const content = Buffer.from(`\ufeff${main}`, 'utf16le');
      expect(await text(zip([{ name: 'word/document.xml', content }]))).toBe('Sea 海');
    });
  });

  describe('numbered lists', () => {
    const level = (index: number) =>
      `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>`;
    const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">${level(0)}${level(1)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    const item = (words: string, list: number, depth = 0) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run(words)}</w:p>`;
    const numbered = (...items: string[]) =>
      text(docx(items.join(''), { parts: [{ name: 'word/numbering.xml', content: numbering }] }));

    it('count on after a paragraph, and begin again where the document says so', async () => {
      expect(
        await numbered(
          item('a', 1),
          item('b', 1),
          paragraph('Then'),
          item('c', 1),
          paragraph('New'),
          item('d', 2),
        ),
      ).toBe('1. a\n2. b\n\nThen\n\n3. c\n\nNew\n\n1. d');
    });

    it('begin again below each item of the level above', async () => {
      expect(
        await numbered(
          item('a', 1),
          item('x', 1, 1),
          item('y', 1, 1),
          item('b', 1),
          item('z', 1, 1),
        ),
      ).toBe('1. a\n  1. x\n  2. y\n2. b\n  1. z');
    });
  });
});
