import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFields, withLabels } from '../../../src/documents/pdf/detached-text.ts';
import type { PdfWord } from '../../../src/documents/pdf/word.ts';

const word = (text: string, x: number, y: number): PdfWord => ({
  text,
  x,
  right: x + text.length * 5,
  y,
  size: 10,
});
const texts = (words: readonly PdfWord[]) => words.map(({ text }) => text);

describe('withLabels', () => {
  it('puts what was drawn last before its words', () => {
    const drawn = [
      word('One', 50, 100),
      word('Two', 50, 120),
      word('1.', 30, 100),
      word('•', 30, 120),
    ];
    expect(texts(withLabels(drawn))).toEqual(['1.', 'One', '•', 'Two']);
  });

  it('leaves in place what is in place, and what belongs to no words', () => {
    const drawn = [
      word('1.', 30, 100),
      word('One', 50, 100),
      word('•', 30, 300),
      word('Two', 50, 120),
    ];
    expect(withLabels(drawn)).toEqual(drawn);
  });

  it('does not reach across the page', () => {
    const drawn = [word('Far', 400, 100), word('1.', 30, 100)];
    expect(withLabels(drawn)).toEqual(drawn);
  });

  it('loses and doubles nothing', () => {
    const some = fc.tuple(fc.constantFrom('1.', '•', 'Sea', '-'), fc.nat(60), fc.nat(40));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (all) => {
        const drawn = all.map(([text, x, y]) => word(text, x, y));
        const placed = withLabels(drawn);
        expect(new Set(placed)).toEqual(new Set(drawn));
        expect(placed).toHaveLength(drawn.length);
      }),
    );
  });
});

describe('withFields', () => {
  const page = [word('Title:', 50, 100), word('Story:', 50, 130), word('End.', 50, 300)];

  it.each([
    ['beside the words to its left', word('Sea', 120, 102), ['Title:', 'Sea', 'Story:', 'End.']],
    ['below the words above it', word('Waves', 50, 150), ['Title:', 'Story:', 'Waves', 'End.']],
    ['at the head of the page', word('To', 50, 20), ['To', 'Title:', 'Story:', 'End.']],
  ])('a field stands %s', (_, field, expected) => {
    expect(texts(withFields(page, [field]))).toEqual(expected);
  });

  it('fields are all that some pages have', () => {
    expect(texts(withFields([], [word('One', 50, 20), word('Two', 50, 40)]))).toEqual([
      'One',
      'Two',
    ]);
  });
});
