/** The files that the reader is put to the test with, and what becomes of each. */
import type { UnreadableReason } from '../../src/documents/document.ts';
import { docx, fixture, paragraph, pdf, spaces, zip } from './files.ts';
import * as hostile from './hostile.ts';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const picture = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000806060706', 'hex');

type Unreadable = readonly [what: string, name: string, bytes: Buffer, reason: UnreadableReason];

/** No documents, but of use as what they are. */
export const pictures: readonly Unreadable[] = [
  ['a picture', 'a.docx', picture, 'wrong-kind'],
  ['a photo', 'a.txt', jpeg, 'wrong-kind'],
];

/** Each has one reason why it cannot be read. */
export const unreadable: readonly Unreadable[] = [
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
  ['an old Word file', 'brief.docx', fixture('brief.doc'), 'other-office'],
  ['an archive of something', 'a.docx', zip([{ name: 'a.txt', content: 'One' }]), 'wrong-kind'],
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
  ['a document type with entities in entities', 'a.docx', hostile.laughs(), 'damaged'],
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
  ['control characters', 'a.txt', Buffer.alloc(400, 1), 'not-text'],
  ['one byte again and again', 'a.txt', Buffer.alloc(400, 0xff), 'not-text'],
  ['an entity that is a file of the machine', 'a.docx', hostile.externalEntity(), 'damaged'],
  ['an archive with two main parts', 'a.docx', hostile.twoDocuments(), 'damaged'],
  ['an archive of 100,000 names', 'a.docx', hostile.manyEntries(100_000), 'too-large'],
  ['60 entries in one place, 20 MB each', 'a.docx', hostile.overlapping(60), 'too-large'],
  ['sizes in a record that is not there', 'a.docx', hostile.zip64Lie(), 'too-large'],
  ['archives nine deep', 'a.docx', hostile.nested(9), 'damaged'],
  ['tags without an end', 'a.docx', hostile.openTags(100_000), 'damaged'],
  ['a page tree that bites its tail', 'a.pdf', hostile.pageTreeLoop(), 'damaged'],
  ['a page of 600 MB packed twice', 'a.pdf', hostile.flateOfFlate(600), 'too-large'],
  ['an object stream of 600 MB', 'a.pdf', hostile.objectStreamBomb(600), 'damaged'],
  ['100,000 bullets', 'a.pdf', hostile.manyBullets(100_000), 'scanned'],
  ['a picture with a script and a header', 'a.pdf', hostile.markupPolyglot(), 'damaged'],
  ['the same called text', 'a.txt', hostile.markupPolyglot(), 'wrong-kind'],
  ['19 MB of noise', 'a.txt', hostile.noise(19 << 20), 'not-text'],
  ['19 MB of noise called DOCX', 'a.docx', hostile.noise(19 << 20), 'damaged'],
  ['19 MB of line ends', 'a.txt', hostile.emptyLines(19 << 20), 'empty'],
];

/** Hostile, but with words in it: those are read, and nothing else happens. */
export const readable: readonly (readonly [
  what: string,
  name: string,
  bytes: Buffer,
  text: RegExp,
])[] = [
  ['a document with macros', 'a.docm', hostile.withMacros(), /^The sea\.$/],
  ['names that climb out of the archive', 'a.docx', hostile.climbing(), /^The sea\.$/],
  ['a PDF of ten million pages', 'a.pdf', hostile.tenMillionPages(), /^The sea\.$/],
  ['a PDF with scripts and a file inside', 'a.pdf', hostile.activePdf(), /^The sea\.$/],
  ['19 MB of one letter', 'a.txt', hostile.letters(19 << 20), /^a+$/],
  ['200,000 cues', 'a.srt', hostile.manyCues(200_000), /^\[00:00–00:00\] Cue 0\n/],
];
