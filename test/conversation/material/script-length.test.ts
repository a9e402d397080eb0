/** A script that is too long: its first part, or the gist of the whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { condense } from '../../../src/conversation/material/condense.ts';
import {
  fitIn,
  fitted,
  lengthOf,
  SCRIPT_LIMIT,
} from '../../../src/conversation/material/script-length.ts';

const scene = (n: number) =>
  `Scene ${n}: the lighthouse keeper climbs stair ${n}. It is cold. Yes.`;
const novel = Array.from({ length: 2000 }, (_, n) => scene(n)).join('\n');

describe('the first part', () => {
  test('keeps the instruction, and ends a document at a sentence', () => {
    const script = { text: 'Make it calm.', quoted: '', documents: [{ name: 'a', text: novel }] };
    const short = fitted(script, 'first-part');
    expect(short.text).toBe('Make it calm.');
    expect(novel.startsWith(short.documents[0]?.text ?? '-')).toBe(true);
    expect(short.documents[0]?.text).toMatch(/\.$/);
    expect(lengthOf(short)).toBeGreaterThan(SCRIPT_LIMIT * 0.9);
    expect(lengthOf(short)).toBeLessThanOrEqual(SCRIPT_LIMIT);
  });

  test('takes documents in order, and leaves out what has no room', () => {
    const documents = ['a', 'b', 'c'].map((name) => ({ name, text: 'Waves. '.repeat(1700) }));
    const short = fitted({ text: '', quoted: '', documents }, 'first-part');
    expect(short.documents.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(short.documents[0]?.text).toBe(documents[0]?.text);
  });
});

describe('the gist', () => {
  test('comes from all over the text, word for word and in order', () => {
    const short = condense(novel, 3000);
    expect(short.length).toBeLessThanOrEqual(3000);
    const numbers = [...short.matchAll(/Scene (\d+)/g)].map(([, n]) => Number(n));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers[0]).toBeLessThan(200);
    expect(numbers.at(-1)).toBeGreaterThan(1800);
    for (const line of short.split('\n')) expect(novel).toContain(line);
  });

  test('prefers the sentences that speak of what the text is about', () => {
    const filler = 'And so it was. Well then. Oh no.';
    const told = Array.from(
      { length: 300 },
      (_, n) => `${filler} The lighthouse guides the harbour boats, year ${n}.`,
    ).join(' ');
    expect(condense(told, 2000).match(/Well then/g)?.length ?? 0).toBeLessThan(2);
    expect(condense(told, 2000)).toContain('lighthouse guides the harbour');
  });

  test('loses nothing but repetitions where that is enough', () => {
    const told = 'The sea is calm. Gulls cry. '.repeat(2000);
    expect(condense(told, 20_000)).toBe('The sea is calm.\nGulls cry.');
  });

  test('comes from all over a text without stops, too', () => {
    const words = Array.from({ length: 9000 }, (_, n) => `wave${n}`).join(' ');
    const short = condense(words, 6000);
    expect(short.length).toBeGreaterThan(3000);
    const last = Number(/wave(\d+)$/.exec(short)?.[1]);
    expect(last).toBeGreaterThan(8000);
  });

  test('works without spaces between words', () => {
    const text = Array.from(
      { length: 500 },
      (_, n) => `茶山的清晨很安静${n}。嗯${n}。采茶的人上了茶山${n}。好吧${n}。`,
    ).join('');
    const short = condense(text, 600);
    expect(short.length).toBeLessThanOrEqual(600);
    expect(short).toContain('茶山');
    expect(short).not.toContain('好吧');
  });

  test('shares the room between long documents, and leaves the instruction alone', () => {
    const documents = ['a', 'b'].map((name) => ({ name, text: novel }));
    const short = fitted({ text: 'Portrait, please.', quoted: '', documents }, 'gist');
    expect(short.text).toBe('Portrait, please.');
    expect(short.documents).toHaveLength(2);
    expect(lengthOf(short)).toBeLessThanOrEqual(SCRIPT_LIMIT);
    for (const { text } of short.documents) expect(text.length).toBeGreaterThan(5000);
  });

  test('never exceeds its room, and never breaks a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(200), (text, room) => {
        const short = condense(text, room);
        expect(short.length).toBeLessThanOrEqual(Math.max(room, 0));
        if (text.isWellFormed()) expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

test.each([
  ['first part', 'first-part'],
  ['Use the first part, please', 'first-part'],
  ['前半部分', 'first-part'],
  ['用前面的部分', 'first-part'],
  ['Shorten it', 'gist'],
  ['shorten it please!', 'gist'],
  ['Summarise the script', 'gist'],
  ['缩短一下', 'gist'],
  ['精简', 'gist'],
  ['shorten the whole', 'gist'],
  ['yes, shorten it', 'gist'],
  ['just summarize', 'gist'],
  ['make it shorter', 'gist'],
  ['ok first part', 'first-part'],
  ['the first', 'first-part'],
  ['缩短全文', 'gist'],
  ['把全文缩短', 'gist'],
  ['就用前面的部分吧', 'first-part'],
  ['make it calm and short', undefined],
  ['第一个镜头要慢', undefined],
  ['shorten the intro to two seconds', undefined],
  ['make the first part slower', undefined],
  ['', undefined],
])('“%s” means %s', (text, fit) => {
  expect(fitIn(text)).toBe(fit);
});
