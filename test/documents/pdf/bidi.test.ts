import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRightToLeft, joinedLetters, spokenText } from '../../../src/documents/pdf/bidi.ts';
import type { PdfWord } from '../../../src/documents/pdf/word.ts';

/** As they are seen, from left to right, with a space between them. */
const seen = (...texts: readonly string[]): PdfWord[] => {
  let x = 0;
  return texts.map((text) => {
    const right = x + text.length * 5;
    const word = { text, x, right, y: 0, size: 10 };
    x = right + 3;
    return word;
  });
};

describe('spokenText', () => {
  it.each([
    ['Hebrew, drawn from left to right', seen('שקט', 'הים'), 'הים שקט'],
    ['Hebrew, drawn in the order of speech', seen('שקט', 'הים').reverse(), 'הים שקט'],
    ['a Latin name in Hebrew', seen('שקטה', 'Blue', 'Sea', 'מוזיקה'), 'מוזיקה Blue Sea שקטה'],
    ['a number in Hebrew', seen('.', 'בערב', '2026', 'בשנת'), 'בשנת 2026 בערב .'],
    ['an amount in Hebrew', seen('מהזמן', '50%'), '50% מהזמן'],
    [
      'Hebrew words in English',
      seen('the', 'word', 'טוב', 'שלום', 'means'),
      'the word שלום טוב means',
    ],
    ['brackets as they were written', seen(')', 'שקט', '('), '( שקט )'],
    ['brackets as they are drawn', seen('(', 'שקט', ')'), '( שקט )'],
    ['two numbers in Hebrew', seen('דקות', '20', '10'), '10 20 דקות'],
    ['vowel signs at the end of a word in English', seen('the', 'كتابٌ', 'means'), 'the كتابٌ means'],
    ['an emoji in Hebrew', seen('שקט', '🎬', 'הים'), 'הים 🎬 שקט'],
    ['a year in brackets', seen('לאט', '(2026)', 'בשנת'), 'בשנת (2026) לאט'],
  ])('%s', (_, words, expected) => {
    expect(spokenText(words)).toBe(expected);
  });

  it('loses no letter, whatever the words', () => {
    const word = fc.constantFrom('שלום', 'sea', '12', '-', '(', ')', 'م', '، ', '%');
    const sorted = (text: string) => [...text.replace(/[\s()]/g, '')].sort().join('');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (texts) => {
        expect(sorted(spokenText(seen(...texts)))).toBe(sorted(texts.join('')));
      }),
    );
  });
});

describe('joinedLetters', () => {
  /** Each letter on its own, without a gap; the first one stands furthest right. */
  const letters = (word: string, right: number): PdfWord[] =>
    [...word].map((text, at) => ({
      text,
      x: right - 5 * (at + 1),
      right: right - 5 * at,
      y: 0,
      size: 10,
    }));

  it('makes words of letters, drawn in the order of speech or against it', () => {
    const [first, second] = [letters('שלום', 100), letters('עולם', 70)];
    const texts = (words: PdfWord[]) => joinedLetters(words).map(({ text }) => text);
    expect(texts([...first, ...second])).toEqual(['שלום', 'עולם']);
    expect(texts([...second.toReversed(), ...first.toReversed()])).toEqual(['עולם', 'שלום']);
  });

  it('knows where the word begins and ends', () => {
    expect(joinedLetters(letters('שלום', 100))).toEqual([
      { text: 'שלום', x: 80, right: 100, y: 0, size: 10 },
    ]);
  });

  it('leaves other letters alone', () => {
    const word = seen('sea', 'is');
    expect(joinedLetters(word)).toEqual(word);
  });
});

describe('isRightToLeft', () => {
  it.each([
    ['שלום', true],
    ['البحر 2026', true],
    ['Sea שלום', true],
    ['The sea שלום', false],
    ['2026', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isRightToLeft(text)).toBe(expected);
  });
});
