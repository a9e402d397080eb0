/** PDFs of many programs, and what they do beside putting Latin words onto upright pages. */
import { describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../../src/documents/document.ts';
import { readPdf } from '../../../src/documents/pdf/read-pdf.ts';
import { encoderFor } from '../encode.ts';
import { fixture, pdf, shown } from '../files.ts';

const limits = { maxCharacters: 20_000, maxPages: 300, maxExpandedBytes: 1 << 20 };
// The reader takes the bytes for itself.
const read = async (bytes: Uint8Array) => (await readPdf(Uint8Array.from(bytes), limits)).text;

const GHOSTSCRIPT = `The film opens on the harbour. A lighthouse keeper walks along the promenade while the gulls cross the first flight.

Second paragraph, with an efficient office and a fjord.`;

describe('programs', () => {
  it('Ghostscript', async () => {
    expect(await read(fixture('ghostscript.pdf'))).toBe(GHOSTSCRIPT);
  });

  it('groff: ligatures are letters', async () => {
    expect(await read(fixture('groff.pdf'))).toBe(`Harbour

The efficient officer finds the first flag on the waffle floor while the difficult shuffle of the afflicted fish affects every single final affair of the filming.
The second paragraph is here.`);
  });

  it('Cairo: Greek and Russian in a subset of a font', async () => {
    expect(await read(fixture('cairo.pdf'))).toBe(
      'The sea is quiet at dawn in the efficient office and a hand lifts the can. Ωμέγα\nThen: Камера приближается.',
    );
  });

  it('WeasyPrint: numbers and bullets, which it draws last, stand before their words', async () => {
    expect(await read(fixture('list.pdf'))).toBe(`Harbour

1. Waves roll in
2. A hand lifts the can
◦ close on the foam

The efficient office ends the film.`);
  });

  it('ReportLab: a form with what was filled in', async () => {
    expect(await read(fixture('form.pdf'))).toBe(`Brief for a film

Product: | Sea Breeze
Length: | 30 seconds
Story:

Waves roll in. A hand lifts the can.

Thank you for filling this in.`);
  });

  it('Chromium: Arabic and Hebrew in the order in which they are spoken', async () => {
    expect(
      await read(fixture('rtl.pdf')),
    ).toBe(`البحر هادئ عند الفجر. تقترب الكاميرا ببطء من الميناء. في النهاية تظهر العلامة وتبدأ الموسيقى الهادئة في الميناء القديم.

הים שקט והמצלמה מתקרבת לאט אל הנמל. בסוף נשמעת מוזיקה של Blue Sea שקטה, בשנת 2026 בערב.

In English, the word שלום means peace.`);
  });

  it('ReportLab: Japanese in columns from right to left', async () => {
    expect(
      await read(fixture('vertical.pdf')),
    ).toBe(`第一幕、夜明けの港で波が静かに岸を打っています。カメラがゆっくり近づきます。

これは私たちの新しい飲み物です。

3`);
  });
});

describe('the file', () => {
  it('of version 2.0, linearized, with its objects in streams', async () => {
    expect(await read(fixture('modern.pdf'))).toBe(GHOSTSCRIPT);
  });

  it('that may be read by all, but changed by its owner alone, is read', async () => {
    expect(await read(fixture('owner.pdf'))).toBe(GHOSTSCRIPT);
  });

  it.each(['aes128.pdf', 'rc4.pdf'])('with a password to open it is not: %s', async (name) => {
    await expect(read(fixture(name))).rejects.toEqual(
      expect.objectContaining({ constructor: DocumentUnreadable, reason: 'encrypted' }),
    );
  });

  it('whose table of contents points nowhere is mended', async () => {
    const bytes = fixture('ghostscript.pdf').toString('latin1');
    const broken = bytes.replace(/startxref\s+\d+/, 'startxref\n17');
    expect(broken).not.toBe(bytes);
    expect(await read(Buffer.from(broken, 'latin1'))).toBe(GHOSTSCRIPT);
  });
});

describe('predefined character maps', () => {
  it('ReportLab: Chinese of both scripts, Japanese and Korean without a font in the file', async () => {
    expect(await read(fixture('predefined-maps.pdf'))).toBe(`清晨的港口，海浪轻轻拍打着岸边。

鏡頭慢慢推近，一隻手拿起飲料罐。

カメラがゆっくり港に近づきます。

마지막에 로고가 나오고 음악이 흐릅니다.`);
  });

  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const [china, taiwan, japan, korea] = [
    { ordering: 'GB1', text: '海浪轻轻拍打着岸边' },
    { ordering: 'CNS1', text: '海浪輕輕拍打著岸邊' },
    { ordering: 'Japan1', text: '波が静かに岸を打つ' },
    { ordering: 'Korea1', text: '파도가 잔잔하게' },
  ];

  it.each([
    ['GBK-EUC-H', encoderFor('gbk'), china],
    ['GBKp-EUC-H', encoderFor('gbk'), china],
    ['GBK2K-H', encoderFor('gbk'), china],
    ['GB-EUC-H', encoderFor('gbk'), china],
    ['UniGB-UCS2-H', utf16, china],
    ['UniGB-UTF16-H', utf16, china],
    ['ETen-B5-H', encoderFor('big5'), taiwan],
    ['B5pc-H', encoderFor('big5'), taiwan],
    ['ETenms-B5-H', encoderFor('big5'), taiwan],
    ['UniCNS-UCS2-H', utf16, taiwan],
    ['UniCNS-UTF16-H', utf16, taiwan],
    ['90ms-RKSJ-H', encoderFor('shift_jis'), japan],
    ['90pv-RKSJ-H', encoderFor('shift_jis'), japan],
    ['EUC-H', encoderFor('euc-jp'), japan],
    ['UniJIS-UCS2-H', utf16, japan],
    ['UniJIS-UTF16-H', utf16, japan],
    ['KSCms-UHC-H', encoderFor('euc-kr'), korea],
    ['KSC-EUC-H', encoderFor('euc-kr'), korea],
    ['UniKS-UCS2-H', utf16, korea],
    ['UniKS-UTF16-H', utf16, korea],
  ])('%s', async (name, encode, { ordering, text }) => {
    const system = `<</Registry(Adobe)/Ordering(${ordering})/Supplement 0>>`;
    const font = `<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/${name}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo${system}/FontDescriptor<</Type/FontDescriptor/FontName/Song/Flags 4>>>>]>>`;
    const drawn = `BT /F 12 Tf 50 700 Td <${Buffer.from(encode(text)).toString('hex')}> Tj ET`;
    expect(await read(pdf([drawn], { font }))).toBe(text);
  });

  it('a name that is none of the known ones opens no file', async () => {
    const font =
      '<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/..#2f..#2f..#2f..#2fpackage.json#00/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>]>>';
    await expect(
      read(pdf(['BT /F 12 Tf 50 700 Td <5b576d77> Tj ET'], { font })),
    ).rejects.toBeInstanceOf(DocumentUnreadable);
  });
});

describe('direction', () => {
  const lines = ['The sea is quiet at dawn.', 'Gulls cross the harbour.'];
  const upright = lines.map((text, at) => shown(text, 50, 700 - 50 * at)).join('');
  /** The same words, drawn up the page or down it: clockwise by this angle. */
  const turned = (degrees: number) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const matrix = [cos, -sin, sin, cos, 300, 400].map((value) => value.toFixed(3)).join(' ');
    const words = lines.map((text, at) => shown(text, -200, 100 - 50 * at));
    return `q ${matrix} cm ${words.join('')} Q `;
  };

  it.each([90, 180, 270])('a page turned by %i degrees is read as it was written', async (by) => {
    expect(await read(pdf([upright], { page: `/Rotate ${by}` }))).toBe(lines.join('\n\n'));
  });

  it.each([90, 180, 270])('a page written at %i degrees is read, turned or not', async (by) => {
    expect(await read(pdf([turned(by)]))).toBe(lines.join('\n\n'));
    expect(await read(pdf([turned(by)], { page: `/Rotate ${360 - by}` }))).toBe(lines.join('\n\n'));
  });

  it('what stands across a page stays aside: a stamp in the margin, a slanted watermark', async () => {
    const stamp = `q 0 1 -1 0 30 100 cm ${shown('arXiv', 0, 0)} Q q .7 .7 -.7 .7 100 100 cm ${shown('DRAFT', 0, 0)} Q `;
    expect(await read(pdf([stamp + upright]))).toBe(lines.join('\n\n'));
  });
});

