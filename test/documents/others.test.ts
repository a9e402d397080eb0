/** Documents of the kinds beside Word and PDF, by the programs that people use, and what damage does to them. */
import { afterAll, describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../src/documents/document.ts';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import { attached, fixture, zip } from './files.ts';

const reader = createDocumentReader();
afterAll(() => reader.close());
const { signal } = new AbortController();

async function outcome(name: string, bytes: Uint8Array): Promise<string> {
  try {
    const { format, text } = await reader.read(attached(name, bytes), signal);
    return `${format}: ${text}`;
  } catch (error) {
    if (error instanceof DocumentUnreadable) return error.reason;
    throw error;
  }
}

/** With its title and author as they come in this kind, its list, and what else one program adds. */
const brief = ({ head = 'Sea Breeze\n\nHarbour Office', list = NESTED, mark = '', notes = '' }) =>
  `${head}

# Sea Breeze

A thirty second film for the new drink. It opens on the harbour at dawn.

## Shots

${list}

A remark.${mark}

Shot | Seconds
Waves | 8
Can | 12

清晨的港口，海浪轻轻拍打着岸边。${notes}`;

const NESTED = `- Waves roll in
  - close on the foam
- A hand lifts the can
1. Write
2. Film`;
const FLAT = NESTED.replace('  - ', '- ');
const TITLE = '# Sea Breeze\n\nHarbour Office';
const NOTE = '\n\n1. This note stays away.↩︎';

const TALK = `# Night Market

Harbour Office

# Gate

- Lanterns
  - red
- Rain

> Say it slowly.

# Soup

Shot | Seconds
Pot | 4`;

const SHOTS = `Shot | Seconds | Picture | Sound
1 | 8 | Waves roll in, close on the foam | gulls
2 | 12 | A hand lifts the "can" | fizz
3 | 10 | 清晨的港口`;

const DOCUMENTS: readonly (readonly [file: string, format: string, text: string])[] = [
  ['libreoffice.odt', 'odt', brief({})],
  ['pandoc.odt', 'odt', brief({})],
  // AbiWord lost all but one item of the lists.
  [
    'abiword.odt',
    'odt',
    brief({
      list: 'Waves roll in\n\n- close on the foam\n\nA hand lifts the can\n\nWrite\n\nFilm',
    }),
  ],
  [
    'odfpy.odt',
    'odt',
    '# Sea Breeze\n\nIt opens on the harbour.\n\n- Waves\n- Can\n\nShot | Seconds\nWaves | 8',
  ],
  ['libreoffice.rtf', 'rtf', brief({ list: FLAT })],
  ['pandoc.rtf', 'rtf', brief({ list: FLAT })],
  // AbiWord writes numbers as fields that only it counts.
  ['abiword.rtf', 'rtf', brief({ list: FLAT.replace(/\d\./g, '-') })],
  [
    'calibre.rtf',
    'rtf',
    'Sea Breeze\n\nHarbour Office\n\n# Sea Breeze\n\nA thirty second film for the new drink. It opens on the harbour at dawn.\n\n## Shots\n\n• Waves roll in – close on the foam • A hand lifts the can Write\n\nFilm\n\nA remark.1\n\nShot\n\nSeconds\n\nWaves\n\n8\n\nCan\n\n12\n\n清晨的港口，海浪轻轻拍打着岸边。\n\n# Notes\n\n[←1] This note stays away.',
  ],
  ['libreoffice.pptx', 'pptx', TALK],
  ['pandoc.pptx', 'pptx', TALK],
  ['libreoffice.odp', 'pptx', TALK],
  ['odfpy.odp', 'pptx', '# Gate\n\nLanterns in the rain\n\n# Soup\n\nA pot on the fire'],
  ['pandoc.epub', 'epub', brief({ head: TITLE })],
  ['pandoc-epub2.epub', 'epub', brief({ head: TITLE, mark: '1', notes: NOTE })],
  [
    'calibre.epub',
    'epub',
    brief({
      list: '• Waves roll in\n\n– close on the foam\n\n• A hand lifts the can\n\n1. Write\n2. Film',
      mark: '1',
      notes: '\n\n# Notes\n\n[←1]\n\nThis note stays away.',
    }),
  ],
  ['ebooklib.epub', 'epub', '# Noon\n\nA hand lifts the can.\n\n# Dawn\n\nWaves roll in & out.'],
  // LibreOffice has no headings in its EPUB, nor lists, and loses the head of the table.
  [
    'libreoffice.epub',
    'epub',
    'Sea Breeze\n\nHarbour Office\n\nSea Breeze\n\nA thirty second film for the new drink. It opens on the harbour at dawn.\n\nShots\n\nWaves roll in\n\nclose on the foam\n\nA hand lifts the can\n\nWrite\n\nFilm\n\nA remark.\n\nWaves | 8\nCan | 12\n\n清晨的港口，海浪轻轻拍打着岸边。',
  ],
  ['libreoffice.xlsx', 'xlsx', SHOTS],
  ['gnumeric.xlsx', 'xlsx', SHOTS],
  ['libreoffice.ods', 'xlsx', SHOTS],
  ['gnumeric.ods', 'xlsx', SHOTS],
  ['libreoffice.csv', 'csv', SHOTS],
  ['gnumeric.tsv', 'csv', SHOTS],
  [
    'openpyxl.xlsx',
    'xlsx',
    '# Shots\n\nSea Breeze\n\nShot | Start | Seconds | Picture | Done\n1 | 0:00:00 | 8 | Waves roll in | 50%\n2 | 0:00:08 | 12.5 | A hand lifts the can | 100%\n\n# Days\n\nDay | Place\n2026-11-27 | Harbour\n2026-11-28 06:30 | Deck',
  ],
  [
    'xlsxwriter.xlsx',
    'xlsx',
    'Shot: 1\nStart: 00:00\nSeconds: 8\nPicture: Waves roll in\nDone: 0.5\n\nShot: 2\nStart: 00:08\nSeconds: 12.5\nPicture: A hand lifts the can\nDone: 1\n\nShot: 3\nStart: 2026-11-27\nSeconds: 20.5\nPicture: A long description of the picture that goes on over more than eighty characters, as they do in lists.',
  ],
  [
    'perl.xlsx',
    'xlsx',
    'Shot: 1\nSeconds: 8\nSound: gulls\n\nShot: 2\nSeconds: 12\nSound: fizz\n\nSound: one\ntwo',
  ],
  ['libreoffice.html', 'html', brief({})],
  ['pandoc.html', 'html', brief({ head: TITLE })],
  ['gnumeric.html', 'html', `shots\n\n${SHOTS} |`],
  ['chromium.mhtml', 'html', '# Sea Breeze\n\nCafé by the sea. 清晨的港口。\n\n- Waves\n- Can'],
];

const contents = (file: string): Buffer => fixture(`others/${file}`);
const isZipped = (file: string): boolean => /\.(?:od[tps]|pptx|epub|xlsx)$/.test(file);
const isText = (file: string): boolean => /\.(?:csv|tsv|html|mhtml)$/.test(file);

describe('documents of other programs', () => {
  it('are at least thirty', () => {
    expect(DOCUMENTS.length).toBeGreaterThanOrEqual(30);
  });

  it.each(DOCUMENTS)('%s', async (file, format, text) => {
    expect(await outcome(file, contents(file))).toBe(`${format}: ${text}`);
  });

  it('words are those of the writer, not the numbers of items', async () => {
    const { words } = await reader.read(attached('a.rtf', contents('libreoffice.rtf')), signal);
    const same = await reader.read(attached('a.odt', contents('libreoffice.odt')), signal);
    expect(words).toBe(same.words);
  });
});

describe('under another name', () => {
  it.each(DOCUMENTS.filter(([file]) => !isText(file)))('%s is read', async (file, format, text) => {
    expect(await outcome('brief.docx', contents(file))).toBe(`${format}: ${text}`);
  });

  it.each([
    ['libreoffice.html', 'wrong-kind'],
    ['pandoc.html', 'wrong-kind'],
  ])('%s is what a host may have answered in place of the file', async (file, reason) => {
    expect(await outcome('brief.docx', contents(file))).toBe(reason);
  });
});

/** The same every time: a multiplicative step visits bytes all over the file. */
function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < 40; at += 1) {
    const place = (7919 + at * 104_729) % copy.length;
    copy.writeUInt8(copy.readUInt8(place) ^ (1 << (at % 8)), place);
  }
  return copy;
}

