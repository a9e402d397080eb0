/** What is drawn of a timeline, as a tree and as markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockFace, marksOf } from '../../src/pictures/axis.ts';
import type { Chart } from '../../src/pictures/chart.ts';
import { draw } from '../../src/pictures/draw.ts';
import { packed } from '../../src/pictures/rows.ts';
import { markup, type Shape, shape } from '../../src/pictures/shape.ts';
import { fitted, textWidth, wrapped } from '../../src/pictures/text-width.ts';
import { CHARTS } from './charts.ts';

const all = (root: Shape): Shape[] => [
  root,
  ...root.children.flatMap((it) => (typeof it === 'string' ? [] : all(it))),
];
const textsIn = (root: Shape): string[] =>
  all(root).flatMap(({ tag, children }) => (tag === 'text' ? [children.join('')] : []));
const number = (value: string | number | undefined): number => Number(value ?? 0);

describe.each(Object.entries(CHARTS))('the picture of %s', (_, chart) => {
  const drawn = draw(chart);

  it('has nothing outside of its edges', () => {
    const [width, height] = [number(drawn.attrs['width']), number(drawn.attrs['height'])];
    for (const { tag, attrs, children } of all(drawn)) {
      if (tag === 'rect') {
        expect(number(attrs['x']) + number(attrs['width'])).toBeLessThanOrEqual(width);
        expect(number(attrs['y']) + number(attrs['height'])).toBeLessThanOrEqual(height);
      }
      if (tag !== 'text') continue;
      const wide = textWidth(children.join(''), number(attrs['font-size']));
      const right = attrs['text-anchor'] === 'end' ? number(attrs['x']) : number(attrs['x']) + wide;
      if (attrs['text-anchor'] !== 'middle') expect(right).toBeLessThanOrEqual(width);
    }
  });

  it('tells of every segment, and what a message about it begins with', () => {
    const prompts = all(drawn).flatMap(({ attrs }) => attrs['data-prompt'] ?? []);
    expect(prompts).toEqual(chart.lanes.flatMap((it) => it.segments.map(({ prompt }) => prompt)));
  });
});

it('says what is there: names, the title’s words, how loud the music is, what is marked', () => {
  const texts = textsIn(draw(CHARTS['seven segments'] as Chart)).join('\n');
  for (const words of ['A day in the harbour', '16:9 · 31.5 s', 'Lo-fi · 20%', '0:30', 'Video'])
    expect(texts).toContain(words);
  expect(texts).toContain('changed since the last version');
  expect(texts).toContain('new since the last version');
  expect(textsIn(draw(CHARTS['one segment'] as Chart)).join()).not.toMatch(/last version/);
  expect(textsIn(draw(CHARTS['empty'] as Chart)).join()).toContain('Nothing on the timeline yet');
});

describe('markup', () => {
  it('holds what strangers wrote as text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const written = markup(shape('text', { fill: text }, text));
        expect(written.match(/</g)).toHaveLength(2);
        expect(written).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(written.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them.
        expect(written).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      }),
    );
  });
});

describe('the time axis', () => {
  it.each([
    [0.5, 1],
    [10, 11],
    [31.5, 7],
    [180, 13],
    [7_200, 13],
    [400_000, 12],
  ])('of %d seconds has %d marks', (seconds, count) => {
    const marks = marksOf(seconds);
    expect(marks).toHaveLength(count);
    expect(marks.at(-1)).toBeLessThanOrEqual(seconds);
  });

  it('shows hours where there are any', () => {
    expect([5, 65, 3_725].map(clockFace)).toEqual(['0:05', '1:05', '1:02:05']);
  });
});

describe('names', () => {
  it('never take more room than there is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 3 }),
        (text, room, most) => {
          const cut = fitted(text, 13, room);
          expect(cut === '' || textWidth(cut, 13) <= room + 0.001).toBe(true);
          const lines = wrapped(text, 13, room, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(room + 0.001);
        },
      ),
    );
  });

  it('break between words, and anywhere in Chinese', () => {
    expect(wrapped('sunrise over the harbour', 13, 100, 2)).toEqual([
      'sunrise over',
      'the harbour',
    ]);
    expect(wrapped('清晨的茶园薄雾散开', 10, 50, 2)).toEqual(['清晨的茶园', '薄雾散开']);
  });
});

it('segments that overlap lie under each other, and no more rows are made than may be', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))),
      (list) => {
        const spans = list.map(([start, length]) => ({ start, end: start + length }));
        const { rows, count } = packed(spans, 4);
        expect(count).toBeLessThanOrEqual(4);
        for (const [one, a] of spans.entries())
          for (const [other, b] of spans.entries())
            if (one < other && rows[one] === rows[other] && rows[one] !== 3)
              expect(a.end <= b.start || b.end <= a.start).toBe(true);
      },
    ),
  );
});
