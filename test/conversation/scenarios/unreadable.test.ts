/** Files that cannot be read: each is told in a clear sentence, and the rest of the message is used. */
import { extname } from 'node:path';
import { expect, test } from 'vitest';
import type { UnreadableReason } from '../../../src/documents/document.ts';
import { pictures, unreadable } from '../../documents/unreadable-files.ts';
import { open, runs, story, toldAgent } from './support.ts';

const SENTENCES: Readonly<Record<UnreadableReason, readonly [en: string, zh: string]>> = {
  empty: ['there are no words in it.', '里面没有文字。'],
  scanned: [
    'it holds pictures of pages and no text. Please send the text itself.',
    '里面是页面的图片，没有文字。请直接发送文字。',
  ],
  encrypted: [
    'it is protected by a password. Please send it without one.',
    '文件有密码保护。请发送没有密码的版本。',
  ],
  damaged: ['the file is damaged. Please save it again and resend it.', '文件已损坏。'],
  'too-large': ['the document is too large to read.', '文档太大'],
  'too-slow': ['reading it takes too long.', '读取'],
  'other-office': ['Please save it as DOCX or PDF.', '请另存为 DOCX 或 PDF'],
  'wrong-kind': ['what is inside is not what the name says.', '内容与文件名不符。'],
  'not-text': ['what is inside is not what the name says.', '内容与文件名不符。'],
};

/** A message carries ten files. */
const MOST = 10;
const files = unreadable.map(([what, name, bytes, reason], at) => ({
  what,
  name: `${at}${extname(name)}`,
  bytes,
  sentence: SENTENCES[bytes.length === 0 ? 'empty' : reason],
  isEmpty: bytes.length === 0,
}));
/** Each reason once, by its smallest file: another language has other sentences, not other files. */
const oneOfEach = [
  ...new Map(
    files
      .toSorted((one, other) => other.bytes.length - one.bytes.length)
      .map((file) => [`${file.isEmpty} ${file.sentence[0]}`, file]),
  ).values(),
];

test.each([
  ['en', 'A film about tea.', 'file is empty (0 bytes)', 0, files],
  ['zh', '做一个关于茶山的短片。', '文件是空的（0 字节）', 1, oneOfEach],
] as const)('in %s', { timeout: 60_000 }, async (_language, text, empty, at, sent) => {
  const house = await open();
  for (let from = 0; from < sent.length; from += MOST) {
    await house.room.write(text, { files: sent.slice(from, from + MOST) });
    await house.idle();
  }
  const lines = story(house).split('\n');
  for (const { what, name, sentence, isEmpty } of sent) {
    const line = lines.find((it) => it.includes(`**${name}**`));
    expect(line, what).toContain(isEmpty ? empty : sentence[at]);
  }
  expect(runs(house)).toBe(Math.ceil(sent.length / MOST));
  expect(toldAgent(house, 1)).toBe(text);
});

test.each([
  ['IMG_0042.heic', 'Please save it as JPG or PNG. Accepted: '],
  ['brief.doc', 'Please save it as DOCX or PDF. Accepted: '],
  ['voice.ogg', 'Please save it as MP3. Accepted: '],
  ['clip.wmv', 'Please save it as MP4. Accepted: '],
  ['data.bin', 'not supported. Accepted: '],
])('%s: what to send instead', async (name, sentence) => {
  const house = await open();
  await house.room.write('Use this.', { files: [{ name, bytes: Buffer.from('x') }] });
  await house.idle();
  expect(story(house)).toContain(sentence);
  expect(runs(house)).toBe(0);
});

test('pictures under the names of documents are taken as pictures', async () => {
  const house = await open();
  await house.room.write('Use these.', {
    files: pictures.map(([, name, bytes]) => ({ name, bytes })),
  });
  await house.idle();
  const parts = house.nemo.received('upload').flatMap((request) => request.parts ?? []);
  expect(parts.map(({ filename, mime }) => [filename, mime])).toEqual([
    ['a.docx.png', 'image/png'],
    ['a.txt.jpg', 'image/jpeg'],
  ]);
  expect(story(house)).not.toContain("can't use");
});
