import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragmentsOf, type Line, linesOf, readingOrder } from '../../src/documents/pdf/lines.ts';
import { paragraphsOf } from '../../src/documents/pdf/paragraphs.ts';
import { withoutRunningHeaders } from '../../src/documents/pdf/running-headers.ts';
import type { PdfWord } from '../../src/documents/pdf/word.ts';

const SIZE = 10;
/** Half an em a character; `y` grows downwards. */
const word = (text: string, x: number, y: number, size = SIZE): PdfWord => ({
  text,
  x,
  right: x + text.length * size * 0.5,
  y,
  size,
});
const lines = (words: readonly PdfWord[]): Line[] => linesOf(readingOrder(fragmentsOf(words)));
const texts = (words: readonly PdfWord[]) => lines(words).map((line) => line.text);
const column = (name: string, x: number, from = 100) =>
  Array.from({ length: 8 }, (_, at) =>
    word(`${name}${at} fills the width of it`, x, from + at * 12),
  );

describe('reading order', () => {
  it('is that of drawing, as long as the page is drawn in order', () => {
    const page = [word('Title', 50, 50), ...column('left', 50), ...column('right', 250)];
    expect(texts(page)).toEqual(page.map(({ text }) => text));
  });

  it('goes down each column when a page was drawn line by line across them', () => {
    const [left, right] = [column('left', 50), column('right', 250)];
    const title = word('A title as wide as the page, above both of the columns', 50, 50);
    const across = left.flatMap((line, at) => [line, right[at] ?? line]);
    expect(texts([title, ...across])).toEqual([title, ...left, ...right].map(({ text }) => text));
  });

  it('goes by place when a page was drawn without order', () => {
    const page = [...column('left', 50), ...column('right', 250)];
    const shuffled = page.toSorted((one, other) => (one.text > other.text ? -1 : 1)).reverse();
    const upwards = shuffled.toSorted((one, other) => other.y - one.y);
    expect(texts(upwards)).toEqual(page.map(({ text }) => text));
  });

  it('keeps the cells of a table in their rows', () => {
    const rows = ['Waves', 'Can', 'Logo', 'Gulls', 'Foam'].flatMap((name, at) => [
      word(name, 50, 100 + at * 14),
      word(`${at} s`, 250, 100 + at * 14),
    ]);
    expect(texts(rows)).toEqual([
      'Waves | 0 s',
      'Can | 1 s',
      'Logo | 2 s',
      'Gulls | 3 s',
      'Foam | 4 s',
    ]);
  });

  it('joins what shares a baseline: bullets, raised figures, words drawn one by one', () => {
    expect(texts([word('•', 50, 100), word('Waves', 75, 100)])).toEqual(['• Waves']);
    expect(texts([word('drink.', 50, 100), word('1', 80, 97, 6)])).toEqual(['drink.1']);
    expect(texts([word('sea', 50, 100), word(' ', 65, 100), word('side', 70, 100)])).toEqual([
      'sea side',
    ]);
    expect(texts([word('sea', 50, 100), word('side', 65, 100)])).toEqual(['seaside']);
  });

  it('reads bold type that is printed twice once', () => {
    expect(texts([word('Sea', 50, 100), word('Sea', 50.3, 100)])).toEqual(['Sea']);
  });

  it('loses and doubles no word, wherever the words stand', () => {
    const place = fc.tuple(fc.nat(500), fc.nat(700), fc.integer({ min: 4, max: 30 }));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 80 }), (places) => {
        const words = places.map(([x, y, size], at) => word(`w${at}`, x, y, size));
        const order = readingOrder(words);
        expect([...order].map(({ text }) => text).sort()).toEqual(
          words.map(({ text }) => text).sort(),
        );
      }),
    );
  });
});

