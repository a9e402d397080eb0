/** A script that is longer than a video takes: never a dead end, and never cut without a word. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { bob, type Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { hear, open, runs, story, toldAgent, tryAgain } from './support.ts';

const LIMIT = 20_000;
const novel = Array.from(
  { length: 1200 },
  (_, n) => `Chapter ${n}: the lighthouse keeper climbs the ${n} stairs again.`,
).join('\n');
const file = { name: 'novel.txt', bytes: Buffer.from(novel) };

const choose = async (house: House, asked: Said, action: 'first-part' | 'gist') => {
  const does = asked.message.buttons?.map((button) => button.does) ?? [];
  const button = does.find((it) => 'action' in it && it.action === action);
  await house.room.press(action, button && 'value' in button ? { value: button.value ?? '' } : {});
};
const asks = (house: House) => hear(house, /\*\*novel\.txt\*\* is long: [\d,]+ characters/);

test('a document that is too long: nothing is sent before its person has chosen', async () => {
  const house = await open();
  await house.room.write('A calm film, please.', { files: [file] });
  const asked = await asks(house);
  await house.idle();
  expect(runs(house)).toBe(0);
  expect(story(house)).toMatch(/✋ Needs you/);
  expect(asked.message.buttons?.map(({ label }) => label)).toEqual([
    'Use the first part',
    'Shorten it',
  ]);
  expect(asked.message.mention).toEqual(['U-alice']);
});

test('the first part: the instruction whole, the document up to a sentence', async () => {
  const house = await open();
  await house.room.write('A calm film, please.', { files: [file] });
  await choose(house, await asks(house), 'first-part');
  await house.nemo.arrival('run_sse');
  await house.idle();
  expect(toldAgent(house)).toMatch(/^A calm film, please\.\n\nnovel\.txt:\nChapter 0: /);
  expect(toldAgent(house)).toMatch(/stairs again\.$/);
  expect(toldAgent(house).length).toBeLessThan(LIMIT + 100);
  expect(story(house)).toMatch(/I use the first 19,9\d\d of 7\d,\d\d\d characters/);
  expect(story(house)).toContain('Your video is ready');
});

test('shortened: from the beginning to the end, and the agent is told that it is a selection', async () => {
  const house = await open();
  await house.room.write('A calm film, please.', { files: [file] });
  await choose(house, await asks(house), 'gist');
  await house.nemo.arrival('run_sse');
  await house.idle();
  const told = toldAgent(house);
  expect(told).toContain('a selection from a much longer one');
  expect(told).toContain('A calm film, please.');
  const chapters = [...told.matchAll(/Chapter (\d+)/g)].map(([, n]) => Number(n));
  expect(Math.min(...chapters)).toBeLessThan(100);
  expect(Math.max(...chapters)).toBeGreaterThan(1100);
  expect(told.length).toBeLessThan(LIMIT + 300);
  expect(story(house)).toMatch(/Shortened: I use the most telling [\d,]+ of 7\d,\d\d\d characters/);
});

test.each([
  ['first part', /I use the first/],
  ['Shorten it!', /Shortened/],
  ['前半部分', /我用前/],
])('the answer may be typed: %s', async (answer, said) => {
  const house = await open();
  await house.room.write('', { files: [file] });
  await asks(house);
  await house.room.write(answer);
  await hear(house, said);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toContain('lighthouse keeper');
});

test('the same words are a wish like any other where nothing was asked', async () => {
  const house = await open();
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('shorten it');
  await house.idle();
  expect(toldAgent(house, 2)).toBe('shorten it');
});

test('and again after another request: the question is over', async () => {
  const house = await open();
  await house.room.write('', { files: [file] });
  await asks(house);
  await house.room.write('Make a film about tea instead.');
  await house.idle();
  await house.room.write('shorten it');
  await house.idle();
  expect(toldAgent(house, 2)).toBe('shorten it');
});

test('pasted text is asked about as well', async () => {
  const house = await open();
  await house.room.write(novel);
  const asked = await hear(house, /^The script is long: 7\d,\d\d\d characters/);
  await house.idle();
  expect(runs(house)).toBe(0);
  await choose(house, asked, 'first-part');
  await house.nemo.arrival('run_sse');
  await house.idle();
  expect(novel.startsWith(toldAgent(house))).toBe(true);
});

test('"Try again" after a failure keeps what was chosen', async () => {
  const house = await open();
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  await house.room.write('', { files: [file] });
  await choose(house, await asks(house), 'gist');
  const failed = await hear(house, /refused by NemoVideo/);
  await house.idle();
  await tryAgain(house, failed);
  await house.nemo.arrival('run_sse', 2);
  await house.idle();
  expect(toldAgent(house, 2)).toBe(toldAgent(house, 1));
});

test('two people choose at once: one video is made, and the other is told', async () => {
  const house = await open();
  await house.room.write('', { files: [file] });
  const asked = await asks(house);
  await house.idle();
  const value = asked.message.buttons?.map(({ does }) => ('action' in does ? does.value : ''))[0];
  await house.room.press('first-part', { value: value ?? '' });
  await house.room.press('gist', { value: value ?? '', by: bob });
  await hear(house, /nothing to repeat/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('a short document with a longer text: it is the script that is long', async () => {
  const house = await open();
  const short = { name: 'short.txt', bytes: Buffer.from('The sea is calm. '.repeat(1160)) };
  await house.room.write('A calm film. '.repeat(60), { files: [short] });
  await hear(house, /^The script is long: 20,\d\d\d characters/);
  await house.idle();
});

test('the question outlives a restart', async () => {
  const path = await databaseFile();
  const house = await open({ path });
  await house.room.write('', { files: [file] });
  const asked = await asks(house);
  await house.idle();
  await house.conversation.drain(0);
  const later = await open({ path, nemo: house.nemo, room: house.room });
  await choose(later, asked, 'first-part');
  await hear(later, /Your video is ready/);
  await later.idle();
  expect(runs(later)).toBe(1);
});

test('of several videos, each takes its first part without a question', async () => {
  const house = await open();
  const tea = { name: 'tea.txt', bytes: Buffer.from('A film about tea.') };
  await house.room.write('each: calm', { files: [file, tea] });
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(story(house)).toContain('I use the first');
});
