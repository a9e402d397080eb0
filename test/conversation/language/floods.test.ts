/** Texts of one shape, as long as a message may be, pass through everything that reads words, in a moment. */
import { expect, test } from 'vitest';
import { translateGuiTalk } from '../../../src/conversation/language/gui-talk.ts';
import { cleanText, intentOf } from '../../../src/conversation/language/intent.ts';
import { limitsMentioned } from '../../../src/conversation/language/known-limits.ts';
import { languageOf } from '../../../src/conversation/language/language.ts';
import { tipFor } from '../../../src/conversation/language/tips.ts';

const LENGTH = 200_000;
const SHAPES = [
  ' ',
  '.',
  '\n',
  'a ',
  '每',
  'a-',
  '/',
  '`',
  'a@',
  'http://',
  '10 minutes ',
  '"a ',
  'click ',
];

test.each(SHAPES)('"%s" again and again', (shape) => {
  const flood = `${shape.repeat(LENGTH / shape.length)}x`;
  expect(translateGuiTalk(flood).text).toBe(flood);
  expect(intentOf(flood).type).toMatch(shape === '/' ? /^aside$/ : /^request$/);
  expect(cleanText(flood).length).toBeGreaterThan(0);
  expect(languageOf(flood, 'en')).toMatch(/^[a-z]{2}/);
  limitsMentioned(flood);
  tipFor(flood);
});
