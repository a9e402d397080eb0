import { afterAll, describe, expect, it } from 'vitest';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import { attached, fixture } from './files.ts';

const reader = createDocumentReader();
afterAll(() => reader.close());
const { signal } = new AbortController();
const read = (name: string, bytes?: Uint8Array, mime?: string) =>
  reader.read(attached(name, bytes ?? fixture(name), mime), signal);

describe('Word documents', () => {
  it('reads headings, nested lists and a table of LibreOffice in order, without the footnote', async () => {
    const { text, ...rest } = await read('brief.docx');
    expect(text).toBe(`# Sea Breeze Launch

A thirty second film for the new summer drink. It opens on the harbour at dawn.

## Shots

- Waves roll in
  - close on the foam
- A hand lifts the can

## Order of work

1. Write
2. Film
3. Cut

## Times

Shot | Seconds | Sound
Waves | 8 | gulls
Can | 12 | fizz

End on the logo.`);
    expect(rest).toEqual({ format: 'docx', words: 52, truncated: false });
  });

  it('reads the styles of Pandoc', async () => {
    const { text } = await read('market.docx');
    expect(text).toBe(`# Night Market

A small film about lanterns.

- Lanterns
  1. red
  2. gold
- Noodles
- Rain

Shot | Seconds
Gate | 4
Soup | 6

Fade out over the river.`);
  });

  it('reads Chinese and counts its characters', async () => {
    const { text, words } = await read('chinese.docx');
    expect(text).toMatch(/^# 夏日新品短片\n\n清晨的港口，海浪轻轻拍打着岸边。/);
    expect(text).toContain('- 海浪与海鸥\n- 饮料罐特写\n\n镜头 | 秒数\n海浪 | 八');
    expect(words).toBe(75);
  });
});

describe('PDF', () => {
  it('LibreOffice: columns in order across pages, words whole, header and page numbers gone', async () => {
    const { text, format } = await read('report.pdf');
    expect(format).toBe('pdf');
    expect(text).not.toMatch(/Harbour Film Office|Page \d|\p{L}-\s/u);
    expect(text).toMatch(
      /^Production Report\n\nThis report spans the whole width of the page and comes before the columns\.\n\n/,
    );
    const order = [
      'First column begins',
      'Second thought follows the first. The',
      'Columns end here',
    ];
    const places = [...order, 'Scene 1', 'Scene 2', 'The report is closed.'].map((it) =>
      text.indexOf(it),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    // Across the page break in the middle of a column, and of a word.
    expect(text).toContain('walks along the unbelievably narrow promenade while');
  });

  it('Chromium: ragged columns, hyphens kept where the document writes them, table rows', async () => {
    const { text } = await read('article.pdf');
    expect(text).toContain(
      'lets the operator breathe, which is a well-known trouble in photography near',
    );
    expect(text).toContain('lifts the whole crew towards the light.\n\nColumn two is about');
    expect(text).toContain('Thing | Count\n');
    expect(text.endsWith('Pack it the night before.')).toBe(true);
  });

  it('reads Chinese without putting spaces into it', async () => {
    const { text } = await read('chinese.pdf');
    expect(text).toContain(
      '清晨的港口，海浪轻轻拍打着岸边。镜头慢慢推近，一只手拿起冰凉的饮料罐。',
    );
    expect(text).toContain('• 海浪与海鸥\n• 饮料罐特写');
  });
});

describe('subtitles', () => {
  const cues = `[00:01–00:04] The sea is quiet tonight.
[00:03–00:06] Harbour, 5 a.m.
[0:59:58–1:00:02] 海上很安静。`;

  it.each([
    ['film.srt', 'srt'],
    ['film.vtt', 'vtt'],
  ])('%s keeps its times and loses its tags; times are no words', async (name, format) => {
    expect(await read(name)).toEqual({ text: cues, format, words: 13, truncated: false });
  });
});

describe('subtitles in other encodings', () => {
  const srt = '1\r\n00:00:01,000 --> 00:00:04,000\r\nL’été déjà, à cinq heures.';
  const text = '[00:01–00:04] L’été déjà, à cinq heures.';

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${srt}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${srt}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(srt, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(srt.replace('’', '\x92'), 'latin1')],
    ['Mac line ends', Buffer.from(srt.replaceAll('\r\n', '\r'))],
  ])('%s', async (_, bytes) => {
    expect(await read('film.srt', bytes)).toMatchObject({ format: 'srt', text });
  });
});

describe('plain text', () => {
  it.each([
    ['gbk.txt', '夏日新品短片：清晨的港口，海浪轻轻拍打着岸边。镜头慢慢推近。', 26],
    [
      'big5.txt',
      '夏日新品短片：清晨的港口，海浪輕輕拍打著岸邊。鏡頭慢慢推近，一隻手拿起飲料罐。',
      34,
    ],
    ['shift-jis.txt', '夜明けの港で、波が静かに岸を打っています。カメラがゆっくり近づきます。', 32],
    ['euc-kr.txt', '새벽의 항구에서 파도가 잔잔하게 밀려옵니다. 카메라가 천천히 다가갑니다.', 8],
    [
      'windows-1251.txt',
      'На рассвете в гавани волны тихо бьют о берег. Камера медленно приближается.',
      12,
    ],
  ])('%s', async (name, text, words) => {
    expect(await read(name)).toEqual({ text, format: 'text', words, truncated: false });
  });

  it('is Markdown by its name or its type', async () => {
    expect(await read('notes.MD', Buffer.from('# Sea\n'))).toMatchObject({
      format: 'markdown',
      text: '# Sea',
    });
    expect(await read('notes', Buffer.from('# Sea'), 'text/markdown')).toMatchObject({
      format: 'markdown',
    });
  });
});

describe('a name that says something else than the content', () => {
  it.each([
    ['a DOCX called .txt', 'script.txt', 'brief.docx', 'docx'],
    ['a PDF called .docx', 'script.docx', 'article.pdf', 'pdf'],
    ['text called .docx', 'script.docx', 'gbk.txt', 'text'],
    ['text called .pdf', 'script.pdf', 'windows-1251.txt', 'text'],
    ['subtitles called .txt', 'script.txt', 'film.srt', 'srt'],
    ['WebVTT called .srt', 'script.srt', 'film.vtt', 'vtt'],
    ['text called .srt', 'script.srt', 'gbk.txt', 'text'],
  ])('%s is read as what it is', async (_, name, content, format) => {
    expect(await read(name, fixture(content))).toMatchObject({ format });
  });

  it.each(['BM is how this sentence begins.', 'MZ. A film.', 'ID3 tags, a history', 'II* stars'])(
    'a sentence may begin like a signature: %s',
    async (text) => {
      expect(await read('script.txt', Buffer.from(text))).toMatchObject({ format: 'text', text });
    },
  );
});
