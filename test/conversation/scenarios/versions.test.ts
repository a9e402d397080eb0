/** Finished videos are versions: numbered, listed, compared, rendered once more as they were. */
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { Said } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { videoOnly, withTitle, withVolume } from './drafts.ts';
import { renders } from './exporting.ts';
import { edit, gate, hear, open, runs, story, texts } from './support.ts';

const first = withTitle('Urban Dreams');
const second = withVolume(0.2);
const third = withTitle('Morning Tea', 5000);

/** Three finished videos: the first, and two edits, each exported. */
async function threeVersions(options: Parameters<typeof open>[0] = {}): Promise<House> {
  const house = await open({ rules: { autoExport: 'always' }, ...options });
  for (const [draft, words] of [
    [first, 'A film about the city.'],
    [second, 'Quieter music.'],
    [third, 'Call it "Morning Tea".'],
  ] as const) {
    house.nemo.script(...edit(draft, 'Done.'));
    await house.room.write(words);
    await house.idle();
  }
  return house;
}

const draftsOrdered = (house: House) => renders(house).map(({ draft }) => draft);
const labels = (said: Said | undefined) => said?.message.buttons?.map(({ label }) => label) ?? [];

/** A word, and what the thread shows for it. */
async function asks(house: House, words: string): Promise<string> {
  const before = texts(house).length;
  await house.room.write(words);
  await house.idle();
  return texts(house).slice(before).join('\n---\n');
}

