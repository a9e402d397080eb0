/** What Word documents hold beside paragraphs, in the markup that word processors write. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/documents/read-document.ts';
import { docx, fixture, paragraph } from '../files.ts';

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
