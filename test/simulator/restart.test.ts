import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PATIENCE, segments, startClient } from './client.ts';
import { readFilm } from './mp4-boxes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulator-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = () => startClient({ dataFile: path.join(folder, 'simulator.json') });

test('a run that a restart cut off is finished by the next process', async () => {
  const first = await start();
  const session = await first.session();
  const run = first.run(session, 'The sea is calm. Gulls cry. [[sim:slow]]');
  await expect.poll(() => first.simulator.snapshot().runs[0]?.next, PATIENCE).toBeGreaterThan(0);
  await first.simulator.close();
  expect((await run).broken).toBe(true);

  const second = await start();
  await expect.poll(async () => (await second.state(session)).draft.t?.length, PATIENCE).toBe(3);
  await expect
    .poll(() => second.credits(), PATIENCE)
    .toEqual({ available: 990, frozen: 0, total: 990 });
  expect(second.simulator.snapshot().violations).toEqual([]);
  await second.simulator.close();
});

test('uploads, films and credits are still there; a film cut off is made anew', async () => {
  const first = await start();
  const session = await first.session();
  await first.upload(session, [new File(['picture'], 'a.png')]);
  await first.run(session, 'a 1-second video: Hi.');
  await first.render(session, 'done');
  await first.rendered('done');
  await first.render(session, 'cut-off');
  await first.simulator.close();

  const second = await start();
  const state = await second.state(session);
  expect(segments(state, 0)[0]?.m).toMatchObject({ filename: 'a.png', text: 'Hi.' });
  expect(await (await fetch(state.video_infos[0]?.cdn_url ?? '')).text()).toBe('picture');
  for (const id of ['done', 'cut-off']) {
    const { outputUrl } = await second.rendered(id);
    expect(outputUrl).toContain(second.simulator.filesUrl);
    const film = await fetch(outputUrl ?? '');
    expect(readFilm(Buffer.from(await film.arrayBuffer())).seconds).toBeGreaterThan(0);
  }
  expect((await second.run(session, 'add subtitles')).said).toHaveLength(1);
  await second.simulator.close();
});
