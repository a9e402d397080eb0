import { describe, expect, test } from 'vitest';
import type { Plan, PlanWishes } from '../../../src/conversation/plan/plan.ts';
import { changedBy, wishesIn } from '../../../src/conversation/plan/read-wishes.ts';
import { toTurnId } from '../../../src/runtime/ids.ts';

const plan: Plan = {
  origins: [toTurnId('t1')],
  kind: 'video',
  several: false,
  parts: ['Hill', 'Hand', 'Cup', 'Rain'].map((text) => ({ text })),
  wishes: {},
  decided: [],
  added: [],
  files: [],
  told: [],
};
const out = (changed: Plan) => changed.parts.flatMap(({ text, out: is }) => (is ? [text] : []));

describe('what a request says by itself', () => {
  test.each<[string, PlanWishes]>([
    ['A film about tea.', {}],
    [
      'Make a 30-second portrait video about tea with calm piano music',
      { seconds: 30, shape: 'portrait', music: 'calm piano' },
    ],
    [
      'A film about tea. Aspect ratio: 16:9. Length: about 60 seconds.',
      { seconds: 60, shape: 'landscape' },
    ],
    [
      'A film about tea, 4:5, no music, title "Morning Tea"',
      { shape: '4:5', music: false, title: 'Morning Tea' },
    ],
    ['A film about a portrait painter who plays in a square.', {}],
    ['Doors open at 9:30, and 16:45 is the end.', {}],
    [
      '做一个30秒的竖屏视频，配轻快的音乐，标题“早茶”',
      { seconds: 30, shape: 'portrait', music: '轻快', title: '早茶' },
    ],
    [
      'Un video de 30 segundos en vertical, sin música',
      { seconds: 30, shape: 'portrait', music: false },
    ],
  ])('%s', (text, wishes) => {
    expect(wishesIn(text)).toEqual(wishes);
  });
});

describe('words about a plan', () => {
  test.each<[string, PlanWishes]>([
    ['make it 30 seconds', { seconds: 30 }],
    ['30s please', { seconds: 30 }],
    ['a minute long', { seconds: 60 }],
    ['half a minute', { seconds: 30 }],
    ['portrait', { shape: 'portrait' }],
    ['in landscape please', { shape: 'landscape' }],
    ['Can you make it square?', { shape: 'square' }],
    ['make it 4:5', { shape: '4:5' }],
    ['9:16', { shape: 'portrait' }],
    ['no music', { music: false }],
    ['use calm piano music', { music: 'calm piano' }],
    ['music: something slow', { music: 'something slow' }],
    ['no title', { title: false }],
    ['call it "Morning Tea, again"', { title: 'Morning Tea, again' }],
    [
      'Make it 45 seconds, portrait and no music.',
      { seconds: 45, shape: 'portrait', music: false },
    ],
    ['30 秒', { seconds: 30 }],
    ['改成竖屏', { shape: 'portrait' }],
    ['不要音乐', { music: false }],
    ['标题改成“早茶”', { title: '早茶' }],
    ['改成 45 秒，竖屏，不要配乐', { seconds: 45, shape: 'portrait', music: false }],
    ['30 segundos, vertical y sin música', { seconds: 30, shape: 'portrait', music: false }],
  ])('%s', (text, wishes) => {
    const { plan: changed, known } = changedBy(plan, text);
    expect(changed.wishes).toEqual(wishes);
    expect(changed.decided.sort()).toEqual(Object.keys(wishes).sort());
    expect(changed.added).toEqual([]);
    expect(known).toBe(true);
  });

  test.each<[string, string[]]>([
    ['drop scene 2', ['Hand']],
    ['please remove scenes 2 and 4', ['Hand', 'Rain']],
    ['skip the second scene', ['Hand']],
    ['去掉第 2 个场景', ['Hand']],
    ['quita la escena 2', ['Hand']],
  ])('%s', (text, names) => {
    const { plan: changed } = changedBy(plan, text);
    expect(out(changed)).toEqual(names);
    expect(changed.added).toEqual([]);
  });

  test('what is not known is kept as it was said, beside what is', () => {
    expect(changedBy(plan, 'Make scene 2 thirty seconds long and funnier').plan.added).toEqual([
      'Make scene 2 thirty seconds long and funnier',
    ]);
    const both = changedBy(plan, 'portrait, and the dog should be brown').plan;
    expect(both).toMatchObject({
      wishes: { shape: 'portrait' },
      added: ['the dog should be brown'],
    });
    const twice = changedBy(changedBy(plan, 'funnier').plan, 'and warmer').plan;
    expect(twice.added).toEqual(['funnier', 'and warmer']);
  });

  test('a scene that there is not, and the last one, are not left out', () => {
    expect(changedBy(plan, 'drop scene 9').plan).toMatchObject({ added: ['drop scene 9'] });
    const one = { ...plan, parts: [{ text: 'Hill' }] };
    expect(out(changedBy(one, 'drop scene 1').plan)).toEqual([]);
  });

  test('the later of two wishes counts', () => {
    const first = changedBy(plan, '30 seconds, portrait').plan;
    expect(changedBy(first, 'no, 20 seconds').plan.wishes).toEqual({
      seconds: 20,
      shape: 'portrait',
    });
  });
});
