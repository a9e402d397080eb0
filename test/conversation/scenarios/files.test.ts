import { describe, expect, test } from 'vitest';
import { fixture } from '../../documents/files.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { RoomFile } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import {
  gate,
  hear,
  open,
  runs,
  sessionOfRun,
  story,
  texts,
  toldAgent,
  tryAgain,
} from './support.ts';

const png = (name: string): RoomFile => ({
  name,
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.from(name)]),
});
const MB = 1024 * 1024;
const ACCEPTED = /mp4, mov, avi, webm, mkv/;

test('case 52: an image goes to the session under "files", and the message names it', async () => {
  const house = await open();
  await house.room.write('Open on this photo.', { files: [png('cup.png')] });
  await house.idle();
  const [upload] = house.nemo.received('upload');
  expect(upload?.parts).toMatchObject([{ field: 'files', filename: 'cup.png', mime: 'image/png' }]);
  expect(upload?.path).toContain(sessionOfRun(house));
  expect(toldAgent(house)).toMatch(/^Open on this photo\.[\s\S]*cup\.png \(image\)/);
});

test('case 53: three images keep their order and are all named', async () => {
  const house = await open();
  const read = gate();
  house.nemo.once('upload', () => read.opened.then(() => undefined));
  await house.room.write('A slideshow.', { files: [png('c.png'), png('a.png'), png('b.png')] });
  await hear(house, /Reading files \(1 of 3\)/);
  read.open();
  await house.idle();
  const names = house.nemo.received('upload').flatMap((r) => r.parts?.map((p) => p.filename) ?? []);
  expect(names).toEqual(['c.png', 'a.png', 'b.png']);
  expect(toldAgent(house)).toMatch(/c\.png.*a\.png.*b\.png/);
});

test('case 54: .jpeg is taken; .exe is refused here, with the list, and the rest is still used', async () => {
  const house = await open();
  const program = { name: 'tool.exe', bytes: Buffer.from('MZ program') };
  const photo = { name: 'photo.jpeg', bytes: Buffer.from('\xff\xd8\xff\xe0 photo', 'latin1') };
  await house.room.write('Use these.', { files: [program, photo] });
  await house.idle();
  const names = house.nemo.received('upload').flatMap((r) => r.parts?.map((p) => p.filename) ?? []);
  expect(names).toEqual(['photo.jpeg']);
  expect(story(house)).toContain("I can't use **tool.exe**");
  expect(story(house)).toMatch(ACCEPTED);
});

test('case 54: the backend’s own refusal of a kind (4001) reads the same', async () => {
  const house = await open();
  house.nemo.on('upload', refused(400, 4001, 'unsupported'));
  await house.room.write('Use this.', { files: [png('odd.png')] });
  await house.idle();
  expect(story(house)).toContain("I can't use **odd.png**: this kind of file is not supported.");
  expect(story(house)).toMatch(ACCEPTED);
  expect(runs(house)).toBe(0);
});

test('case 55: over the cap is refused before a byte is read', async () => {
  const house = await open({ profile: 'ai-to-video-free' });
  const broken: RoomFile = { name: 'big.mp4', claimed: 250 * MB, broken: 'gone' };
  await house.room.write('Cut this down.', { files: [broken] });
  await house.idle();
  expect(story(house)).toContain(
    "I can't use **big.mp4**: it is larger than 200 MB. Please compress or trim it.",
  );
  expect(house.nemo.received('upload')).toHaveLength(0);
  expect(runs(house)).toBe(0);
});

test('case 55: MAX_UPLOAD_MB is named instead of the profile’s cap', async () => {
  const house = await open({ rules: { maxUploadBytes: 1 * MB } });
  await house.room.write('Cut this down.', {
    files: [{ name: 'big.mp4', claimed: 2 * MB, broken: 'gone' }],
  });
  await house.idle();
  expect(story(house)).toContain('larger than 1 MB');
});

test('case 55: the backend’s own refusal of a size (4002) asks to compress or trim', async () => {
  const house = await open();
  house.nemo.on('upload', refused(413, 4002, 'too large'));
  await house.room.write('Use this.', { files: [png('a.png')] });
  await house.idle();
  expect(story(house)).toContain('Please compress or trim it.');
});

