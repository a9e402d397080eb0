/** Drafts in every form that the backend may keep them in, from an edit to the MP4. */
import { expect, test } from 'vitest';
import { refused } from '../../doubles/nemo/answers.ts';
import {
  markupClip,
  markupDraft,
  markupMusic,
  markupOf,
  markupTitle,
  sampleDraft,
  unknownDraft,
} from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { exported, renders } from './exporting.ts';
import { edit, gate, hear, open, runs, story, texts, times } from './support.ts';

const CANNOT_READ = 'The project has a timeline in a form that I cannot read.';

test.each<[string, (markup: string) => unknown]>([
  ['a string', (markup) => markup],
  ['JSON inside a string', (markup) => JSON.stringify(markup)],
  ['a field of an object', (markup) => ({ main_template: markup, version: 3, ratio: 1 })],
])('a markup draft as %s goes from edit to summary, diff, export and MP4', async (_how, form) => {
  const first = form(markupDraft);
  const second = form(markupOf(markupClip, markupMusic(0.2), markupTitle('Night Lights')));
  const house = await open({ rules: { autoExport: 'first' } });
  house.nemo.script(...edit(first));
  await house.room.write('A film about the city.');
  const made = await hear(house, /Video ready!/);
  await house.idle();
  expect(story(house)).toContain(
    'Timeline (3 tracks): 1. Video: city timelapse.mp4 (0-10s) 2. BGM: lo-fi.mp3 (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
  );
  expect(made.message.text).toContain('(1080×1920, 10 s)');
  house.nemo.script(...edit(second));
  await house.room.write('Quieter music, and the title is "Night Lights".');
  await house.idle();
  expect(story(house)).toContain('✅ Music lo-fi.mp3: volume 35% → 20%');
  expect(story(house)).toContain('✅ Title changed: "Urban Dreams" → "Night Lights" (0–3 s)');
  await house.room.write('status');
  await hear(house, /Nothing is running\.[\s\S]*3\. Title: "Night Lights" \(0-3s\)/);
  await house.room.write('export');
  await house.idle();
  expect(renders(house).map(({ draft }) => draft)).toEqual([first, second]);
  expect(house.room.said.filter(({ file }) => file)).toHaveLength(2);
  expect(story(house)).not.toContain('cannot read');
});

test('a markup draft without a clip is nothing to export', async () => {
  const house = await open({ draft: markupOf('<track id="a" type="video"></track>') });
  house.nemo.script(say('What is it to be about?'));
  await house.room.write('A film.');
  await house.idle();
  await house.room.write('export');
  await house.idle();
  expect(story(house)).toContain('Nothing to export yet');
  expect(renders(house)).toEqual([]);
});

test('a draft in a form that nobody knows is said to be that, and its export is tried and delivered', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  house.nemo.script(...edit(unknownDraft));
  await house.room.write('A film about the city.');
  const made = await hear(house, /Video ready!/);
  await house.idle();
  const answer = await hear(house, /cannot read/);
  expect(answer.message.text).toContain(`${CANNOT_READ} I can still try to export it.`);
  expect(answer.message.buttons?.map(({ does }) => does)).toContainEqual({ action: 'export' });
  expect(renders(house).map(({ draft }) => draft)).toEqual([unknownDraft]);
  expect(made.file?.content).toEqual(Buffer.from(house.nemo.mp4));
  expect(story(house)).not.toContain('Nothing to export');
});

test('a silent edit of it is confirmed, without a word of what it was', async () => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.script(...edit({ ...unknownDraft, rate: 25 }));
  await house.room.write('Make it slower.');
  await house.idle();
  expect(story(house)).toContain('✅ The timeline was changed; I cannot read how.');
  house.nemo.script(...edit({ ...unknownDraft, rate: 25 }));
  await house.room.write('Once more.');
  await house.idle();
  expect(story(house)).toContain('I see no change on the timeline');
  expect(times(house, /I cannot read how/)).toBe(1);
});

