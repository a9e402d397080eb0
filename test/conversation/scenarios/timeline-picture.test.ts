/** What is drawn of a project, and where: by the place itself, as a file, or not at all. */
import { expect, test } from 'vitest';
import type { Chart } from '../../../src/pictures/chart.ts';
import { ChatError, FileRefused } from '../../../src/platforms/chat.ts';
import { sevenEdited, sevenScenes } from '../../doubles/nemo/seven-scenes.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { hear, open } from './support.ts';

const asked: Chart[] = [];
const pictures = {
  png: async (chart: Chart) => {
    asked.push(chart);
    return new Uint8Array([1, 2, 3]);
  },
};
const marks = (chart: Chart | undefined) =>
  chart?.lanes.map(({ segments }) => segments.map(({ mark }) => mark ?? '').join());

async function edited(draws: boolean) {
  asked.length = 0;
  const house = await open({ pictures });
  house.room.capabilities = { ...house.room.capabilities, draws };
  house.nemo.script({ draft: sevenScenes }, say('A day in the harbour.'));
  await house.room.write('A film of a day in the harbour.');
  await house.room.write('export');
  await house.idle();
  house.nemo.script({ draft: sevenEdited }, say('The fourth scene is another.'));
  await house.room.write('Show a teapot in scene 4, and softer music.');
  await house.idle();
  return house;
}

test('a place that draws gets the chart, with what has changed since the last version', async () => {
  const house = await edited(true);
  await house.room.write('timeline');
  const { message, file } = await hear(house, /Nothing is running/);
  expect(file).toBeUndefined();
  expect(asked).toEqual([]);
  expect(message.chart?.title).toBe('A day in the harbour');
  expect(marks(message.chart)).toEqual([',,,changed,,,', 'changed']);
  await house.room.press('timeline');
  expect(house.room.answered.at(-1)?.chart).toEqual(message.chart);
});

test('what has become a version is not marked any more, wherever it was changed', async () => {
  const house = await edited(true);
  await house.room.write('export');
  await hear(house, /Video ready! v2/);
  await house.idle();
  await house.room.write('timeline');
  const { message } = await hear(house, /Nothing is running/);
  expect(marks(message.chart)).toEqual([',,,,,,', '']);
  for (const session of house.nemo.sessions.values()) session.draft = sevenScenes;
  await house.room.press('timeline');
  expect(marks(house.room.answered.at(-1)?.chart)).toEqual([',,,changed,,,', 'changed']);
});

test('of a fresh project in the thread nothing is marked: its first cut is all new', async () => {
  const house = await edited(true);
  await house.room.write('new');
  await house.idle();
  house.nemo.script({ draft: sevenEdited }, say('It is cut.'));
  await house.room.write('A film about a teapot that steams.');
  await hear(house, /It is cut\./);
  await house.idle();
  await house.room.write('timeline');
  const { message } = await hear(house, /Nothing is running/);
  expect(marks(message.chart)).toEqual([',,,,,,', '']);
});

test('another place gets a file with the words as its alternative text', async () => {
  const house = await edited(false);
  await house.room.write('timeline');
  const { file } = await hear(house, /Nothing is running/);
  expect(file).toMatchObject({ name: 'timeline.png', bytes: 3 });
  expect(file?.description).toMatch(
    /^Picture of the timeline\. Timeline \(2 tracks\): 1\. Video: /,
  );
  await house.room.press('timeline');
  expect(house.room.answered.at(-1)?.text).toMatch(/^Timeline \(2 tracks\)/);
  expect(asked).toHaveLength(1);
});

test.each([
  ['takes no files', undefined],
  ['refuses this one', new FileRefused('failed', 'no')],
  ['is gone for files', new ChatError('forbidden', 'no')],
])('a place that %s gets the words alone', async (_, refusal) => {
  const house = await edited(false);
  if (refusal) house.room.fileRefusals.push(refusal as FileRefused);
  else house.room.capabilities = { ...house.room.capabilities, files: false };
  await house.room.write('status');
  const { file, message } = await hear(house, /Nothing is running/);
  expect(file).toBeUndefined();
  expect(message.text).toMatch(/Timeline \(2 tracks\)/);
});

test('a draft that cannot be read is not drawn', async () => {
  const house = await open({ draft: sevenScenes, pictures });
  house.room.capabilities = { ...house.room.capabilities, draws: true };
  await house.room.write('A film, please.');
  await house.idle();
  for (const session of house.nemo.sessions.values()) session.draft = { format: 'another' };
  await house.room.write('status');
  const { message } = await hear(house, /in a form that I cannot read/);
  expect(message.chart).toBeUndefined();
});