describe('withoutFurniture', () => {
  const page = (top: string, middle: string, bottom: string) => ({
    height: 800,
    lines: [word(top, 50, 40), word(middle, 50, 400), word(bottom, 50, 770)].map((line) => ({
      ...line,
      cells: 1,
    })),
  });
  const kept = (pages: ReturnType<typeof page>[]) =>
    withoutRunningHeaders(pages).map(({ lines: left }) => left.map(({ text }) => text));

  it.each([
    ['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3'],
    ['- 7 -', '- 8 -', '- 9 -'],
    ['ii', 'iii', 'iv'],
    ['第 1 页，共 3 页', '第 2 页，共 3 页', '第 3 页，共 3 页'],
    ['Harbour Film Office', 'Harbour Film Office', 'Harbour Film Office'],
    ['The Sea 7', 'The Sea 8', 'The Sea 9'],
    ['7 The Sea', '8 The Sea', '9 The Sea'],
    ['Draft of 2026', 'Draft of 2026', 'Draft of 2026'],
  ])('%s, %s, %s goes', (first, second, third) => {
    const pages = [page('Once', 'a', first), page('upon', 'b', second), page('a time', 'c', third)];
    expect(kept(pages)).toEqual([
      ['Once', 'a'],
      ['upon', 'b'],
      ['a time', 'c'],
    ]);
  });

  it.each([
    ['Scene 1', 'Scene 2', 'Scene 3'],
    ['第1场', '第2场', '第3场'],
    ['Waves', 'Can', 'Logo'],
  ])('%s, %s, %s stays: a script has those at the top of its pages', (first, second, third) => {
    const pages = [page(first, 'a', 'x'), page(second, 'b', 'y'), page(third, 'c', 'z')];
    expect(kept(pages).map(([top]) => top)).toEqual([first, second, third]);
  });

  it('leaves alone what repeats in the middle, and what stands on one page only', () => {
    expect(kept([page('a', 'Refrain', 'x'), page('b', 'Refrain', 'y')])).toEqual([
      ['a', 'Refrain', 'x'],
      ['b', 'Refrain', 'y'],
    ]);
    expect(kept([page('12', 'a', '7')])).toEqual([['12', 'a', '7']]);
  });

  it('knows headers of left and right pages', () => {
    const pages = ['L', 'R', 'L', 'R'].map((top, at) =>
      page(top, `middle ${at}`, `end${'!'.repeat(at)}`),
    );
    expect(kept(pages).flat()).not.toContain('L');
    expect(kept(pages).flat()).not.toContain('R');
  });

  it('does not empty a document whose pages are all the same', () => {
    const only = { height: 800, lines: [{ ...word('Cheers', 50, 40), cells: 1 }] };
    expect(withoutRunningHeaders([only, only])).toEqual([only, only]);
  });
});

describe('paragraphsOf', () => {
  const page = (...rows: [text: string, x?: number, y?: number][]): Line[] =>
    rows.map(([text, x = 50, y], at) => ({ ...word(text, x, y ?? 100 + at * 12), cells: 1 }));

  it('joins the lines of a paragraph and the halves of a word', () => {
    expect(paragraphsOf([page(['The light-'], ['house keeper'], ['walks along.'])])).toBe(
      'The lighthouse keeper walks along.',
    );
  });

  it('keeps the hyphen of a word that the document writes with one', () => {
    const rows = page(
      ['a well-known trouble that is also well-'],
      ['known to every one of the swimmers here'],
    );
    expect(paragraphsOf([rows])).toContain('that is also well-known to every');
  });

  it('keeps the dash before a capital', () => {
    expect(
      paragraphsOf([page(['The film is all about Baden-'], ['Baden and its waters here.'])]),
    ).toContain('Baden- Baden');
  });

  it('ends a line where the writer ended it: the next word would have fitted', () => {
    const rows = page(
      ['The waves come in from the far sea'],
      ['Gulls'],
      ['The waves go out again to the sea'],
    );
    expect(paragraphsOf([rows])).toBe(
      'The waves come in from the far sea Gulls\nThe waves go out again to the sea',
    );
  });

  it('begins a paragraph after a gap', () => {
    const rows = page(
      ['One line', 50, 100],
      ['and two.', 50, 112],
      ['Then three', 50, 124],
      ['Four', 50, 148],
    );
    expect(paragraphsOf([rows])).toMatch(/three\n\nFour$/);
  });

  it('goes on with a sentence on the next page, and with a word', () => {
    expect(paragraphsOf([page(['The waves come in']), page(['from the far sea.'])])).toBe(
      'The waves come in from the far sea.',
    );
    expect(paragraphsOf([page(['The waves come to the har-']), page(['bour.'])])).toBe(
      'The waves come to the harbour.',
    );
    expect(paragraphsOf([page(['The waves come in.']), page(['Gulls cross.'])])).toBe(
      'The waves come in.\n\nGulls cross.',
    );
  });

  it('joins Chinese lines without a space', () => {
    expect(paragraphsOf([page(['清晨的港口，海浪轻轻拍'], ['打着岸边。'])])).toBe(
      '清晨的港口，海浪轻轻拍打着岸边。',
    );
  });

  it('gives each item of a list its line', () => {
    const rows = page(['1. Write the script for the film'], ['2. Film'], ['• Waves'], ['– Can']);
    expect(paragraphsOf([rows])).toBe('1. Write the script for the film\n2. Film\n• Waves\n– Can');
  });
});
