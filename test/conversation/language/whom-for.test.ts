/** Whom a message is for, as one table; and what counts as a question of the agent's. */
import { expect, test } from 'vitest';
import { phrasesOf } from '../../../src/conversation/language/courtesy.ts';
import { normalised } from '../../../src/conversation/language/intent.ts';
import { wantsAnswer, whomFor } from '../../../src/conversation/language/whom-for.ts';
import { LOCALES } from '../../../src/locales/locales.ts';
import { CASES } from '../fixtures/whom-for.ts';

test('the table has every kind, in three languages', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(120);
});

test.each(CASES)(
  '“$text” (alone: $alone, open: $open, calls: $calls, brings: $brings) → $meant',
  (it) => {
    const { text, calls, alone = false, open = false, brings = false } = it;
    expect(whomFor(text, { calls, alone, asked: open, brings })).toBe(it.meant);
  },
);

test.each([
  'Which style do you prefer?',
  'I can add music. Shall I?\n',
  'Do you want me to go on? 🎬',
  'Which one?\n- warm\n- cold',
  '**要加音乐吗？**',
  '请选择一种风格：\n1. 温暖\n2. 冷色',
  '¿Quieres que añada música?',
  'Please choose a style:\n1. Warm\n2. Cold',
])('“%s” wants an answer', (said) => {
  expect(wantsAnswer(said)).toBe(true);
});

test.each([
  '',
  'Done! The title is bigger now.',
  'Why tea? Because it is good. The video is ready.',
  'Let me know what you think.',
  'I changed:\n- the title\n- the music',
  '好了，标题已经改大。',
  'Listo, el título es más grande.',
])('“%s” wants none', (said) => {
  expect(wantsAnswer(said)).toBe(false);
});

test.each(LOCALES.map(({ code, talk }) => [code, talk] as const))(
  'the phrases of %s are written as they are compared',
  (_code, { thanks, praise, answers, greetings, fillers, about, polite }) => {
    for (const list of [thanks, praise, answers, greetings, fillers, about, polite])
      for (const phrase of phrasesOf(list)) expect(normalised(phrase)).toBe(phrase);
  },
);
