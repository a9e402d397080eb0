/** Files that nobody made to be read. Each gets a reason or a text; none takes the process with it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type DocumentText,
  DocumentUnreadable,
  type UnreadableReason,
} from '../../src/documents/document.ts';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import { attached, docx, fixture, paragraph, pdf, shown, spaces, zip } from './files.ts';

const reader = createDocumentReader();
afterAll(() => reader.close());
const { signal } = new AbortController();

async function outcome(name: string, bytes: Uint8Array): Promise<DocumentText | UnreadableReason> {
  try {
    return await reader.read(attached(name, bytes), signal);
  } catch (error) {
    if (error instanceof DocumentUnreadable) return error.reason;
    throw error;
  }
}

const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

/** The same every time: a multiplicative step visits bytes all over the file. */
function flipped(bytes: Buffer, seed: number, times: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < times; at += 1) {
    const place = ((seed + 1) * 7919 + at * 104_729) % copy.length;
    copy.writeUInt8(copy.readUInt8(place) ^ (1 << (at % 8)), place);
  }
  return copy;
}

const SHARES = [0.02, 0.25, 0.5, 0.75, 0.95, 0.999];
const SEEDS = [1, 2, 3, 4, 5];
const SOURCES = ['brief.docx', 'report.pdf', 'film.srt', 'gbk.txt'];
const broken = SOURCES.flatMap((name) => [
  ...SHARES.map(
    (share) => [`${name}, the first ${share * 100} %`, name, cut(fixture(name), share)] as const,
  ),
  ...SEEDS.map(
    (seed) =>
      [
        `${name}, bits flipped (${seed})`,
        name,
        flipped(fixture(name), seed, 2 + seed * 3),
      ] as const,
  ),
]);

const entities = Array.from(
  { length: 10 },
  (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const picture = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000806060706', 'hex');

const certain: readonly (readonly [
  what: string,
  name: string,
  bytes: Buffer,
  reason: UnreadableReason,
])[] = [
  ['no bytes at all', 'a.txt', Buffer.alloc(0), 'empty'],
  ['nothing but white space', 'a.txt', Buffer.from(' \r\n\t\r\n'), 'empty'],
  ['a mark and nothing behind it', 'a.txt', utf16(''), 'empty'],
  [
    'subtitles without a word',
    'a.vtt',
    Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\n\n'),
    'empty',
  ],
  ['a Word document without text', 'a.docx', docx('<w:p/>'), 'empty'],
  ['a scanned page', 'scanned.pdf', fixture('scanned.pdf'), 'scanned'],
  ['a PDF of empty pages', 'a.pdf', pdf(['', '']), 'scanned'],
  ['a PDF with a password', 'encrypted.pdf', fixture('encrypted.pdf'), 'encrypted'],
  ['a DOCX with a password', 'encrypted.docx', fixture('encrypted.docx'), 'encrypted'],
  [
    'an archive with an encrypted entry',
    'a.docx',
    docx(paragraph('One'), { claims: { flags: 1 } }),
    'encrypted',
  ],
  ['an old Word file', 'brief.docx', fixture('brief.doc'), 'wrong-kind'],
  ['an OpenDocument text', 'brief.docx', fixture('brief.odt'), 'wrong-kind'],
  ['an archive of something', 'a.docx', zip([{ name: 'a.txt', content: 'One' }]), 'wrong-kind'],
  ['a picture', 'a.docx', picture, 'wrong-kind'],
  ['a photo', 'a.txt', jpeg, 'wrong-kind'],
  [
    'a Windows program',
    'a.pdf',
    Buffer.from(`MZ\x90\0\x03\0\0\0\x04\0${'\0'.repeat(60)}PE\0\0`, 'latin1'),
    'wrong-kind',
  ],
  [
    'a Linux program',
    'a.txt',
    Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(80)]),
    'wrong-kind',
  ],
  ['a web page', 'a.docx', Buffer.from('<!DOCTYPE html><p>Sign in'), 'wrong-kind'],
  [
    'a vector picture',
    'a.md',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'wrong-kind',
  ],
  ['RTF', 'a.docx', Buffer.from('{\\rtf1\\ansi One}'), 'wrong-kind'],
  ['PostScript', 'a.pdf', Buffer.from('%!PS-Adobe-3.0\nshowpage'), 'wrong-kind'],
  ['zeros', 'a.txt', Buffer.alloc(5000), 'not-text'],
  ['zeros called PDF', 'a.pdf', Buffer.alloc(5000), 'damaged'],
  ['the signature of a DOCX alone', 'a.docx', Buffer.from('PK\x03\x04'), 'damaged'],
  ['the header of a PDF alone', 'a.pdf', Buffer.from('%PDF-1.7\n'), 'damaged'],
  ['XML that breaks off inside an archive', 'a.docx', docx('<w:p><w:r>'), 'damaged'],
  [
    'an entry in an unknown packing',
    'a.docx',
    docx(paragraph('One'), { claims: { method: 12 } }),
    'damaged',
  ],
  [
    'a document type with entities in entities',
    'a.docx',
    docx(paragraph('&e10;'), { prolog: `<!DOCTYPE d [<!ENTITY e0 "lol">${entities.join('')}]>` }),
    'damaged',
  ],
  [
    'paragraphs 50,000 deep',
    'a.docx',
    docx('<w:p>'.repeat(50_000) + '</w:p>'.repeat(50_000)),
    'damaged',
  ],
  [
    'an archive that says how large it is',
    'a.docx',
    docx(paragraph(' '.repeat(101 << 20))),
    'too-large',
  ],
  [
    'an archive that lies about how large it is',
    'a.docx',
    docx(paragraph(' '.repeat(101 << 20)), { claims: { expanded: 10 } }),
    'too-large',
  ],
  ['a PDF page of 600 MB', 'a.pdf', pdf([{ flate: spaces(600) }]), 'too-large'],
];

