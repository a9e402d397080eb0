/** What is drawn on a page and not seen, and letters that are one glyph. */
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/documents/pdf/read-pdf.ts';
import { pdf, shown } from '../files.ts';

const limits = { maxCharacters: 20_000, maxPages: 300, maxExpandedBytes: 1 << 20 };
const read = async (bytes: Uint8Array) => (await readPdf(Uint8Array.from(bytes), limits)).text;

const SEEN = shown('The sea is quiet.', 50, 700);
const END = shown('The end.', 50, 600);

describe('layers', () => {
  const layered = (content: string, state: string) =>
    pdf([content], {
      catalog: `/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]${state}>>>>`,
      page: '/Resources<</Font<</F 3 0 R>>/Properties<</L 6 0 R>>>>',
      others: ['<</Type/OCG/Name(Notes)>>'],
    });
  const note = shown('Only for the editor', 50, 650);
  const marked = `${SEEN}/OC /L BDC ${note} EMC ${END}`;

  it('text of a layer that is off is left out', async () => {
    expect(await read(layered(marked, '/OFF[6 0 R]'))).toBe('The sea is quiet.\n\nThe end.');
  });

  it('text of a layer that is on is read', async () => {
    expect(await read(layered(marked, ''))).toContain('Only for the editor');
  });

  it('marks inside of a layer do not end it', async () => {
    const inner = `${SEEN}/OC /L BDC /Span BMC EMC ${note} EMC ${END}`;
    expect(await read(layered(inner, '/OFF[6 0 R]'))).toBe('The sea is quiet.\n\nThe end.');
  });
});

describe('white letters', () => {
  const white = (text: string, before = '') => `q ${before} 1 g ${shown(text, 50, 650)} Q `;

  it.each([
    ['on the paper', white('secret')],
    ['in another way to say white', `q 1 1 1 rg ${shown('secret', 50, 650)} Q `],
    ['on white paint', `1 g 40 640 200 30 re f ${white('secret')} 0 g `],
    ['beside dark paint', `0 g 300 640 200 30 re f ${white('secret')} 0 g `],
    ['again and again', white('sec') + white('secret')],
  ])('%s are left out', async (_, content) => {
    expect(await read(pdf([SEEN + content + END]))).toBe('The sea is quiet.\n\nThe end.');
  });

  it.each([
    ['on dark paint', `0 g 40 640 200 30 re f ${white('Shots')}`],
    [
      'on a picture',
      `q 200 0 0 30 40 640 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q ${white('Shots')}`,
    ],
    ['almost white', `q 0.8 g ${shown('Shots', 50, 650)} Q `],
    ['that are outlined', `q 1 g 2 Tr ${shown('Shots', 50, 650)} Q `],
    ['of a scan that was read by a machine', `q 3 Tr ${shown('Shots', 50, 650)} Q `],
    ['under the same words in black', white('Shots') + shown('Shots', 50, 650)],
  ])('%s are read', async (_, content) => {
    expect(await read(pdf([SEEN + content + END]))).toBe('The sea is quiet.\n\nShots\n\nThe end.');
  });
});

describe('a glyph of two letters, from right to left', () => {
  const codes = { '0001': 'لا', '0002': 'س', '0003': 'م', '0004': 'ا', '0005': 'ل', '0006': ' ' };
  const entries = Object.entries(codes).map(
    ([code, text]) => `<${code}><${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`,
  );
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000><ffff> endcodespacerange ${entries.length} beginbfchar ${entries.join('\n')} endbfchar endcmap end end`;
  const font =
    '<</Type/Font/Subtype/Type0/BaseFont/Sans/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Sans/DW 600/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Sans/Flags 4>>>>]>>';
  const drawn = (content: string) =>
    pdf([`BT /F 12 Tf ${content} ET`], {
      font,
      others: [`<</Length ${map.length}>>stream\n${map}\nendstream`],
    });

  it.each([
    ['drawn from left to right', '50 700 Td <000300010002> Tj', 'سلام'],
    ['glyph by glyph', '50 700 Td <0003> Tj <0001> Tj <0002> Tj', 'سلام'],
    [
      'in the order of speech',
      '100 700 Td <0002> Tj -7.2 0 Td <0001> Tj -7.2 0 Td <0003> Tj',
      'سلام',
    ],
    ['with kerning', '50 700 Td [<0003> 10 <0001> -10 <0002>] TJ', 'سلام'],
    ['alone', '50 700 Td <0001> Tj', 'لا'],
    ['beside the article, whose letters are two', '50 700 Td <00030005000400060001> Tj', 'لا الم'],
  ])('%s', async (_, content, expected) => {
    expect(await read(drawn(content))).toBe(expected);
  });
});
