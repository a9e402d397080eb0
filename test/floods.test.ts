/**
 * Everything that reads what people, files or the agent write is fed the same hostile texts (`floods/*.test.ts`). The
 * list of those readers is not kept by hand: what src exports and is given text has to be fed, or excused with a reason.
 */
import { describe, expect, test } from 'vitest';
import { translateGuiTalk } from '../src/conversation/language/gui-talk.ts';
import { cleanText, intentOf } from '../src/conversation/language/intent.ts';
import { languageOf } from '../src/conversation/language/language.ts';
import { EXCUSED } from './floods/excused.ts';
import { textReaders, textReadersIn } from './floods/exports.ts';
import { FEEDERS } from './floods/feeders.ts';
import { IN_DOCUMENTS, IN_MESSAGES } from './floods/feeding.ts';
import { grewTooFast, grewTooFastInDocuments } from './floods/growth.ts';
import { NESTED, SHAPES } from './floods/shapes.ts';

const found = textReaders();
const excused = Object.values(EXCUSED).flat();
const isExcused = (it: string) =>
  excused.some((e) => it === e || (e.endsWith('/') && it.startsWith(e)));

describe('the list of readers', () => {
  test('what src exports and is given text is fed, or excused with a reason', () => {
    expect(found.length).toBeGreaterThan(200);
    expect(found.filter((it) => !(it in FEEDERS) && !isExcused(it))).toEqual([]);
  });

  test('each is fed in one of the two files that share the work', () => {
    expect([...IN_DOCUMENTS, ...IN_MESSAGES].toSorted()).toEqual(Object.keys(FEEDERS).toSorted());
    expect(NESTED.every((shape) => shape in SHAPES)).toBe(true);
  });

  test('nothing is fed or excused that is not there, and nothing is both', () => {
    const listed = [...Object.keys(FEEDERS), ...excused];
    expect(listed.filter((it) => !found.some((at) => at === it || at.startsWith(it)))).toEqual([]);
    expect(excused.filter((it, at) => it in FEEDERS || excused.indexOf(it) !== at)).toEqual([]);
  });

  test.each([
    ['export function read(text: string): void {}', ['a.ts#read']],
    ['export const read = (text: string): string => text;', ['a.ts#read']],
    ['export const read = (\n  text: string,\n): string =>\n  text;', ['a.ts#read']],
    ['export async function* read<T>(at: number, { text }: Material) {}', ['a.ts#read']],
    ['export const none = (1 + 2) * 3;\nconst text = (it: string) => it;', []],
    ['export function count(n: number): number {}', []],
  ])('finds readers in %j', (source, readers) => {
    expect(textReadersIn('a.ts', source)).toEqual(readers);
  });
});

describe('growth', () => {
  const counting = (work: (n: number) => number) => async (n: number) => work(n);
  test('linear work passes, also with a slow start', async () => {
    expect(await grewTooFast(counting((n) => 50 * n))).toBe(false);
    expect(await grewTooFast(counting((n) => 90_000 + n * Math.log2(n)))).toBe(false);
  });
  test('a reader that has nothing to do up to some length passes, and one that looks some way ahead', async () => {
    expect(await grewTooFast(counting((n) => (n < 20_000 ? 1 : 50 * n)))).toBe(false);
    expect(await grewTooFast(counting((n) => n * Math.min(n, 2_000)))).toBe(false);
  });
  test('quadratic work is found, also when it is cheap at first', async () => {
    expect(await grewTooFast(counting((n) => n * n))).toBe(true);
    expect(await grewTooFast(counting((n) => 100 + (n * n) / 1_000))).toBe(true);
  });
  test('what a look at a shorter text leaves open is measured: starting costs, and linear work beside', async () => {
    expect(await grewTooFast(counting((n) => 500 + (n / 32_000) ** 2 * 20_000))).toBe(true);
    expect(await grewTooFast(counting((n) => n + (n / 32_000) ** 2 * 110_000))).toBe(true);
  });
  test('work that is quadratic from some length on is found in a long text alone', async () => {
    const moving = counting((n) => n / 10 + Math.max(0, n - 40_000) ** 2 / 10_000);
    expect(await grewTooFast(moving)).toBe(false);
    expect(await grewTooFastInDocuments(moving)).toBe(true);
  });
  test('one slow moment is not taken for growth', async () => {
    const moments = [900_000, 0, 900_000];
    expect(await grewTooFast(async (n) => n + (moments.shift() ?? 0))).toBe(false);
  });
});

describe('a flood means nothing', () => {
  const shapes = [
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
  test.each(shapes)('%j again and again', (shape) => {
    const flood = `${shape.repeat(200_000 / shape.length)}x`;
    expect(translateGuiTalk(flood).text).toBe(flood);
    expect(intentOf(flood).type).toMatch(shape === '/' ? /^aside$/ : /^request$/);
    expect(cleanText(flood).length).toBeGreaterThan(0);
    expect(languageOf(flood, 'en')).toMatch(/^[a-z]{2}/);
  });
});
