import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpool } from '../../../src/conversation/render/download-to-disk.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

const calm = new AbortController().signal;
const file = (bytes: number, letter = 'a') => Readable.from([Buffer.alloc(bytes, letter)]);

test('what an earlier process left is removed, and nothing new has a name to be left behind by', async () => {
  await mkdir(path.join(folder, 'nemo-bot-old'));
  await writeFile(path.join(folder, 'nemo-bot-old', 'output'), 'left behind');
  const spool = await openSpool(folder);
  expect(await readdir(folder)).toEqual([]);
  const taken = await spool.take(file(1_000), 2_000, calm);
  if (typeof taken === 'string') throw new Error(taken);
  expect(await readdir(folder)).toEqual([]);
  expect(taken.bytes).toBe(1_000);
  // Read as often as the chat wants it, also at the same time.
  const copies = await Promise.all([taken.open(), taken.open()]);
  for (const copy of await Promise.all(copies.map((copy) => buffer(copy))))
    expect(copy.equals(Buffer.alloc(1_000, 'a'))).toBe(true);
  expect(await buffer(await taken.open())).toHaveLength(1_000);
  await taken.remove();
  await taken.remove();
});

test('all files together have a budget, and what is removed or refused is free again', async () => {
  const spool = await openSpool(folder, 1_000);
  const first = await spool.take(file(600), 10_000, calm);
  expect(await spool.take(file(600), 10_000, calm)).toBe('no-room');
  expect(await spool.take(file(600), 500, calm)).toBe('too-long');
  const second = await spool.take(file(400), 10_000, calm);
  if (typeof first === 'string' || typeof second === 'string') throw new Error('not taken');
  expect(await spool.take(file(1), 10_000, calm)).toBe('no-room');
  await first.remove();
  await first.remove();
  expect(await spool.take(file(601), 10_000, calm)).toBe('no-room');
  expect(await spool.take(file(600), 10_000, calm)).toMatchObject({ bytes: 600 });
});

test('a stream that breaks off, or that nobody wants any more, gives its bytes back', async () => {
  const spool = await openSpool(folder, 1_000);
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(900);
      throw new Error('cut off');
    })(),
  );
  await expect(spool.take(broken, 10_000, calm)).rejects.toThrow('cut off');
  await expect(spool.take(file(900), 10_000, AbortSignal.abort())).rejects.toThrow();
  expect(await spool.take(file(1_000), 10_000, calm)).toMatchObject({ bytes: 1_000 });
});