test('case 56: uploaded_files[].url is taken; an empty list with code 0 is a failure in words', async () => {
  const house = await open();
  house.nemo.once(
    'upload',
    ok({ uploaded_files: [{ url: 'https://cdn.example/a.png', filename: 'a.png' }] }),
  );
  house.nemo.once('upload', ok({ files: [] }));
  house.nemo.once('upload', ok({ files: [] }));
  await house.room.write('Use these.', { files: [png('a.png'), png('b.png')] });
  await house.idle();
  expect(toldAgent(house)).toContain('a.png');
  expect(toldAgent(house)).toMatch(
    /files: a\.png \(image\)\n\nThese files .* missing; .*: b\.png$/,
  );
  expect(story(house)).toContain("I can't use **b.png**: NemoVideo did not take it.");
});

test.each([
  ['UTF-8', Buffer.from('Scene one: tea.\nScene two: 山。')],
  ['UTF-8 with BOM', Buffer.from('\ufeffScene one: tea.\nScene two: 山。')],
  [
    'UTF-16 LE',
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('Scene one: tea.\nScene two: 山。', 'utf16le'),
    ]),
  ],
])('case 57: a .txt in %s is sent as text, not uploaded', async (_form, bytes) => {
  const house = await open();
  await house.room.write('Make this a short.', { files: [{ name: 'script.txt', bytes }] });
  await house.idle();
  expect(toldAgent(house)).toBe(
    'Make this a short.\n\nscript.txt:\nScene one: tea.\nScene two: 山。',
  );
  expect(house.nemo.received('upload')).toHaveLength(0);
});

test('case 58: a file sent while a job runs waits, is acknowledged, and is uploaded after it', async () => {
  const house = await open();
  const first = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened }, say('First is done.'));
  house.nemo.script(say('Second is done.'));
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  const second = await house.room.write('And this photo.', { files: [png('late.png')] });
  expect(house.room.reactions).toContainEqual({ messageId: second, reaction: 'queued', on: true });
  expect(house.nemo.received('upload')).toHaveLength(0);
  first.open();
  await hear(house, /Second is done/);
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
  expect(house.room.reactions).toContainEqual({ messageId: second, reaction: 'queued', on: false });
});

test('case 59: a YouTube link as music is answered with what is possible, and never uploaded', async () => {
  const house = await open();
  await house.room.write(
    'A film about tea with music from https://www.youtube.com/watch?v=abc please',
  );
  await house.idle();
  expect(story(house)).toContain('built-in library has similar styles');
  expect(house.nemo.received('upload')).toHaveLength(0);
});

test('a retry sends the message once more, and no file again', async () => {
  const house = await open();
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await house.room.write('Use this.', { files: [png('cup.png')] });
  const failed = await hear(house, /request was refused/);
  await house.idle();
  await tryAgain(house, failed);
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toBe(toldAgent(house, 1));
  expect(house.nemo.received('upload')).toHaveLength(1);
});

test('a retry in a new session sends its files again', async () => {
  const house = await open();
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await house.room.write('Use this.', { files: [png('cup.png')] });
  await house.idle();
  house.nemo.sessions.clear();
  await house.room.write('retry');
  await hear(house, /Your video is ready/);
  await house.idle();
  expect(
    house.nemo.received('upload').filter((r) => r.path.includes(sessionOfRun(house, runs(house)))),
  ).toHaveLength(1);
});

test('too many for the status, they are named in a message of its own', async () => {
  const house = await open();
  const many = Array.from({ length: 10 }, (_, n) => png(`${n}-${'a long name '.repeat(8)}.png`));
  await house.room.write('A slideshow.', { files: many });
  await house.idle();
  const lines = texts(house).map((text) => text.split('\n').length);
  expect(lines.slice(0, 2)).toEqual([1, 10]);
  expect(texts(house)[1]).toMatch(/^📎 Got \*\*0-a long name/);
});

test('what became of the files stands in the status after a restart, once', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  house.nemo.once('run_sse', { never: true });
  await house.room.write('Open on this.', { files: [png('cup.png')] });
  await house.nemo.arrival('run_sse');
  await house.conversation.drain(0);
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await later.idle();
  expect(texts(later)[0]?.match(/cup\.png/g)).toHaveLength(1);
  expect(texts(later).slice(1).join()).not.toMatch(/Got/);
});

