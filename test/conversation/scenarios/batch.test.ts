/** Several files with one instruction each: one video after the other, each with its own render. */
import { expect, test } from 'vitest';
import type { House, HouseOptions } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { toolCall } from '../../doubles/nemo/steps.ts';
import { bob } from '../../doubles/room.ts';
import { withTitle } from './drafts.ts';
import { databaseFile, hear, open, runs, story, texts, toldAgent } from './support.ts';

const photo = (name: string) => ({
  name,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
});
const files = [photo('harbour.png'), photo('market.png'), photo('garden.png')];
const LIST = '1. slow and calm\n2. fast cuts\n3. with a title';

/** The agent makes another cut at every run. */
function threeCuts(house: House): void {
  for (const name of ['Harbour', 'Market', 'Garden']) house.nemo.script({ draft: withTitle(name) });
}
const videos = (house: House) =>
  house.room
    .visible()
    .flatMap((said) =>
      said.file ? [`${said.file.name}: ${said.message.text.split('\n')[0]}`] : [],
    );
const drafts = (house: House) =>
  house.nemo.received('render').map((r) => JSON.stringify((r.json as { draft: unknown }).draft));

test('three files with three instructions become three videos, in order, each of its own draft', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write(LIST, { files });
  await house.idle();
  expect(texts(house)).toContain(
    "I'll make 3 videos, one after the other: 1. harbour · 2. market · 3. garden",
  );
  expect(videos(house)).toEqual([
    'harbour.mp4: **1 of 3 — harbour.mp4**',
    'market.mp4: **2 of 3 — market.mp4**',
    'garden.mp4: **3 of 3 — garden.mp4**',
  ]);
  expect(runs(house)).toBe(3);
  expect(toldAgent(house, 1)).toContain('slow and calm');
  expect(toldAgent(house, 2)).toMatch(/2 of 3[\s\S]*market\.png[\s\S]*fast cuts/);
  expect(toldAgent(house, 3)).toContain('with a title');
  expect(new Set(drafts(house)).size).toBe(3);
  expect(house.nemo.received('session')).toHaveLength(1);
  expect(story(house)).toContain('All 3 videos are done.');
});

test('"each:" gives all files one instruction', async () => {
  const house = await open();
  threeCuts(house);
  await house.room.write('each: ten seconds, calm', { files: files.slice(0, 2) });
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 1)).toContain('ten seconds, calm');
  expect(toldAgent(house, 2)).toContain('ten seconds, calm');
  expect(videos(house)).toHaveLength(2);
});

test('one that fails is told, and does not stop the others', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', refused(400, 400, 'no'));
  house.nemo.script({ draft: withTitle('Garden') });
  await house.room.write(LIST, { files });
  await house.idle();
  expect(videos(house).map((v) => v.slice(0, 7))).toEqual(['harbour', 'garden.']);
  expect(story(house)).toMatch(/2 of 3 — market\.mp4\*\*\nThat request was refused/);
  expect(story(house)).toContain('2 of 3 videos are done; the others failed.');
});

test('stop ends the rest', async () => {
  const house = await open();
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { hang: true });
  await house.room.write(LIST, { files });
  await hear(house, /1 of 3 — harbour/);
  await house.nemo.arrival('run_sse', 2);
  await house.room.write('stop');
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(videos(house)).toHaveLength(1);
  expect(story(house)).toContain('Stopped.');
});

test('a restart in the middle goes on with the video it was at', async () => {
  const path = await databaseFile();
  const options: HouseOptions = { path };
  const house = await open(options);
  house.nemo.script({ draft: withTitle('Harbour') });
  house.nemo.once('run_sse', () => undefined);
  house.nemo.once('run_sse', { never: true });
  await house.room.write(LIST, { files });
  await house.nemo.arrival('run_sse', 2);
  await house.conversation.drain(0);
  for (const session of house.nemo.sessions.values()) session.draft = withTitle('Market');
  house.nemo.script({ draft: withTitle('Garden') });
  const later = await open({ ...options, nemo: house.nemo, room: house.room });
  await later.idle();
  expect(videos(later).map((v) => v.split(':')[0])).toEqual([
    'harbour.mp4',
    'market.mp4',
    'garden.mp4',
  ]);
  expect(runs(later)).toBe(3);
  expect(later.nemo.received('render')).toHaveLength(3);
  expect(texts(later).filter((text) => /I'll make 3 videos/.test(text))).toHaveLength(1);
});

test('the same content is uploaded once, under whatever name it comes', async () => {
  const house = await open();
  const copy = { ...photo('harbour.png'), name: 'copy.png' };
  await house.room.write('Use both.', { files: [photo('harbour.png'), copy] });
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
  expect(story(house)).toContain(
    '**copy.png** is the same as **harbour.png**, which is here already.',
  );
  await house.room.write('And again.', { by: bob, files: [photo('harbour.png')] });
  await house.idle();
  expect(house.nemo.received('upload')).toHaveLength(1);
});
