import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planBatch } from '../../../src/conversation/batch/batch-plan.ts';

const three = ['a.png', 'b.png', 'c.docx'];
const instructions = (text: string, files = three) =>
  planBatch({ text, files })?.map((item) => item.instruction);
const forAll = (text: string, files = three) =>
  new Set(planBatch({ text, files })?.map((item) => item.forAll));

describe('a batch', () => {
  test('is a numbered list with a point for every file', () => {
    expect(instructions('1. slow and calm\n2. fast cuts\n3. with a title')).toEqual([
      'slow and calm',
      'fast cuts',
      'with a title',
    ]);
    expect(instructions('Please:\n1) slow\n2) fast\n3) title “Go”')).toEqual([
      'slow',
      'fast',
      'title “Go”',
    ]);
    expect(instructions('1、慢一点\n2、快一点\n3、加标题')).toEqual(['慢一点', '快一点', '加标题']);
  });

  test('keeps the further lines of a point', () => {
    expect(instructions('1. slow\nand calm\n2. fast\n3. title')).toEqual([
      'slow\nand calm',
      'fast',
      'title',
    ]);
  });

  test('keeps what is said around the points, for all of them', () => {
    const text = 'All in portrait, please:\n1. slow\n2. fast\n3. title\n\nAnd calm music.';
    expect(instructions(text)).toEqual(['slow', 'fast', 'title']);
    expect(forAll(text)).toEqual(new Set(['All in portrait, please:\nAnd calm music.']));
    expect(forAll('Hello!\n1. slow\n2. fast\n3. title')).toEqual(new Set(['']));
    expect(forAll('Ten seconds.\neach: slow')).toEqual(new Set(['Ten seconds.']));
  });

  test('is a line for every file that begins with its name, in any order', () => {
    const plan = planBatch({ text: 'b.png: fast\na.png -> slow\n- C.docx：加标题', files: three });
    expect(plan).toEqual([
      { files: [0], instruction: 'slow', forAll: '' },
      { files: [1], instruction: 'fast', forAll: '' },
      { files: [2], instruction: '加标题', forAll: '' },
    ]);
    expect(instructions('1. c.docx: title\n2. a.png: slow\n3. b.png: fast')).toEqual([
      'slow',
      'fast',
      'title',
    ]);
  });

  test('knows a file without its ending, where only one has the name', () => {
    const files = ['harbour.png', 'market.docx'];
    expect(instructions('Harbour: slow\nmarket – fast', files)).toEqual(['slow', 'fast']);
    expect(instructions('harbour: slow\nharbour: fast', ['harbour.png', 'harbour.jpg'])).toBe(
      undefined,
    );
  });

  test('takes files of one name in the order in which they were sent', () => {
    const files = ['image.png', 'image.png'];
    expect(instructions('image.png: slow\nimage.png: fast', files)).toEqual(['slow', 'fast']);
  });

  test('gives music to every video, where there is something else to make videos of', () => {
    const files = ['a.png', 'song.mp3', 'b.png'];
    expect(planBatch({ text: 'each: slow', files })?.map((item) => item.files)).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect(instructions('1. slow\n2. fast', files)).toEqual(['slow', 'fast']);
    expect(instructions('each: slow', ['one.mp3', 'two.mp3'])).toHaveLength(2);
  });

  test('is every file when that was chosen, whatever the words say', () => {
    const wish = { files: three, each: true };
    const all = (text: string) => planBatch({ ...wish, text })?.map((item) => item.instruction);
    expect(all('')).toEqual(['', '', '']);
    expect(all('Make a video of this')).toHaveLength(3);
    expect(all('Make a video:\n1. slow\n2. fast\n3. title')).toEqual(['slow', 'fast', 'title']);
    expect(instructions('each: true ten seconds')).toEqual(Array(3).fill('ten seconds'));
    expect(instructions('Ten seconds, each=yes.')).toEqual(Array(3).fill('Ten seconds,'));
    expect(planBatch({ text: '', files: ['a.png'], each: true })).toBeUndefined();
  });

  test.each([
    ['each: ten seconds with lo-fi', 'ten seconds with lo-fi'],
    ['Each file: ten seconds', 'ten seconds'],
    ['每个：十秒，配轻音乐', '十秒，配轻音乐'],
  ])('is "%s" for all', (text, instruction) => {
    expect(instructions(text)).toEqual([instruction, instruction, instruction]);
  });

  test.each([
    'Make one video each, ten seconds',
    'a separate video for each please',
    'turn each image into a video',
    'one video per file',
    'Make a video from each photo',
    '每张图片做成一个视频',
    '分别做成视频',
  ])('is one instruction for all when it says so: %s', (text) => {
    expect(instructions(text)).toEqual([text, text, text]);
  });

  test.each([
    'Make a video from these photos',
    '1. slow\n2. fast',
    'each scene should be slow',
    'a.png: slow',
    'Show each product for three seconds in a video',
    'Use one photo each second',
    'Make a slideshow:\n1. the door\n2. the garden\n3. the sea',
    'One short film with these scenes\n1. the door\n2. the garden\n3. the sea',
    '合成一个视频：\n1、门\n2、花园\n3、海',
  ])('is not seen where one video is meant: %s', (text) => {
    expect(planBatch({ text, files: three })).toBeUndefined();
  });

  test('needs two files', () => {
    expect(planBatch({ text: 'each: slow', files: ['a.png'] })).toBeUndefined();
    expect(planBatch({ text: '1. slow', files: ['a.png'] })).toBeUndefined();
  });

  test('never throws, and names every file once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 6 }), (text, files) => {
        const plan = planBatch({ text, files });
        if (plan) expect(plan.map((item) => item.files[0])).toEqual(files.map((_, index) => index));
      }),
    );
  });
});
