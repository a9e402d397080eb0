/** An export of a cut that has not changed since: the render under way, or the finished video said again. */
import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { withMusic } from './drafts.ts';
import { exported, ready, renders } from './exporting.ts';
import { edit, hear, open, times } from './support.ts';

const files = (house: Awaited<ReturnType<typeof open>>) =>
  house.room.visible().filter((said) => said.file);

test('a second press after the video: its link again, no second render and no second file', async () => {
  const house = await ready();
  const video = await exported(house);
  await house.room.press('export');
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(files(house)).toHaveLength(1);
  const again = await hear(house, /Nothing has changed since/);
  const link = /https?:\S+/.exec(video.message.text)?.[0];
  expect(again.message.text).toContain(link);
  expect(again.message.mention).toEqual(['U-alice']);
});

test('two presses at the same moment: one render, one file', async () => {
  const house = await ready();
  await Promise.all([
    house.room.press('export'),
    house.room.press('export'),
    house.room.press('export'),
  ]);
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(files(house)).toHaveLength(1);
  expect(times(house, /Nothing has changed since/)).toBe(2);
});

test('a press while the automatic export runs: one render, one file', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render-state');
  await house.room.press('export');
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(files(house)).toHaveLength(1);
});

test('another resolution is another video', async () => {
  const house = await ready();
  await exported(house);
  await house.room.write('export 1080p');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
  await house.room.write('export 1080p MP4');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
});

test('a cut that was changed, by the agent or in the editor, is rendered; changed back, the first one is said again', async () => {
  const house = await ready();
  await exported(house);
  house.nemo.script(...edit(withMusic, 'Title removed.'));
  await house.room.write('Remove the title.');
  await house.idle();
  await house.room.write('export');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await house.room.write('export');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
  for (const session of house.nemo.sessions.values()) session.draft = { ...sampleDraft, v: 7 };
  await house.room.write('export');
  await house.idle();
  expect(renders(house)).toHaveLength(3);
});

test.each([403, 404, 410])('a link that is dead (%i): a fresh render', async (status) => {
  const house = await ready();
  await exported(house);
  house.nemo.once('file', { status, text: 'gone' });
  await house.room.write('export');
  await house.room.untilTrue(() => times(house, /Video ready!/) === 2);
  await house.idle();
  expect(renders(house)).toHaveLength(2);
  expect(files(house)).toHaveLength(2);
});

test.each([
  ['429', { status: 429, text: '' }],
  ['503', { status: 503, text: '' }],
  ['a reset', { drop: true }],
] as const)('a link that cannot be looked at (%s) is not taken for dead', async (_how, answer) => {
  const house = await ready();
  await exported(house);
  house.nemo.on('file', answer);
  await house.room.write('export');
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(times(house, /Nothing has changed since/)).toBe(1);
});

test('finished without a link: the file by the download route again, no second render', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'completed', outputUrl: null }];
  await exported(house);
  await house.room.write('export');
  await house.room.untilTrue(() => files(house).length === 2);
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  house.nemo.on('download', { status: 404, json: { detail: 'gone' } });
  await house.room.write('export');
  await house.idle();
  expect(renders(house)).toHaveLength(2);
});

test('a render that failed is not the one that is asked for', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'failed', error: 'oom' }];
  await house.room.write('export');
  await house.idle();
  house.nemo.renderPlan = [{ status: 'completed' }];
  await house.room.write('export');
  await hear(house, /Video ready!/);
  await house.idle();
  expect(renders(house)).toHaveLength(3);
});