describe('what was written onto a page', () => {
  const note = (text: string, more = '') =>
    `<</Type/Annot/Subtype/FreeText/Rect[50 600 300 620]/DA(/F 12 Tf)/Contents(${text})${more}>>`;
  const field = (value: string, more = '') =>
    `<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(${value})/Rect[120 690 300 710]${more}>>`;
  const page = (annotation: string) =>
    pdf([shown('Title:', 50, 695) + shown('The end.', 50, 300)], {
      page: '/Annots[6 0 R]',
      catalog: '/AcroForm<</Fields[6 0 R]>>',
      others: [annotation],
    });

  it('is read where it stands', async () => {
    expect(await read(page(field('Sea')))).toBe('Title: | Sea\n\nThe end.');
    expect(await read(page(note('Typed on top')))).toBe('Title:\n\nTyped on top\n\nThe end.');
  });

  it.each([
    ['a comment', '<</Type/Annot/Subtype/Text/Rect[50 600 70 620]/Contents(Why?)>>'],
    ['a hidden field', field('Sea', '/F 2')],
    ['a password', field('Sea', '/Ff 8192')],
    ['an empty field', field('')],
    ['an annotation without a place', field('Sea').replace(/Rect.*?\]/, 'Rect 7')],
    ['nothing', 'null'],
    ['something else altogether', '(Sea)'],
    ['a field of another kind of value', field('Sea').replace('(Sea)', '[1 2]')],
  ])('%s is not', async (_, annotation) => {
    expect(await read(page(annotation))).toBe('Title:\n\nThe end.');
  });
});
