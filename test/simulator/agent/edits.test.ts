import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../../src/simulator/agent/compose.ts';
import { type Draft, musicOf, scenesOf, titleOf } from '../../../src/simulator/agent/draft.ts';
import { applyEdit } from '../../../src/simulator/agent/edit.ts';
import { readIntent } from '../../../src/simulator/agent/intent.ts';
import { readEdits } from '../../../src/simulator/agent/read-edits.ts';

const SCRIPT = 'One is red. Two is blue. Three is green. Four is white. Five is black.';

function cut(message = SCRIPT, media: readonly string[] = []): Draft {
  const made = compose(message, media, 'en');
  if (!made) throw new Error('nothing composed');
  return made.finished;
}

/** The draft after a message, as the agent would leave it. */
function edited(message: string, draft = cut(), newMedia: readonly string[] = []): Draft {
  const intent = readIntent(message, { language: 'en', draft, newMedia });
  if (intent.type !== 'edit') throw new Error(`${message}: ${intent.type}`);
  return intent.draft;
}

const words = (draft: Draft) => scenesOf(draft).map((scene) => scene.m.title?.split(' ')[0]);

describe('title', () => {
  test.each([
    ["add a title 'Hello'", 'Hello'],
    ['add a title "Don\'t stop"', "Don't stop"],
    ['Change the title to Summer Days', 'Summer Days'],
    ['title: Deep Sea', 'Deep Sea'],
    ['标题改成“你好世界”', '你好世界'],
    ['加个标题：夏日', '夏日'],
  ])('%s', (message, title) => {
    expect(titleOf(edited(message))?.m.text).toBe(title);
  });

  test.each(['remove the title', '去掉标题', 'no title please'])('%s', (message) => {
    expect(titleOf(edited(message))).toBeUndefined();
  });
});

describe('music', () => {
  test.each([
    ['change the music to jazz', 'Smooth Jazz'],
    ['add some upbeat music', 'Upbeat Pop'],
    ['add some dreamy synth music', 'Dreamy synth'],
    ['换成欢快的音乐', '欢快流行'],
  ])('%s', (message, title) => {
    expect(musicOf(edited(message))?.m.title).toBe(title);
  });

  test.each(['remove the music', 'no music', '去掉音乐'])('%s', (message) => {
    expect(musicOf(edited(message))).toBeUndefined();
  });

  test.each([
    ['music volume 50%', 0.5],
    ['make the music louder', 0.52],
    ['turn the volume down', 0.21],
    ['音量调到20%', 0.2],
  ])('%s', (message, volume) => {
    expect(musicOf(edited(message))?.m.volume).toBe(volume);
  });
});

describe('scenes', () => {
  test.each([
    ['remove scene 2', ['One', 'Three', 'Four', 'Five']],
    ['delete the last scene', ['One', 'Two', 'Three', 'Four']],
    ['删除第2个场景', ['One', 'Three', 'Four', 'Five']],
    ['move scene 3 to the beginning', ['Three', 'One', 'Two', 'Four', 'Five']],
    ['move scene 1 to position 4', ['Two', 'Three', 'Four', 'One', 'Five']],
    ['把第3个场景移到最前面', ['Three', 'One', 'Two', 'Four', 'Five']],
    ['swap scenes 1 and 2', ['Two', 'One', 'Three', 'Four', 'Five']],
    ['swap the first and last scene', ['Five', 'Two', 'Three', 'Four', 'One']],
    ['交换第1和第2个场景', ['Two', 'One', 'Three', 'Four', 'Five']],
    ['change scene 2 to "Deux"', ['One', 'Deux', 'Three', 'Four', 'Five']],
  ])('%s', (message, titles) => {
    expect(words(edited(message))).toEqual(titles);
  });

  test('says what it cannot do, and changes nothing', () => {
    const intent = readIntent('remove scene 9', { language: 'en', draft: cut(), newMedia: [] });
    expect(intent).toMatchObject({ type: 'chat', text: expect.stringContaining('5 scenes') });
  });
});

