/** What an answer or a video offers: a press asks for it as a turn of its own, once, as whoever presses. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { bob, type Said } from '../../doubles/room.ts';
import { first } from './restarting.ts';
import { edit, gate, hear, open, runs, times, toldAgent } from './support.ts';

const landscape = { ...sampleDraft, m: { ...sampleDraft.m, width: 1920, height: 1080 } };

const labelsOf = ({ message }: Said): string[] => (message.buttons ?? []).map(({ label }) => label);

function valueBehind({ message }: Said, label: string): string {
  const does = message.buttons?.find((button) => button.label === label)?.does;
  if (!does || !('action' in does) || !does.value) throw new Error(`there is no ${label}`);
  return does.value;
}

async function finishedVideo(): Promise<{ house: House; video: Said }> {
  const house = await open({ rules: { autoExport: 'first' } });
  await house.room.write('A film about tea.');
  const video = await hear(house, /Video ready!/);
  await house.idle();
  return { house, video };
}

test('under a finished video stand the shapes it has not, and exporting it once more comes last', async () => {
  const { video } = await finishedVideo();
  expect(labelsOf(video)).toEqual([
    'Change something',
    'Landscape',
    'Square',
    'Timeline',
    'Open in editor',
    'Export MP4',
  ]);
});

test('where its shape is not known all are offered', async () => {
  const { m: _, ...shapeless } = sampleDraft;
  const house = await open({ draft: shapeless });
  house.nemo.script(say('Hello.'));
  await house.room.write('hello there, little film');
  await house.idle();
  await house.room.write('export');
  const video = await hear(house, /Video ready!/);
  expect(labelsOf(video)).toEqual(expect.arrayContaining(['Portrait', 'Landscape', 'Square']));
});

test('one press asks for another shape, confirms the edit and exports it; by anybody of the thread, and once', async () => {
  const { house, video } = await finishedVideo();
  house.nemo.script(...edit(landscape, 'It is wide now.'));
  const value = valueBehind(video, 'Landscape');
  const presses = [
    house.room.press('shape', { value, by: bob }),
    house.room.press('shape', { value }),
  ];
  const answers = (await Promise.all(presses)).flat();
  expect(answers).toEqual(['That has been asked for already. To ask once more, write it here.']);
  const answer = await hear(house, /It is wide now/);
  expect(answer.message.mention).toEqual([bob.id]);
  expect(answer.message.text).toContain('✅ Format: 9:16 → 16:9');
  await house.room.until((said) => /Video ready! v2 \(1920×1080/.test(said.message.text));
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toBe('Change the video to landscape (16:9).');
  expect(house.nemo.received('render')).toHaveLength(2);
});

test('a change that did not come about is not exported', async () => {
  const { house, video } = await finishedVideo();
  house.nemo.script(say('I cannot do that.'));
  await house.room.press('shape', { value: valueBehind(video, 'Square') });
  await hear(house, /I cannot do that/);
  await house.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
  expect(times(house, /here it is again/)).toBe(0);
});

test('"Try again" under a change of shape that failed exports it as well', async () => {
  const { house, video } = await finishedVideo();
  house.nemo.script({ heartbeat: true });
  await house.room.press('shape', { value: valueBehind(video, 'Square') });
  const failed = await hear(house, /gave no answer/);
  await house.idle();
  house.nemo.script(
    ...edit({ ...sampleDraft, m: { ...sampleDraft.m, width: 1080, height: 1080 } }, 'A square.'),
  );
  await house.room.press('retry', { value: valueBehind(failed, 'Try again') });
  await hear(house, /Video ready! v2 \(1080×1080/);
  await house.idle();
});

test('the suggestions of the agent become buttons that send its words, as whoever presses', async () => {
  const { house, next } = await first();
  house.nemo.script(
    { draft: sampleDraft },
    say('The tea film is done.\n\n**Next:** add subtitles | a slower ending | export | more rain'),
  );
  await house.room.write('A film about tea.');
  const answer = await hear(house, /The tea film is done/);
  await house.idle();
  expect(answer.message.text).not.toMatch(/Next|subtitles/);
  expect(labelsOf(answer)).toEqual([
    'Export MP4',
    'Timeline',
    'Change something',
    'Open in editor',
    'Add subtitles',
    'A slower ending',
    'More rain',
  ]);
  const again = await next();
  again.nemo.script(say('It ends slowly now.'));
  await again.room.press('suggested', { value: valueBehind(answer, 'A slower ending'), by: bob });
  const second = await hear(again, /ends slowly/);
  await again.idle();
  expect(second.message.mention).toEqual([bob.id]);
  expect(toldAgent(again, 2)).toBe('A slower ending');
});

test('without suggestions of the agent there are ours: for a first video, and for an edit', async () => {
  const house = await open();
  await house.room.write('A film about tea.');
  const made = await hear(house, /Your video is ready/);
  await house.idle();
  expect(labelsOf(made).slice(4)).toEqual(['Add subtitles', 'Adjust the timing']);
  house.nemo.script(...edit(landscape, 'It is wide now.'));
  await house.room.write('make it wide');
  const edited = await hear(house, /It is wide now/);
  await house.idle();
  expect(labelsOf(edited).slice(4)).toEqual(['Change the music', 'Adjust the timing']);
});

test.each([
  ['shape', 'made-up.portrait'],
  ['shape', 'nothing'],
  ['suggested', 'made-up.0'],
] as const)('what a client makes up is not asked for: %s %s', async (action, value) => {
  const { house } = await finishedVideo();
  expect(await house.room.press(action, { value })).toEqual([
    'I no longer know what this button was for. Just write here what you want.',
  ]);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('an offer of another thread is none, nor one that its turn did not make', async () => {
  const { house, video } = await finishedVideo();
  await house.room.write('A film about salt.', { thread: 't2' });
  await house.idle();
  const value = valueBehind(video, 'Square');
  const [turn] = value.split('.');
  const gone = ['I no longer know what this button was for. Just write here what you want.'];
  expect(await house.room.press('shape', { value, thread: 't2' })).toEqual(gone);
  expect(await house.room.press('suggested', { value: `${turn}.9` })).toEqual(gone);
  expect(await house.room.press('shape', { value: `${turn}.round` })).toEqual(gone);
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('a press that found no room may be pressed once more, and is asked once', async () => {
  const house = await open({ rules: { autoExport: 'first', maxQueued: 1 } });
  await house.room.write('A film about tea.');
  const video = await hear(house, /Video ready!/);
  await house.idle();
  const held = gate();
  house.nemo.script({ until: held.opened }, say('Slower now.'));
  await house.room.write('Slower, please.');
  await house.nemo.arrival('run_sse');
  house.nemo.script(say('Quieter now.'));
  await house.room.write('Quieter, please.');
  const value = valueBehind(video, 'Landscape');
  const [full] = await house.room.press('shape', { value });
  expect(full).toMatch(/wait/);
  held.open();
  await hear(house, /Quieter now/);
  await house.idle();
  house.nemo.script(...edit(landscape, 'It is wide now.'));
  const answers = await Promise.all([
    house.room.press('shape', { value, by: bob }),
    house.room.press('shape', { value }),
  ]);
  expect(answers.flat()).toEqual([
    'That has been asked for already. To ask once more, write it here.',
  ]);
  await hear(house, /It is wide now/);
  await house.idle();
  expect(runs(house)).toBe(4);
});