test('from a form that is known to one that is not, nothing is said to be removed; nor added on the way back', async () => {
  const house = await open({ draft: sampleDraft });
  house.nemo.script(...edit(unknownDraft));
  await house.room.write('A bigger title.');
  await house.idle();
  expect(story(house)).toMatch(
    /The timeline was changed; I cannot read how\.[\s\S]*in a form that I cannot read/,
  );
  house.nemo.script(...edit(sampleDraft));
  await house.room.write('Back to what it was.');
  await house.idle();
  expect(story(house)).toContain('Timeline (3 tracks)');
  expect(times(house, /I cannot read how/)).toBe(2);
  expect(story(house)).not.toMatch(/removed|added/);
});

test('status and the timeline button say it', async () => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await house.room.write('status');
  await hear(house, /Nothing is running\.\nThe project has a timeline in a form/);
  expect(await house.room.press('timeline')).toEqual([
    `${CANNOT_READ} I can still try to export it.`,
  ]);
  expect(story(house)).not.toContain('No timeline yet');
});

test('"export" of it is tried; of the same cut the video is said again, of a changed one a new one is made', async () => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  await exported(house);
  await house.room.write('export');
  await hear(house, /Nothing has changed since this video was made/);
  await house.idle();
  const changed = { ...unknownDraft, rate: 25 };
  for (const session of house.nemo.sessions.values()) session.draft = changed;
  await house.room.write('export');
  await house.idle();
  expect(renders(house).map(({ draft }) => draft)).toEqual([unknownDraft, changed]);
  expect(runs(house)).toBe(1);
});

test.each([
  ['as soon as it is ordered', 'render', refused(400, 400, 'the draft has no tracks')],
  ['when it is made', 'render-state', { json: { data: { status: 'failed', error: 'no clip' } } }],
] as const)('an export that the backend refuses %s is told honestly', async (_when, route, no) => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.on(route, no);
  await house.room.write('export');
  const said = await hear(house, /Export failed/);
  await house.idle();
  expect(said.message.text).toMatch(/I cannot tell whether there is a video in it yet/);
  expect(said.message.text).not.toMatch(/no tracks|no clip/);
  expect(said.message.buttons?.map(({ does }) => does)).toEqual([{ action: 'export' }]);
  expect(renders(house)).toHaveLength(2);
});

test('a readable one that is refused is told in the usual words, also where an earlier one was not', async () => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(say('Hello.'));
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.on('render', refused(400, 400, 'no'));
  await house.room.write('export');
  await hear(house, /cannot tell whether/);
  await house.idle();
  for (const session of house.nemo.sessions.values()) session.draft = sampleDraft;
  await house.room.write('export');
  await hear(house, /^Export failed, please try again later\.$/);
  await house.idle();
});

test('a lost stream is recovered by a change that nobody can read', async () => {
  const house = await open({ draft: unknownDraft });
  const lost = gate();
  house.nemo.on('state', (_request, world) => {
    if (house.nemo.received('run_sse').length > 0)
      for (const session of world.sessions.values()) session.draft = { ...unknownDraft, rate: 25 };
    lost.open();
    return undefined;
  });
  house.nemo.script({ drop: true });
  await house.room.write('Make it slower.');
  await lost.opened;
  await house.idle();
  expect(story(house)).toMatch(
    /the work got done:\n\n✅ The timeline was changed; I cannot read how\./,
  );
  expect(runs(house)).toBe(1);
});

test('in Chinese', async () => {
  const house = await open({ draft: unknownDraft });
  house.nemo.script(...edit({ ...unknownDraft, rate: 25 }));
  await house.room.write('把视频放慢一点，节奏再慢一些');
  await house.idle();
  await house.room.write('状态');
  await house.idle();
  house.nemo.on('render', refused(400, 400, 'no'));
  await house.room.write('导出');
  await house.idle();
  expect(texts(house).join('\n')).toMatch(
    /时间线已更改，但我读不出改了什么。[\s\S]*它的格式我读不了[\s\S]*导出失败。项目的时间线格式我读不了/,
  );
});
