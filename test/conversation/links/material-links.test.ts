/** Which links are the material of a message, and which are text. */
import { expect, test } from 'vitest';
import { linksOf, wordsBeside } from '../../../src/conversation/material/links/link-words.ts';
import { materialLinks } from '../../../src/conversation/material/links/material-links.ts';

const A = 'https://example.com/harbour';

test.each([
  [A, [A]],
  [`<${A}>`, [A]],
  [`make a video of this ${A}`, [A]],
  [`Make a video of this: ${A}.`, [A]],
  [`${A} make a video of it please`, [A]],
  [`Can you turn this article into a short film? ${A}`, [A]],
  [`[this article](${A}) as a video`, [A]],
  [`30 seconds, 9:16, upbeat, based on ${A}`, [A]],
  [`用这个做视频 ${A}`, [A]],
  [`${A}做个视频`, [A]],
  [`请根据这篇文章${A}，做一个三十秒的短片，节奏快一点`, [A]],
  [`haz un video de este artículo: ${A}`, [A]],
  [`${A} hazme un video`, [A]],
  [
    'https://en.wikipedia.org/wiki/Harbour_(disambiguation)',
    ['https://en.wikipedia.org/wiki/Harbour_(disambiguation)'],
  ],
  [`(${A})`, [A]],
  [`${A} ${A} https://b.test/2`, [A, 'https://b.test/2']],
])('%s: material', (text, urls) => {
  expect(materialLinks(text)?.urls).toEqual(urls);
});

test.each([
  'A film about tea.',
  `A film about our shop. It ends with the words: Visit ${A} today.`,
  `End card: order at ${A}`,
  `${'The harbour wakes before the town does, and the boats go out. '.repeat(5)}Read more: ${A}`,
  'https://',
  'make a video of http://',
  `put our address ${A} in the last scene`,
  `把结尾改成 访问我们 ${A}`,
])('%s: text', (text) => {
  expect(materialLinks(text)).toBeUndefined();
});

test('three at most, and it is known that there were more', () => {
  const text = Array.from({ length: 5 }, (_, n) => `https://example.com/${n}`).join('\n');
  expect(materialLinks(text)).toMatchObject({ more: true, alone: true, onlyPoints: true });
  expect(materialLinks(text)?.urls).toHaveLength(3);
});

test.each([
  [`make a video of this ${A}`, true],
  [`film this please: ${A}`, true],
  [`用这个链接做一个视频吧 ${A}`, true],
  [`¿puedes hacer un video de este enlace? ${A}`, true],
  [`make a 30 second video of this ${A}`, false],
  [`用这个做视频，要有灯塔 ${A}`, false],
])('%s only points: %s', (text, only) => {
  expect(materialLinks(text)?.onlyPoints).toBe(only);
});

test('a link alone needs no words; words that only point say nothing where nothing came of it', () => {
  const alone = { typed: A, quoted: '' };
  expect(wordsBeside(linksOf(alone), alone, true).typed).toBe('');
  const pointing = { typed: `film this ${A}`, quoted: '' };
  expect(wordsBeside(linksOf(pointing), pointing, true)).toEqual(pointing);
  expect(wordsBeside(linksOf(pointing), pointing, false).typed).toBe('');
  const wish = { typed: `a 20 second film about rain, like ${A}`, quoted: '' };
  expect(wordsBeside(linksOf(wish), wish, false)).toEqual(wish);
  const under = { typed: 'make a video of this', quoted: A };
  expect(linksOf(under)).toMatchObject({ urls: [A], stand: 'quoted' });
  expect(wordsBeside(linksOf(under), under, true)).toEqual({ typed: under.typed, quoted: '' });
  expect(wordsBeside(linksOf(under), under, false)).toEqual({ typed: '', quoted: '' });
});
