import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TOTAL_MS, readScript, readWishes } from '../../../src/simulator/agent/script.ts';

const texts = (message: string) => readScript(message).scenes.map((scene) => scene.text);

describe('reading a script', () => {
  test('makes a scene of each sentence and leaves the order to the editor out', () => {
    expect(
      texts('Make a 20-second vertical video from this script:\nMeet Aurora. It wakes you!'),
    ).toEqual(['Meet Aurora.', 'It wakes you!']);
  });

  test('takes the text behind the colon of an order', () => {
    expect(texts('Please create a video: The sea is calm. Gulls cry.')).toEqual([
      'The sea is calm.',
      'Gulls cry.',
    ]);
  });

  test('reads Chinese sentences, list marks and scene numbers', () => {
    expect(texts('帮我做一个视频：\n场景1：清晨的海边。\n2、海鸥飞过！')).toEqual([
      '清晨的海边。',
      '海鸥飞过！',
    ]);
  });

  test('takes a document for the script, and what stands above it for directions', () => {
    expect(texts('slow and calm\n\nharbour.txt:\nThe boats come home. Nets dry.')).toEqual([
      'The boats come home.',
      'Nets dry.',
    ]);
  });

  test.each([
    [
      'Make a new, separate video (2 of 3) from nothing but the material in this message:\n\nThe sea is calm.\n\nThis was said about all 3 videos: Be brief.',
      'The sea is calm.',
    ],
    [
      '请另做一个新视频（第 2 个，共 3 个），只用这条消息里的材料：\n\n海很平静。\n\n以下是对全部 3 个视频的要求：简短一点。',
      '海很平静。',
    ],
  ])('leaves out what says that it is one of several', (message, scene) => {
    expect(texts(message)).toEqual([scene]);
  });

  test('makes scenes of a bare topic', () => {
    expect(texts('make a video about bank credits')[0]).toBe('Bank credits');
    expect(texts('A 20-second vertical video about tea')[0]).toBe('Tea');
    expect(texts('生成一个关于猫的视频')[0]).toBe('猫');
  });

  test.each([
    ['make a video'],
    ['Make a video from these files.'],
    ['用这些文件制作一个视频。'],
    ['😀😀😀'],
    ['...'],
    [''],
    ['Make it 20 seconds, vertical please.'],
    ['竖屏，20秒'],
  ])('finds no material in %j', (message) => {
    expect(texts(message)).toEqual([]);
  });

  test('leaves out the cues of a subtitle file and the name of the file', () => {
    const srt =
      'talk.srt:\n1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n\n2\n00:00:04,000 --> 00:00:06,000\nGood night.';
    expect(texts(srt)).toEqual(['Good morning.', 'Good night.']);
  });

  test('takes its title from the heading, else from the first clause', () => {
    expect(readScript('# Sea Days\nThe sea is calm.').title).toBe('Sea Days');
    expect(readScript('Meet Aurora, the lamp of lamps.').title).toBe('Meet Aurora');
    expect(readScript('Golden hour on the northern coast is here.').title).toBe('Golden Hour');
    expect(readScript('认识极光台灯，一盏灯。').title).toBe('认识极光台灯');
  });

  test('does not end a sentence at an abbreviation or in a number', () => {
    expect(texts('Dr. Kim paid 3.50 for it. Cheap!')).toEqual([
      'Dr. Kim paid 3.50 for it.',
      'Cheap!',
    ]);
  });

  const sentence = fc
    .array(fc.constantFrom('sun', 'lamp', 'river', '月亮', '山', 'quiet', 'and', 'über'), {
      minLength: 2,
      maxLength: 40,
    })
    .map((words) => `${words.join(' ')}.`);

  test('keeps scenes between 2 and 6 seconds and the whole within 30', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 60 }), (sentences) => {
        const { scenes } = readScript(sentences.join(' '));
        const total = scenes.reduce((sum, scene) => sum + scene.d, 0);
        expect(scenes.length).toBeGreaterThan(0);
        expect(total).toBeLessThanOrEqual(MAX_TOTAL_MS);
        for (const { d, text } of scenes) {
          expect(d).toBeGreaterThanOrEqual(2000);
          expect(d).toBeLessThanOrEqual(6000);
          expect(text).not.toBe('');
        }
      }),
    );
  });

  test('meets a wished length to the tenth of a second', () => {
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 5, max: 30 }),
        (sentences, seconds) => {
          const { scenes } = readScript(sentences.join(' '), seconds);
          const total = scenes.reduce((sum, scene) => sum + scene.d, 0);
          expect(total).toBe(seconds * 1000);
        },
      ),
    );
  });

  test('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (message) => {
        for (const scene of readScript(message).scenes) expect(scene.text.trim()).not.toBe('');
      }),
    );
  });

  test('reads 50,000 characters', () => {
    expect(texts('word '.repeat(10_000)).length).toBeGreaterThan(0);
    expect(texts('A line of it. '.repeat(3500)).length).toBe(15);
  });
});

describe('wishes', () => {
  test.each([
    ['a 20-second clip', { seconds: 20 }],
    ['做一个15秒的竖屏视频', { seconds: 15, ratio: '9:16' }],
    ['1 minute, 1:1', { seconds: 60, ratio: '1:1' }],
    ['a horizontal video', { ratio: '16:9' }],
    ['the desert landscape at noon', {}],
  ])('%s', (message, wishes) => {
    expect(readWishes(message)).toEqual(wishes);
  });
});
