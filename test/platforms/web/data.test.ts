/** What is stored of the playground: deleted with its messages and files, and handed out. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { startWebStudio, type WebStudio } from './studio.ts';

let studio: WebStudio;
afterEach(async () => {
  expect(studio.errors).toEqual([]);
  await studio.close();
});

test('a conversation is emptied, its files and record go, and the next message begins anew', async () => {
  studio = await startWebStudio();
  const { house, thread } = studio;
  const record = () =>
    house.ledger.onRecord({ thread: toThreadKey(`web:local:playground:${thread}`) });
  const files = () => readdir(path.join(studio.folder, 'playground-files'));
  await studio.write('A film about tea.');
  await house.idle();
  await studio.write('export');
  await studio.hear((it) => /Video ready!/.test(it.text));
  await house.idle();
  expect(await files()).not.toEqual([]);
  await studio.command('export-data');
  const offer = await studio.hear((it) => it.buttons.some(({ label }) => /the file/.test(label)));
  await studio.press(offer, 'Give me the file');
  const handed = await studio.hear((it) => it.files.some(({ name }) => name === 'nemo-data.json'));
  expect(handed.private).toBe(true);
  const data = await (await studio.file(handed.files[0]?.id ?? '')).text();
  expect(JSON.parse(data).requests).toMatchObject([
    { text: 'A film about tea.' },
    { text: 'export' },
  ]);
  expect(data).not.toContain(house.nemo.token);
  await studio.command('forget');
  const card = await studio.hear((it) => /Delete what I store/.test(it.text));
  expect(card.text).toContain('The messages and files here are deleted, too.');
  await studio.press(card, 'Delete this project');
  const shown = (await studio.messages()).map(({ text }) => text);
  expect(shown).toEqual(['Deleted. I store nothing of that any more.']);
  expect(await files()).toEqual([]);
  expect(await record()).toEqual({ threads: 0, turns: 0, renders: 0 });
  expect((await studio.file(handed.files[0]?.id ?? '')).status).toBe(404);
  await studio.write('A film about rain.');
  await house.idle();
  expect(await record()).toMatchObject({ threads: 1, turns: 1 });
});
