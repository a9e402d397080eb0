/** Pages on which the search for the article would take minutes are refused before it begins. */
import { describe, expect, it } from 'vitest';
import { DocumentUnreadable } from '../../../src/documents/document.ts';
import { readArticle } from '../../../src/documents/html/read-article.ts';

const SENTENCE = 'The sea is quiet, the boats are in, and the harbour sleeps until the morning. ';
const article = (before: string, after = '') =>
  readArticle(Buffer.from(`${before}<p>${SENTENCE.repeat(20)}</p>${after}`), undefined);

describe('a page with too many', () => {
  it.each([
    ['elements', '<i>a</i>'.repeat(60_000)],
    ['elements in each other', '<div>'.repeat(500)],
    ['elements in each other that nobody closed', '<p><b>a'.repeat(500)],
    ['texts between character references', 'a&amp;'.repeat(60_000)],
    ['characters that are escaped', '>'.repeat(110_000)],
  ])('%s is refused', (_, html) => {
    expect(() => article(html)).toThrow(
      expect.objectContaining({ constructor: DocumentUnreadable, reason: 'too-large' }),
    );
  });
});

it.each([
  ['a hundred elements deep', '<div>'.repeat(100), ''],
  ['of old, with tags that nobody closed', '<font><b>'.repeat(100), ''],
  ['of many parts', '', `<p>${SENTENCE} Aye &amp; no.</p>`.repeat(1_000)],
])('a page %s is read', (_, before, after) => {
  expect(article(before, after).text).toContain(SENTENCE.trim());
});

it.each([
  ['', undefined],
  ['<!doctype html><title>The sea</title><article>', 'The sea'],
  ['<!doctype html><html><head><title>The sea</title></head>', 'The sea'],
  ['<!doctype html><html lang=en><title>The sea</title><h1>Tide</h1>', 'The sea'],
  ['<!doctype html><title>The sea</title><body class=a>', 'The sea'],
])('a page that begins with %j is read', (before, title) => {
  expect(article(before)).toMatchObject({ title, text: expect.stringContaining(SENTENCE.trim()) });
});
