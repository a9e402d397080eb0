import { expect, test } from 'vitest';
import { tipFor } from '../../../src/conversation/language/tips.ts';
import { hear, open, story } from '../scenarios/support.ts';

test('a script of more than a hundred words gets the advice on length', () => {
  expect(tipFor('word '.repeat(101))).toBe('shorter-script');
  expect(tipFor('字'.repeat(101))).toBe('shorter-script');
  expect(tipFor('word '.repeat(100))).toBeUndefined();
});

test.each([
  'make it better',
  'Make this look nicer please',
  'improve it',
  '弄得好看一点',
  '优化一下',
])('"%s" gets the advice to be specific', (text) => {
  expect(tipFor(text)).toBe('be-specific');
});

test.each(['make the music louder', 'make it 20 seconds', 'add a title', '加个标题'])(
  '"%s" is clear enough',
  (text) => {
    expect(tipFor(text)).toBeUndefined();
  },
);

test('a tip is given with the answer, once in a thread', async () => {
  const house = await open();
  await house.room.write('word '.repeat(120));
  await hear(house, /💡 .*Shorter, specific prompts/);
  await house.room.write('make it better');
  await house.idle();
  expect(story(house).match(/💡/g)).toHaveLength(1);
});

test('a long document is a long script', async () => {
  const house = await open();
  const brief = { name: 'brief.txt', bytes: Buffer.from('The sea is calm today. '.repeat(30)) };
  await house.room.write('A calm film.', { files: [brief] });
  await hear(house, /💡 .*Shorter, specific prompts/);
  await house.idle();
});