describe('damaged and hostile files', () => {
  it('are at least fifty', () => {
    expect(broken.length + certain.length).toBeGreaterThanOrEqual(50);
  });

  it.each(broken)('%s: a reason or a text', async (_, name, bytes) => {
    const result = await outcome(name, bytes);
    if (typeof result !== 'string') expect(result.text).not.toBe('');
  });

  it.each(certain)('%s', async (_, name, bytes, reason) => {
    expect(await outcome(name, bytes)).toBe(reason);
  });

  it('a PDF whose page is nested without end is given up or has no text', async () => {
    const nested = deflateSync(Buffer.alloc(3_000_000, '['));
    expect(['scanned', 'damaged', 'too-large']).toContain(
      await outcome('a.pdf', pdf([{ flate: nested }])),
    );
  });

  it('Word documents of four million paragraphs leave the bot responsive, and able to read the next one', async ({
    annotate,
  }) => {
    const hostile = docx('<w:p/>'.repeat(4_000_000));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    delay.enable();
    const results = await Promise.all([
      outcome('bomb.docx', hostile),
      outcome('bomb.docx', hostile),
      outcome('brief.docx', fixture('brief.docx')),
    ]);
    delay.disable();
    clearInterval(timer);
    expect(results).toEqual([
      'too-large',
      'too-large',
      expect.objectContaining({ format: 'docx' }),
    ]);
    expect(ticks).toBeGreaterThan(20);
    const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
    await annotate(
      `event loop delay: p99 ${ms(delay.percentile(99))} ms, max ${ms(delay.max)} ms, ${ticks} ticks`,
    );
  });

  it('a PDF that is cut keeps what can be saved, and is never called scanned', async () => {
    const whole = pdf([shown('The sea is quiet.', 50, 700), shown('The crew waits.', 50, 700)]);
    for (const share of [0.3, 0.5, 0.7, 0.9]) {
      expect(await outcome('a.pdf', cut(whole, share))).not.toBe('scanned');
    }
  });
});
