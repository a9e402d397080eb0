/** When none of a message's files could be used and its words only point at them, nothing is sent before its person says so. */
import { expect, test } from 'vitest';
import { openProjects } from '../../../src/conversation/project.ts';
import type { House } from '../../doubles/house.ts';
import { alice, bob, type Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { hear, open, runs, story, texts, toldAgent } from './support.ts';

const broken = { name: 'notes.exe', bytes: Buffer.from('x') };
const script = { name: 'script.txt', bytes: Buffer.from('A fox runs through snow.') };
const QUESTION = /only point at what I could not use/;

const goOn = (asked: Said): string => {
  const does = asked.message.buttons?.map((button) => button.does) ?? [];
  const button = does.find((it) => 'action' in it && it.action === 'words-alone');
  return (button && 'value' in button && button.value) || '';
};

async function asking(options: Parameters<typeof open>[0] = {}): Promise<[House, Said]> {
  const house = await open(options);
  await house.room.write('film this', { files: [broken] });
  const asked = await hear(house, QUESTION);
  await house.idle();
  return [house, asked];
}

test('nothing is sent; the person reads what failed and may go on', async () => {
  const [house, asked] = await asking();
  expect(runs(house)).toBe(0);
  expect(story(house)).toContain("I can't use **notes.exe**: this kind of file is not supported.");
  expect(story(house)).toMatch(/✋ Needs you/);
  expect(asked.message.mention).toEqual([alice.id]);
  expect(asked.message.buttons?.map(({ label }) => label)).toEqual(['Go on without files']);
});

test.each([
  ['用这个做', /指的是我用不了的内容/, '不用文件，继续'],
  ['haz un vídeo con esto', /solo señalan lo que no pude usar/, 'Seguir sin archivos'],
])('it is asked in the language of the words: %s', async (text, question, label) => {
  const house = await open();
  await house.room.write(text, { files: [broken] });
  const asked = await hear(house, question);
  await house.idle();
  expect(asked.message.buttons?.map((button) => button.label)).toEqual([label]);
  expect(runs(house)).toBe(0);
});

test('without a word there is nothing to go on with', async () => {
  const house = await open();
  await house.room.write('', { files: [broken] });
  const said = await hear(house, /nothing left to work with/);
  await house.idle();
  expect(said.message.buttons ?? []).toEqual([]);
  expect(runs(house)).toBe(0);
});

test('one press sends the words alone, and one only', async () => {
  const [house, asked] = await asking();
  const value = goOn(asked);
  const [first, second] = await Promise.all([
    house.room.press('words-alone', { value }),
    house.room.press('words-alone', { value, by: bob }),
  ]);
  await house.idle();
  expect([...first, ...second]).toEqual(['That is settled already.']);
  expect(await house.room.press('words-alone', { value })).toEqual(['That is settled already.']);
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe('film this');
  // In the status of the message and in the question; not once more in the turn of the press.
  const named = texts(house).filter((text) => text.includes('notes.exe'));
  expect(named.map((text) => text.split('\n')[0])).toEqual([
    '✋ Needs you',
    expect.stringContaining('notes.exe'),
  ]);
});

test('the press works after a restart', async () => {
  const path = await databaseFile();
  const [first, asked] = await asking({ path });
  await first.conversation.drain(0);
  const house = await open({ path, nemo: first.nemo, room: first.room });
  await house.room.press('words-alone', { value: goOn(asked) });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe('film this');
});

test('a press is about a message of its own thread that waits for it', async () => {
  const [house, asked] = await asking();
  await house.room.write('A film about tea.', { thread: 't2' });
  await house.idle();
  const gone = ['I no longer have that message. Please write it once more, and mention me.'];
  const other = await house.room.press('words-alone', { value: goOn(asked), thread: 't2' });
  expect(other).toEqual(gone);
  const sent = (await openProjects(house.ledger).of(house.room.refOf('t2')))?.lastRequest;
  expect(sent).toBeDefined();
  const again = await house.room.press('words-alone', { value: sent ?? '', thread: 't2' });
  expect(again).toEqual(gone);
  expect(await house.room.press('words-alone', { value: 'made-up' })).toEqual(gone);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('a repetition that fails the same way asks about the same message', async () => {
  const [house] = await asking();
  await house.room.write('try again');
  await house.room.untilTrue(() => house.room.visible('t1').filter(isQuestion).length === 2);
  await house.idle();
  const asked = house.room.visible('t1').filter(isQuestion).at(-1);
  await house.room.press('words-alone', { value: asked ? goOn(asked) : '' });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe('film this');
});
const isQuestion = ({ message }: Said): boolean => QUESTION.test(message.text);

test('words with content of their own are sent without the file', async () => {
  const house = await open();
  await house.room.write('film this: a fox runs through snow', { files: [broken] });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe('film this: a fox runs through snow');
});

test('a message that was written under another has its words', async () => {
  const house = await open();
  await house.room.write('film this', {
    files: [broken],
    quoted: { text: 'A lighthouse keeper climbs the stairs.' },
  });
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('where some files are missing and others are there, the agent is told which', async () => {
  const house = await open();
  await house.room.write('film this', { files: [script, broken] });
  await house.idle();
  expect(runs(house)).toBe(1);
  expect(toldAgent(house)).toBe(
    'film this\n\nscript.txt:\nA fox runs through snow.\n\nThese files could not be used and are missing; do not make up what is in them: notes.exe',
  );
  expect(story(house)).toContain("I can't use **notes.exe**");
});

test('an order about the video that is there is sent, whatever came with it', async () => {
  const house = await open();
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('make it shorter', { files: [broken] });
  await house.idle();
  expect(runs(house)).toBe(2);
  await house.room.write('add this at the end', { files: [broken] });
  await hear(house, QUESTION);
  await house.idle();
  expect(runs(house)).toBe(2);
});