const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));
const FILES = DOCUMENTS.map(([file]) => file);

describe('damaged twins', () => {
  it.each(FILES.filter(isZipped))('%s, cut off or with bits flipped, is damaged', async (file) => {
    const whole = contents(file);
    for (const twin of [cut(whole, 0.3), cut(whole, 0.6), cut(whole, 0.95), flipped(whole)]) {
      expect(await outcome(file, twin)).toBe('damaged');
    }
  });

  it.each(FILES.filter((file) => file.endsWith('.rtf')))(
    '%s, cut off, is damaged',
    async (file) => {
      for (const share of [0.3, 0.6, 0.95]) {
        expect(await outcome(file, cut(contents(file), share))).toBe('damaged');
      }
    },
  );

  it.each(FILES)('%s: whatever is broken gives a reason or a text', async (file) => {
    const whole = contents(file);
    for (const twin of [cut(whole, 0.02), cut(whole, 0.5), flipped(whole)]) {
      expect(await outcome(file, twin)).not.toBe('');
    }
  });

  const spaces = ' '.repeat(101 << 20);
  it.each([
    ['a.odt', 'mimetype', 'application/vnd.oasis.opendocument.text', 'content.xml'],
    ['a.pptx', 'ppt/presentation.xml', '<a/>', 'ppt/slides/slide1.xml'],
    ['a.xlsx', 'xl/workbook.xml', '<a/>', 'xl/worksheets/sheet1.xml'],
    ['a.epub', 'META-INF/container.xml', '<a/>', 'text/1.xhtml'],
  ])('%s: a bomb is too large', async (file, first, content, name) => {
    const bomb = zip([
      { name: first, content },
      { name, content: spaces, claims: { expanded: 10 } },
    ]);
    expect(await outcome(file, bomb)).toBe('too-large');
  });
});