describe('length and shape', () => {
  test.each([
    ['20 seconds please', 20_000],
    ['make it 12 seconds', 12_000],
    ['改成15秒', 15_000],
    ['make it 3 minutes', 30_000],
  ])('%s', (message, ms) => {
    expect(edited(message).d).toBe(ms);
  });

  test.each(['make it shorter', '短一点', 'speed it up', '快一点', '2x'])('%s', (message) => {
    expect(edited(message).d).toBeLessThan(cut().d);
  });

  test.each(['make it longer', '长一点', 'slower', '慢一点'])('%s', (message) => {
    expect(edited(message).d).toBeGreaterThan(cut().d);
  });

  test.each([
    ['make it 9:16', 1080, 1920],
    ['竖屏', 1080, 1920],
    ['change to a square format', 1080, 1080],
  ])('%s', (message, width, height) => {
    expect(edited(message).m).toMatchObject({ width, height });
  });

  test('an edit keeps the parts of the timeline together', () => {
    const message = fc.constantFrom(
      'remove scene 1',
      'make it shorter',
      'make it longer',
      'swap scenes 1 and 2',
      '12 seconds',
      'add subtitles',
      'no music',
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
        let draft = cut();
        for (const text of messages) {
          for (const edit of readEdits(text)) draft = applyEdit(draft, edit, 'en') ?? draft;
        }
        const scenes = scenesOf(draft);
        expect(draft.d).toBe(scenes.reduce((sum, scene) => sum + scene.d, 0));
        expect(scenes.at(-1)?.st).toBe(draft.d - (scenes.at(-1)?.d ?? 0));
        expect(musicOf(draft)?.d ?? draft.d).toBe(draft.d);
        expect(draft.d).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});

describe('several at once', () => {
  test('and, commas and one verb for two things', () => {
    const first = edited('add a title "Hi, and bye" and remove the music');
    expect(titleOf(first)?.m.text).toBe('Hi, and bye');
    expect(musicOf(first)).toBeUndefined();
    for (const message of ['strip the music and the title', '去掉音乐和标题']) {
      const stripped = edited(message);
      expect([musicOf(stripped), titleOf(stripped)]).toEqual([undefined, undefined]);
    }
  });
});

describe('uploads', () => {
  test('lie over the scenes in order, and those left over follow', () => {
    const files = ['a.png', 'b.mp4', 'c.jpg'];
    expect(scenesOf(cut('One. Two!', files)).map((scene) => scene.m.filename)).toEqual(files);
    expect(
      scenesOf(cut('Make a video from these files.', files)).map((scene) => scene.m.filename),
    ).toEqual(files);
  });

  test('are added to a video that is there already, at the asked end', () => {
    const place = (message: string) =>
      scenesOf(edited(message, cut(), ['new.png'])).findIndex(
        (scene) => scene.m.filename === 'new.png',
      );
    expect(place('add this picture at the end')).toBe(5);
    expect(place('use this picture at the start')).toBe(0);
    expect(place('Uploaded files: new.png (image)')).toBe(5);
  });
});

describe('what a message is', () => {
  const type = (text: string, draft?: Draft) =>
    readIntent(text, { language: 'en', draft, newMedia: [] }).type;

  test.each(['make it better', 'improve it', '优化一下', '更好看一点'])(
    '%s is too vague',
    (text) => {
      expect(type(text, cut())).toBe('question');
    },
  );

  test.each(['looks good', 'keep all', '谢谢', 'hello'])('%s asks for nothing', (text) => {
    expect(type(text, cut())).toBe('chat');
  });

  test.each(['hello', 'make a video', '你好'])('%s brings no material', (text) => {
    expect(type(text)).toBe('chat');
  });

  test('a new script in a session with a video makes a new cut', () => {
    expect(type('make a video about cats in space', cut())).toBe('generate');
    expect(type('The sea is calm today. '.repeat(10), cut())).toBe('generate');
  });

  test('other short wishes change the look', () => {
    expect(edited('make the colours warmer').m.style).toBe('make the colours warmer');
  });

  test('each option of its question is understood as an answer', () => {
    for (const option of [
      'Make it shorter',
      'Use upbeat music',
      'Add subtitles',
      '缩短一点',
      '换成欢快的音乐',
      '添加字幕',
    ]) {
      expect(type(`1. What should be different?: ${option}`, cut())).toBe('edit');
    }
  });

  test('the answer is in the language of the message', () => {
    const intent = readIntent('去掉标题', { language: 'en', draft: cut(), newMedia: [] });
    expect(intent).toMatchObject({ language: 'zh', report: '标题已删除。' });
  });

  test('any text is something', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 80 });
    fc.assert(
      fc.property(any, fc.boolean(), (text, fresh) => {
        expect(type(text, fresh ? undefined : cut())).toMatch(/generate|edit|chat|question/);
      }),
    );
  });
});
