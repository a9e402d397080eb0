import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords, tidyText, truncateText } from '../../../src/documents/text/tidy-text.ts';

describe('truncateText', () => {
  it.each([
    [
      'after a paragraph, if one ends late enough',
      'One is here.\n\nTwo. Three is cut',
      18,
      'One is here.',
    ],
    ['after a sentence', 'One is here. Two is here. Three is cut', 30, 'One is here. Two is here.'],
    [
      'after a Chinese sentence',
      '海上很安静。镜头慢慢推近。一只手',
      14,
      '海上很安静。镜头慢慢推近。',
    ],
    ['after a closing quote', 'She said: “One is here.” Two is', 28, 'She said: “One is here.”'],
    ['after a word', 'one two three four', 16, 'one two three'],
    ['anywhere, if there is nothing else', 'aaaaaaaaaa', 4, 'aaaa'],
    ['never inside a character', 'aaa😀😀', 4, 'aaa'],
  ])('ends %s', (_, text, limit, expected) => {
    expect(truncateText(text, limit)).toEqual({ text: expected, truncated: true });
  });

  it('leaves alone what fits', () => {
    expect(truncateText('12345', 5)).toEqual({ text: '12345', truncated: false });
  });

  it('gives the beginning of any text, within the limit, with most of the room used', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 10, max: 200 }),
        (text, limit) => {
          const cut = truncateText(text, limit);
          expect(text.startsWith(cut.text)).toBe(true);
          expect(cut.text.length).toBeLessThanOrEqual(limit);
          expect(cut.truncated).toBe(text.length > limit);
          expect(cut.text.isWellFormed()).toBe(text.isWellFormed() || cut.text.isWellFormed());
        },
      ),
    );
  });
});

describe('countWords', () => {
  it.each([
    ['', 0],
    ['One, two — three!', 3],
    ['a well-known trouble, isn’t it', 5],
    ['# Heading\n\n- item | cell', 3],
    ['海上很安静。', 5],
    ['拍 4K 视频', 4],
    ['コーヒー', 4],
    ['바다가 조용합니다', 2],
    ['3.5 million', 2],
  ])('%j: %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

describe('tidyText', () => {
  it('leaves one kind of line end, and no control characters or stretches of nothing', () => {
    expect(tidyText('\ufeffOne  \r\nTwo\r\r\r\r\nThree\0\x07\x1b\f\n\n')).toBe('One\nTwo\n\nThree');
  });

  it('takes out what a terminal or a web page leaves behind', () => {
    expect(tidyText('\x1b[31;1mRed\x1b[0m sea')).toBe('Red sea');
    expect(tidyText('The\u200b sea\u2060 is\u00ad \u202equiet')).toBe('The sea is quiet');
    expect(tidyText('👨\u200d👩\u200d👧')).toBe('👨\u200d👩\u200d👧');
    expect(tidyText('One\u0085Two\u2028Three\rFour\r\nFive')).toBe('One\nTwo\nThree\nFour\nFive');
  });

  it('is finished after one time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = tidyText(text);
        expect(tidyText(once)).toBe(once);
        expect(once).not.toMatch(/\r|\n{3}|^\n|\s$/);
      }),
    );
  });
});
