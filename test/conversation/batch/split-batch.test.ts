// Over 250 lines: its cases share one setup and read as one list.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchWish, splitBatch } from '../../../src/conversation/batch/split-batch.ts';

/** Of files that are told by their names alone. */
const planFor = ({ files, ...wish }: Omit<BatchWish, 'files'> & { files: readonly string[] }) =>
  splitBatch({ ...wish, files: files.map((name) => ({ name })) });

const three = ['a.png', 'b.png', 'c.docx'];
const instructions = (text: string, files = three) =>
  planFor({ text, files })?.map((item) => item.instruction);
const forAll = (text: string, files = three) =>
  new Set(planFor({ text, files })?.map((item) => item.forAll));

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

  test('may say in every point that it is a video', () => {
    const text =
      '1. Make a calm video about the sea\n2. A fast video about the city\n3. A film with a title';
    expect(instructions(text)).toHaveLength(3);
    expect(instructions(`Make three videos, one per file:\n${text}`)).toHaveLength(3);
    expect(instructions(`Hi! Please make these:\n${text}`)).toHaveLength(3);
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
    const plan = planFor({ text: 'b.png: fast\na.png -> slow\n- C.docx：加标题', files: three });
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
    expect(planFor({ text: 'each: slow', files })?.map((item) => item.files)).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect(instructions('1. slow\n2. fast', files)).toEqual(['slow', 'fast']);
    expect(instructions('each: slow', ['one.mp3', 'two.mp3'])).toHaveLength(2);
  });

  test('tells music and voices by what the platform says of them, whatever they are called', () => {
    const files = [
      { name: 'Photo of the sea', mime: 'image/png' },
      { name: 'Our song v1.2', mime: 'audio/mpeg' },
      { name: 'voice-message.ogg', mime: 'audio/ogg', voice: {} },
      { name: 'notes.mp3', mime: 'image/jpeg' },
    ];
    expect(splitBatch({ text: 'each: slow', files })?.map((item) => item.files)).toEqual([
      [0, 1, 2],
      [3, 1, 2],
    ]);
  });

  test('is every file when that was chosen, whatever the words say', () => {
    const wish = { files: three, each: true };
    const all = (text: string) => planFor({ ...wish, text })?.map((item) => item.instruction);
    expect(all('')).toEqual(['', '', '']);
    expect(all('Make a video of this')).toHaveLength(3);
    expect(all('Make a video:\n1. slow\n2. fast\n3. title')).toEqual(['slow', 'fast', 'title']);
    expect(instructions('each: true ten seconds')).toEqual(Array(3).fill('ten seconds'));
    expect(instructions('Ten seconds, each=yes.')).toEqual(Array(3).fill('Ten seconds,'));
    expect(instructions('each: on a white background')).toEqual(
      Array(3).fill('on a white background'),
    );
    expect(planFor({ text: '', files: ['a.png'], each: true })).toBeUndefined();
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
    'Make 3 separate videos',
    'Make separate videos',
    'Make one video for each of these files',
    'Make a video of each photo',
    'Please create one short video for every file, ten seconds long',
    '每个文件生成一个视频',
    '每个文件各做一个视频',
    'individual videos for these images please',
    'Turn these images into videos, one each',
    'Animate each image separately',
    'each one is its own video',
    'one per file',
    'One video per image. Do not use text in the videos',
    'Make a separate video for each file. How long can they be?',
    '每张图片做一个视频，不要每个都加字幕',
    '把每张图片变成视频',
    '每张图都做成短视频',
    '分别为这三张图片制作视频',
    '一图一视频',
    '每張圖片做一個影片',
    'make three videos from these',
    'one clip each',
    'create a short for each image',
    'each file should be its own video',
    'Turn each script into a 30-second video',
    '每张图片做成一个视频',
    '每张图做一个视频',
    '每张照片单独做一个视频',
    '三张图做三个视频',
    '分别做成视频',
    '分别做成三个视频',
    '一张图一个视频',
  ])('is one instruction for all when it says so: %s', (text) => {
    expect(instructions(text)).toEqual([text, text, text]);
  });

  test.each([
    'Image 1: slow\nImage 2: fast\nImage 3: title',
    '图1：slow\n图2：fast\n图3：title',
    '第一张：slow\n第二张：fast\n第三张：title',
    '1. slow 2. fast 3. title',
    'Make three videos: 1) slow 2) fast 3) title',
  ])('numbers its files in many ways: %s', (text) => {
    expect(instructions(text)).toEqual(['slow', 'fast', 'title']);
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
    'Make one video.\na.png: intro\nb.png: middle\nc.docx: outro',
    'Combine into one film:\na.png – opening\nb.png – beach\nc.docx – ending',
    'Make a slideshow.\nEach: 3 seconds, slow zoom',
    'Put all in one clip.\nFor each: fade in',
    '帮我做一个视频\n每个：停留3秒',
    "don't make one video each, combine them",
    'Make one video, not one video each',
    'What does a video per file cost?',
    'Make one video. Show each: on screen for 3 seconds',
    '1. 9:16 format\n2. under 30 seconds\n3. calm\n\nMake one video of all.',
    'Three requirements:\n1. 9:16\n2. under 30 s\n3. calm',
    '做视频，要求：\n1. 竖屏\n2. 30秒\n3. 轻音乐',
    '用这些图做个视频：\n1. 海边\n2. 日落\n3. 夜晚',
    '做一个 30 秒的产品宣传视频：\n1. 海边\n2. 日落\n3. 夜晚',
    'Birthday video for grandma\n1. the cake\n2. the garden\n3. the song',
    'Make a 30 second vertical product launch video:\n1. slow\n2. fast\n3. end',
    'Add these three:\n1. before the intro\n2. in the middle\n3. at the end',
    'Combine these 3 videos',
    'Photo 1: my mom\nPhoto 2: my dad\nPhoto 3: the dog\nMake a video for their anniversary',
    'a.png = husband\nb.png = wife\nc.docx = vows\nMake a wedding video',
    '图1：我妈妈\n图2：我爸爸\n图3：狗\n做一个纪念视频',
    'make a video per the script attached',
    'make three videos into one',
    'I want three videos side by side',
    '做三个视频的合集',
    'Make a video from each of these clips, all in one',
    'Make a video for every platform',
    'Turn every photo into a video montage',
    'Make each into a 3 second clip and combine into a video',
    '把每张图片做成一个视频里的场景',
    'a.png: background\nb.png: logo\nc.docx: watermark',
    'each photo: 3 seconds on screen',
    'I want:\n1. warm tone\n2. upbeat music\n3. 30 seconds',
    '需求：\n1. 暖色调\n2. 轻快音乐\n3. 三十秒',
    'Script:\n1. Hello world\n2. Welcome to our shop\n3. Goodbye',
  ])('is not seen where one video is meant: %s', (text) => {
    expect(planFor({ text, files: three })).toBeUndefined();
  });

  test('needs two files', () => {
    expect(planFor({ text: 'each: slow', files: ['a.png'] })).toBeUndefined();
    expect(planFor({ text: '1. slow', files: ['a.png'] })).toBeUndefined();
  });

  test('is no matter of a song and a picture', () => {
    const files = ['song.mp3', 'photo.png'];
    expect(planFor({ text: 'song.mp3: soft\nphoto.png: fade in', files })).toBeUndefined();
    expect(planFor({ text: '1. soft\n2. fade in', files })).toBeUndefined();
  });

  test('gives every file but shared music a video of its own, in order, and loses no word', () => {
    const word = fc.constantFrom('slow', 'calm', 'fast cuts', '十秒', 'with rain');
    const name = fc.constantFrom('a.png', 'b.jpg', 'c.docx', 'd.txt', 'e.mp4');
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2 }),
        fc.array(word, { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom('number', 'name', 'each'),
        (own, words, withSong, how) => {
          const files = withSong ? [...own, 'song.mp3'] : own;
          const lines = own.map((it, n) =>
            how === 'number' ? `${n + 1}. ${words[n]}` : `${it}: ${words[n]}`,
          );
          const text = how === 'each' ? `each: ${words[0]}` : lines.join('\n');
          const plan = planFor({ text, files });
          expect(plan?.map((item) => item.files)).toEqual(
            own.map((_, n) => (withSong ? [n, own.length] : [n])),
          );
          expect(plan?.map((item) => item.instruction)).toEqual(
            own.map((_, n) => (how === 'each' ? words[0] : words[n])),
          );
        },
      ),
    );
  });

  test('takes a long text for a script, in a moment, whatever it consists of', () => {
    const files = ['a.png', 'b.png'];
    const shapes = [
      ' ',
      '\n',
      '\t',
      '.',
      '1. ',
      'cost ',
      'each ',
      'a-',
      "don't ",
      '每',
      '一个',
      '分别为',
    ];
    for (const shape of shapes) {
      const text = `${shape.repeat(200_000 / shape.length)}x`;
      expect(planFor({ text, files })).toBeUndefined();
      expect(planFor({ text, files, each: true })).toHaveLength(2);
      planFor({ text: text.slice(0, 5_900), files });
    }
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 6 }), (text, files) => {
        planFor({ text, files });
      }),
    );
  });
});