test('files alone are a request; so is a message under somebody else’s material', async () => {
  const house = await open();
  await house.room.write('', { files: [png('cup.png')] });
  await house.idle();
  expect(toldAgent(house)).toMatch(/^Make a video from this file\./);
  await house.room.write('make this a short', {
    thread: 't2',
    quoted: { text: 'Our tea grows on a misty mountain.', files: [png('hill.png')] },
  });
  await house.idle();
  expect(toldAgent(house, 2)).toMatch(
    /^make this a short\n\nOur tea grows on a misty mountain\.[\s\S]*hill\.png/,
  );
});

describe('kind by content, then type, then a known ending', () => {
  const text = (words: string) => Buffer.from(words);

  test('pictures without an ending, or with one of a date, get one for the backend', async () => {
    const house = await open();
    const photo = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF photo', 'latin1');
    await house.room.write('Use these.', {
      files: [
        { ...png('Hero shot'), mime: 'image/png' },
        png('Screenshot 2026.11.26 at 9.41'),
        { name: 'photo.jfif', bytes: photo },
      ],
    });
    await house.idle();
    const parts = house.nemo.received('upload').flatMap((request) => request.parts ?? []);
    expect(parts.map(({ filename, mime }) => [filename, mime])).toEqual([
      ['Hero shot.png', 'image/png'],
      ['Screenshot 2026.11.26 at 9.41.png', 'image/png'],
      ['photo.jpg', 'image/jpeg'],
    ]);
    expect(toldAgent(house)).toContain('Screenshot 2026.11.26 at 9.41.png (image)');
    expect(story(house)).not.toContain("can't use");
  });

  test('scripts whose names are titles are read', async () => {
    const house = await open();
    await house.room.write('Film these.', {
      files: [
        { name: 'Script v1.2', bytes: text('Waves roll in.'), mime: 'text/plain' },
        { name: 'notes.markdown', bytes: text('# Gulls') },
        { name: 'Act two', bytes: text('The crew waits for the light.') },
      ],
    });
    await house.idle();
    expect(toldAgent(house)).toContain('Waves roll in.');
    expect(toldAgent(house)).toContain('# Gulls');
    expect(toldAgent(house)).toContain('The crew waits for the light.');
  });

  test('a document under the name of a picture is read; a web page there is not', async () => {
    const house = await open();
    await house.room.write('Film this.', {
      files: [
        { name: 'scan.png', bytes: fixture('ghostscript.pdf'), mime: 'image/png' },
        { name: 'photo.png', bytes: text('<!DOCTYPE html><p>Sign in'), mime: 'image/png' },
      ],
    });
    await house.idle();
    expect(toldAgent(house)).toContain('The film opens on the harbour.');
    expect(story(house)).toContain(
      "I can't use **photo.png**: what is inside is not what the name says.",
    );
    expect(toldAgent(house)).not.toContain('Sign in');
  });

  test('a picture under the name of a film is a picture', async () => {
    const house = await open();
    await house.room.write('Open on this.', { files: [png('intro.mp4')] });
    await house.idle();
    const [upload] = house.nemo.received('upload');
    expect(upload?.parts).toMatchObject([{ filename: 'intro.mp4.png', mime: 'image/png' }]);
    expect(toldAgent(house)).toContain('intro.mp4.png (image)');
  });

  test.each([
    ['Holiday', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'image/heic', 'JPG or PNG'],
    ['Outline', Buffer.from('PK\x03\x04', 'latin1'), 'application/vnd.apple.pages', 'DOCX or PDF'],
    ['budget.xls', Buffer.from('\xd0\xcf\x11\xe0', 'latin1'), undefined, 'XLSX or CSV'],
    ['Script.gdoc', text('{"url": "x"}'), undefined, 'DOCX or PDF'],
  ])('%s: what to save it as', async (name, bytes, mime, better) => {
    const house = await open();
    await house.room.write('Use this.', { files: [{ name, bytes, ...(mime ? { mime } : {}) }] });
    await house.idle();
    expect(story(house)).toContain(`Please save it as ${better}.`);
  });
});
