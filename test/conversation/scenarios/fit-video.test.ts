/** A video that its place does not take comes as a smaller copy, too: ordered once, else made here, else not at all. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { fakeFfmpeg } from '../../doubles/fake-ffmpeg.ts';
import type { House } from '../../doubles/house.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { givesSizes, orderedResolutions, type Sizes } from '../../doubles/nemo/video-sizes.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { renders } from './exporting.ts';
import { gate, hear, open, times } from './support.ts';

const MB = 1024 * 1024;
const COPY = /smaller copy to play here; the full one is behind the link/i;
const LINK = /Video ready! v1 [\s\S]*The file \(30 MB\) is over the 10 MB limit here/;

async function large(sizes: Sizes, options: Parameters<typeof open>[0] = {}): Promise<House> {
  const house = await open({
    ...options,
    rules: { autoExport: 'first', fitVideo: true, ...options.rules },
  });
  givesSizes(house.nemo, sizes);
  return house;
}

async function exports(house: House): Promise<void> {
  await house.room.write('A film about tea.');
  await hear(house, LINK);
  await house.idle();
}

const files = (house: House) => house.room.said.flatMap(({ file }) => file?.bytes ?? []);

test('the link comes at once; the copy follows as a render of its own of the same cut', async () => {
  const house = await large({ full: 30 * MB, '720p': 3 * MB });
  const ordered = gate();
  house.nemo.once('render', () => undefined);
  house.nemo.once('render', async () => {
    await ordered.opened;
    return undefined;
  });
  await house.room.write('A film about tea.');
  const link = await hear(house, LINK);
  expect(link.file).toBeUndefined();
  await house.nemo.arrival('render', 2);
  // The thread is free, and the link is there, while the copy is not even ordered.
  expect(times(house, COPY)).toBe(0);
  await house.room.write('status');
  await hear(house, /Nothing is running/);
  ordered.open();
  const copy = await hear(house, COPY);
  await house.idle();
  expect(copy.file?.bytes).toBe(3 * MB);
  expect(copy.message.mention ?? []).toEqual([]);
  expect(renders(house).map(({ draft, output }) => ({ draft, output }))).toEqual([
    { draft: sampleDraft, output: { format: 'mp4', quality: 'high' } },
    { draft: sampleDraft, output: { format: 'mp4', quality: 'high', resolution: '720p' } },
  ]);
  await house.room.write('versions');
  await hear(house, /One finished video so far/);
});

test('where 720 lines are too many, 480 are ordered; then no more', async () => {
  const house = await large({ full: 30 * MB, '720p': 12 * MB, '480p': 4 * MB });
  await exports(house);
  expect(orderedResolutions(house.nemo)).toEqual([undefined, '720p', '480p']);
  expect(files(house)).toEqual([4 * MB]);
  const heavy = await large({ full: 30 * MB, '720p': 20 * MB, '480p': 12 * MB });
  await exports(heavy);
  expect(orderedResolutions(heavy.nemo)).toEqual([undefined, '720p', '480p']);
  expect(files(heavy)).toEqual([]);
  expect(times(heavy, COPY)).toBe(0);
});

test('a host that ignores the wish is asked once; ffmpeg makes the copy, where there is one', async () => {
  const without = await large({ full: 30 * MB });
  await exports(without);
  expect(orderedResolutions(without.nemo)).toEqual([undefined, '720p']);
  expect(files(without)).toEqual([]);
  const { program, log } = await fakeFfmpeg('works');
  const house = await large({ full: 30 * MB }, { ffmpeg: program });
  await exports(house);
  expect(orderedResolutions(house.nemo)).toEqual([undefined, '720p']);
  const copy = await hear(house, COPY);
  expect(copy.file?.bytes).toBe(100_000);
  const runs = readFileSync(log, 'utf8').trim().split('\n');
  expect(runs).toHaveLength(1);
  const { args, env } = JSON.parse(runs[0] ?? '');
  expect(args).toEqual(expect.arrayContaining(['libx264', 'aac', '+faststart', `${10 * MB}`]));
  expect(env.filter((name: string) => !['PATH', '__CF_USER_TEXT_ENCODING'].includes(name))).toEqual(
    [],
  );
  // Nothing of it stays on disk.
  expect(existsSync(path.dirname(args.at(-1)))).toBe(false);
});

test.each(['fails', 'cuts'] as const)('an ffmpeg that %s leaves the link', async (manner) => {
  const { program } = await fakeFfmpeg(manner);
  const house = await large({ full: 30 * MB }, { ffmpeg: program });
  await exports(house);
  expect(files(house)).toEqual([]);
  expect(times(house, COPY)).toBe(0);
});

test('an order that is refused, fails, or cannot be placed: ffmpeg, and nobody is told', async () => {
  for (const answer of [refused(400, 400, 'no such resolution'), { status: 402 }] as const) {
    const { program } = await fakeFfmpeg('works');
    const house = await large({ full: 30 * MB, '720p': MB }, { ffmpeg: program });
    house.nemo.on('render', ({ json }) =>
      JSON.stringify(json).includes('720p') || JSON.stringify(json).includes('480p')
        ? answer
        : undefined,
    );
    await exports(house);
    expect(files(house)).toEqual([100_000]);
    expect(times(house, /failed|plan|try again/i)).toBe(0);
  }
});

test('FIT_VIDEO=off, a video that fits, and a place without files: no copy', async () => {
  const off = await large({ full: 30 * MB, '720p': MB }, { rules: { fitVideo: false } });
  await exports(off);
  const fits = await large({ full: 9 * MB });
  await fits.room.write('A film about tea.');
  await hear(fits, /Video ready/);
  await fits.idle();
  for (const house of [off, fits]) expect(orderedResolutions(house.nemo)).toEqual([undefined]);
  const bare = await large({ full: 30 * MB });
  bare.room.capabilities = { ...bare.room.capabilities, files: false };
  await bare.room.write('A film about tea.');
  await hear(bare, /Files cannot be posted here/);
  await bare.idle();
  expect(orderedResolutions(bare.nemo)).toEqual([undefined]);
});

test('a video that was ordered small is not ordered at more lines', async () => {
  const house = await large({ full: 30 * MB, '720p': 12 * MB, '480p': MB });
  await exports(house);
  await house.room.write('export 720p');
  await house.idle();
  expect(orderedResolutions(house.nemo)).toEqual([undefined, '720p', '480p', '720p', '480p']);
});

test('whoever goes on from any moment orders nothing twice and posts nothing twice', async () => {
  const database = await databaseFile();
  const nemo = await startNemoDouble();
  onTestFinished(nemo.close);
  const house = await large({ full: 30 * MB, '720p': 3 * MB }, { path: database, nemo });
  const { room } = house;
  const moments: string[] = [];
  /** The record as it is now: what a worker that is killed here leaves. */
  const keep = () => {
    const copy = `${database}.${moments.length}`;
    const db = new DatabaseSync(database);
    db.exec(`VACUUM INTO '${copy}'`);
    db.close();
    moments.push(copy);
    return undefined;
  };
  nemo.once('render', () => undefined);
  nemo.once('render', keep);
  nemo.on('render-state', () => (orderedResolutions(nemo).length > 1 ? keep() : undefined));
  await room.write('A film about tea.');
  await hear(house, COPY);
  keep();
  await house.idle();
  keep();
  await house.close();
  expect(moments.length).toBeGreaterThan(4);
  nemo.on('render-state', () => undefined);
  for (const moment of moments) {
    const later = await open({ path: moment, nemo, room, rules: { fitVideo: true } });
    await later.idle();
    await later.close();
    expect(orderedResolutions(nemo), moment).toEqual([undefined, '720p']);
    expect(
      room.said.filter(({ file }) => file),
      moment,
    ).toHaveLength(1);
    expect(
      room.said.filter(({ message }) => LINK.test(message.text)),
      moment,
    ).toHaveLength(1);
  }
});