test('each finished video says which version it is, and from the second on offers the list', async () => {
  const house = await threeVersions();
  const videos = house.room.visible().filter(({ file }) => file);
  expect(videos.map(({ message }) => /Video ready! (v\d+) \(/.exec(message.text)?.[1])).toEqual([
    'v1',
    'v2',
    'v3',
  ]);
  expect(videos.map((said) => labels(said).includes('Versions'))).toEqual([false, true, true]);
});

test('the list has links to messages and videos, and what changed; it compares the last two', async () => {
  const house = await threeVersions();
  const videos = house.room.visible().filter(({ file }) => file);
  const list = await asks(house, 'versions');
  expect(list).toMatch(
    /3 finished videos, the newest first:[\s\S]*\*\*v3\*\*[\s\S]*\*\*v2\*\*[\s\S]*\*\*v1\*\*/,
  );
  for (const { id } of videos) expect(list).toContain(`https://room.test/c/t1/${id}\n`);
  expect(list).toMatch(/\*\*v3\*\*[^*]*Title[^*]*"Morning Tea"/);
  expect(labels(house.room.visible().at(-1))).toEqual([
    'Compare v2 and v3',
    'Export v3',
    'Export v2',
    'Export v1',
  ]);
  const [pressed] = await house.room.press('compare', { value: 'v1 v2' });
  expect(pressed).toMatch(/What changed from v1 to v2:\n[\s\S]*20%/);
  expect(await asks(house, 'compare v1 and v3')).toMatch(/from v1 to v3:[\s\S]*Morning Tea/);
  expect(await asks(house, 'compare the last two versions')).toMatch(/from v2 to v3/);
  expect(await asks(house, 'compare v1 and v9')).toContain(
    'There is no v9 in this thread. The newest is v3',
  );
  expect(await house.room.press('compare', { value: '{"$gt":1}' })).toMatchObject([
    expect.stringContaining('from v2 to v3'),
  ]);
  expect(await house.room.command('versions', { thread: 't1' })).toEqual([list]);
  expect(await house.room.press('versions')).toEqual([list]);
  expect(runs(house)).toBe(3);
});

test('the list is answered at once, also while a turn runs', async () => {
  const house = await threeVersions();
  const running = gate();
  house.nemo.script({ heartbeat: true }, { until: running.opened }, say('Done.'));
  await house.room.write('Make it slower.');
  await house.nemo.arrival('run_sse', 4);
  await house.room.write('versions');
  await hear(house, /3 finished videos/);
  running.open();
  await house.idle();
});

test('an earlier version is said again while its link lives, and rendered as it was where that is dead', async () => {
  const house = await threeVersions();
  const again = await asks(house, 'export v1');
  expect(again).toMatch(/Here it is again: v1 \(1080×1920, 10 s\)\n.*render-result/);
  expect(renders(house)).toHaveLength(3);
  house.nemo.on('file', { status: 404, text: 'gone' });
  house.nemo.once('file', { status: 404, text: 'gone' });
  await house.room.write('export v1');
  await hear(house, /Video ready! v1 /);
  await house.idle();
  expect(draftsOrdered(house)).toEqual([first, second, third, first]);
  expect(await asks(house, 'versions')).toContain('3 finished videos');
});

test('another resolution is rendered of the old cut; a shape that no render can give is said', async () => {
  const house = await threeVersions();
  await house.room.write('v1 720p');
  const said = await hear(house, /Video ready! v1 /);
  await house.idle();
  expect(renders(house).at(-1)).toMatchObject({ draft: first, output: { resolution: '720p' } });
  expect(said.message.text).not.toContain('cannot change the shape');
  await house.room.write('v2 in landscape, 480p');
  const wide = await hear(
    house,
    /Video ready! v2 [\s\S]*A render cannot change the shape, so v2 stays as it was/,
  );
  await house.idle();
  expect(renders(house).at(-1)).toMatchObject({ draft: second, output: { resolution: '480p' } });
  expect(wide.message.text).toContain('“make it landscape”');
  // It is in that shape.
  expect(await asks(house, 'v1 in portrait')).not.toContain('cannot change the shape');
  expect(runs(house)).toBe(3);
});

test('the present cut has the version that it was exported as, however often it is', async () => {
  const house = await threeVersions();
  await asks(house, 'export 720p');
  expect(story(house).match(/Video ready! v3/g)).toHaveLength(2);
  house.nemo.script(...edit(videoOnly, 'Only the clip.'));
  await house.room.write('Only the clip.');
  await hear(house, /Video ready! v4/);
  await house.idle();
});

test('a version that is not there, a thread without one, and one after a new beginning', async () => {
  const bare = await open();
  expect(await asks(bare, 'versions')).toContain('There is no finished video in this thread yet');
  expect(await asks(bare, 'export v1')).toContain('There is no finished video in this thread yet');
  const house = await threeVersions();
  expect(await asks(house, 'export v7')).toContain(
    'There is no v7 in this thread. The newest is v3',
  );
  await asks(house, 'new');
  await house.room.write('v2 480p');
  await hear(house, /Video ready! v2 /);
  await house.idle();
  expect(draftsOrdered(house).at(-1)).toEqual(second);
});

test('versions of an earlier program have numbers and links, and say what is not kept of them', async () => {
  const path = await databaseFile();
  const nemo = await startNemoDouble();
  const house = await threeVersions({ path, nemo });
  await house.close();
  const db = new DatabaseSync(path);
  db.exec('UPDATE renders SET cut = NULL, message = NULL, delivered_at = NULL');
  db.close();
  const later = await open({ path, nemo, room: house.room });
  onTestFinished(nemo.close);
  const list = await asks(later, 'versions');
  expect(list).toMatch(/\*\*v2\*\*[\s\S]*What changed cannot be told/);
  expect(await asks(later, 'v1 480p')).toMatch(
    /v1 cannot be rendered once more[\s\S]*render-result/,
  );
  // The present cut is known by its hash.
  await later.room.write('v3 480p');
  await hear(later, /Video ready! v3 /);
  await later.idle();
});

test('a restart between order and delivery gives the version once', async () => {
  const path = await databaseFile();
  const nemo = await startNemoDouble();
  onTestFinished(nemo.close);
  const house = await threeVersions({ path, nemo });
  const { room } = house;
  nemo.renderPlan = [{ status: 'processing', progress: 10 }];
  await room.write('v1 720p');
  await nemo.arrival('render-state', nemo.received('render-state').length + 1);
  await house.close();
  nemo.renderPlan = [{ status: 'completed' }];
  const later = await open({ path, nemo, room });
  await hear(later, /Video ready! v1 /);
  await later.idle();
  expect(renders(later)).toHaveLength(4);
});
