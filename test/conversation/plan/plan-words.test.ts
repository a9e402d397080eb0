import { describe, expect, test } from 'vitest';
import { answerToPlan, planWish } from '../../../src/conversation/plan/plan-words.ts';

describe('a plan is asked for at the beginning or the end', () => {
  test.each([
    ['plan first', ''],
    ['Plan it first.', ''],
    ['Plan first: a film about tea.', 'a film about tea.'],
    ['Please plan this first\nA film about tea.', 'A film about tea.'],
    ['Show me the plan first. A film about tea.', 'A film about tea.'],
    ['A film about tea. Plan it first!', 'A film about tea.'],
    ['A film about tea, but plan it first', 'A film about tea'],
    ['A film about tea (plan first)', 'A film about tea'],
    ['A film about tea.\n\nPlan first.', 'A film about tea.'],
    ['Can you show me a plan first? A film about tea', undefined],
    ['先给方案', ''],
    ['先给我一个方案：做一个茶的短片', '做一个茶的短片'],
    ['做一个茶的短片，先给方案', '做一个茶的短片'],
    ['做一个茶的短片。先出个方案吧。', '做一个茶的短片。'],
    ['先給我看方案，做一個茶的短片', '做一個茶的短片'],
    ['Primero el plan: una película sobre el té', 'una película sobre el té'],
    ['Una película sobre el té, pero planifícalo primero', 'Una película sobre el té'],
  ])('%s', (text, rest) => {
    if (rest === undefined) return expect(planWish(text).wanted).toBe(false);
    expect(planWish(text)).toEqual({ wanted: true, rest });
  });

  test.each([
    'A film about people who plan first and build later.',
    'A film about people who work hard and plan first',
    'Planning first aid courses: a film for our team',
    'A plan for the first day',
    'The plan first appeared in 1920.',
    '一个关于先规划后建造的短片',
    'make it portrait',
    '',
  ])('and not here: %s', (text) => {
    expect(planWish(text)).toEqual({ wanted: false, rest: text });
  });

  test('however long the script is', () => {
    const script = 'Tea grows on a misty mountain.\n\n'.repeat(5_000).trim();
    expect(planWish(`${script}\n\nPlan first.`)).toEqual({ wanted: true, rest: script });
    expect(planWish(`Plan first.\n\n${script}`)).toEqual({ wanted: true, rest: script });
  });
});

test.each([
  ['make it', 'make'],
  ['Ok, make it!', 'make'],
  ['Looks good, go ahead and make the video', 'make'],
  ['yes', 'make'],
  ['go ahead', 'make'],
  ['开始吧', 'make'],
  ['好的', 'make'],
  ['¡Hazlo!', 'make'],
  ['Sí, por favor', 'make'],
  ['cancel', 'cancel'],
  ['Never mind.', 'cancel'],
  ['No, thanks', 'cancel'],
  ['取消方案', 'cancel'],
  ['算了', 'cancel'],
  ['Cancela el plan', 'cancel'],
  ['make it 30 seconds', undefined],
  ['make it funnier', undefined],
  ['no music', undefined],
  ['yes, but in portrait', undefined],
  ['不要音乐', undefined],
])('an answer to a plan: %s → %s', (text, answer) => {
  expect(answerToPlan(text)).toBe(answer);
});
