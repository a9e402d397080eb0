import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planBatch } from '../../src/conversation/batch-plan.ts';

const three = ['a.png', 'b.png', 'c.docx'];
const instructions = (text: string, files = three) =>
  planBatch(text, files)?.map((item) => item.instruction);

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

  test('is a line for every file that begins with its name, in any order', () => {
    const plan = planBatch('b.png: fast\na.png -> slow\n- C.docx：加标题', three);
    expect(plan).toEqual([
      { file: 0, instruction: 'slow' },
      { file: 1, instruction: 'fast' },
      { file: 2, instruction: '加标题' },
    ]);
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
  ])('is not seen where one video is meant: %s', (text) => {
    expect(planBatch(text, three)).toBeUndefined();
  });

  test('needs two files', () => {
    expect(planBatch('each: slow', ['a.png'])).toBeUndefined();
    expect(planBatch('1. slow', ['a.png'])).toBeUndefined();
  });

  test('never throws, and names every file once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 6 }), (text, files) => {
        const plan = planBatch(text, files);
        if (plan) expect(plan.map((item) => item.file)).toEqual(files.map((_, index) => index));
      }),
    );
  });
});
