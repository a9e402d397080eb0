/** ffmpeg is bounded: in time, in memory, in what it may write, and there is one at a time. */
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findFfmpeg } from '../../../src/conversation/render/find-ffmpeg.ts';
import { argumentsFor, openShrink } from '../../../src/conversation/render/shrink.ts';
import { fakeFfmpeg, type Manner } from '../../doubles/fake-ffmpeg.ts';
import { recorder } from '../../doubles/house.ts';
import { temporaryFolder } from '../../doubles/temporary-folder.ts';

const MB = 1024 * 1024;
const never = new AbortController().signal;
const video = async () => Readable.from([Buffer.alloc(MB, 1), Buffer.alloc(MB, 2)]);

async function scene(manner: Manner, mostMs?: number) {
  const folder = await temporaryFolder();
  const { program, log } = await fakeFfmpeg(manner);
  const lines: string[] = [];
  const shrink = await openShrink({
    ffmpeg: program,
    folder,
    log: recorder(lines),
    ...(mostMs === undefined ? {} : { mostMs }),
  });
  const runs = async () =>
    (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return { shrink, folder, lines, runs };
}

test('what it makes can be read more than once, and is gone when it is let go', async () => {
  const { shrink, folder } = await scene('works');
  const made = await shrink.make(video, { limit: MB, seconds: 10 }, never);
  if (!made) throw new Error('nothing was made');
  expect(made.bytes).toBe(100_000);
  for (let n = 0; n < 2; n += 1) expect(await buffer(await made.open())).toHaveLength(100_000);
  await made.remove();
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['fails', undefined, /moov atom not found/],
  ['cuts', undefined, undefined],
  ['hangs', 300, /timeout/i],
  ['hoards', 20_000, /ended with null/],
] as const)('one that %s gives nothing and leaves nothing', async (manner, mostMs, logged) => {
  const { shrink, folder, lines } = await scene(manner, mostMs);
  expect(await shrink.make(video, { limit: MB, seconds: 10 }, never)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  if (logged) expect(lines.join('\n')).toMatch(logged);
});

test('an end of the turn ends it, also of one that waits for another', async () => {
  const { shrink, folder, runs } = await scene('hangs');
  const [first, second] = [new AbortController(), new AbortController()];
  const works = [first, second].map(({ signal }) =>
    shrink.make(video, { limit: MB, seconds: 10 }, signal).catch((error: unknown) => error),
  );
  while ((await runs()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await runs()).toHaveLength(1);
  second.abort(new Error('second'));
  first.abort(new Error('first'));
  expect(await Promise.all(works)).toEqual([new Error('first'), new Error('second')]);
  expect(await runs()).toHaveLength(1);
  expect(await readdir(folder)).toEqual([]);
});

test('one that broke off as it was read is not made smaller', async () => {
  const { shrink, runs } = await scene('works');
  const broken = async () =>
    new Readable({
      read() {
        this.destroy(new Error('the host hung up'));
      },
    });
  expect(await shrink.make(broken, { limit: MB, seconds: 10 }, never)).toBeUndefined();
  expect(
    await shrink.make(async () => undefined, { limit: MB, seconds: 10 }, never),
  ).toBeUndefined();
  expect(await runs()).toEqual([]);
});

test('the rate follows from length and limit; what would be a blur is left', () => {
  const rateOf = (limit: number, seconds: number | undefined) => {
    const args = argumentsFor('/a', '/b', { limit, seconds });
    return args?.[args.indexOf('-b:v') + 1];
  };
  expect(Number(rateOf(10 * MB, 30))).toBeGreaterThan(2_000_000);
  expect(Number(rateOf(10 * MB, 180))).toBeLessThan(10 * MB * 8 * (1 / 180));
  expect(argumentsFor('/a', '/b', { limit: MB, seconds: 600 })).toBeUndefined();
  expect(argumentsFor('/a', '/b', { limit: MB, seconds: undefined })).toEqual(
    expect.arrayContaining(['-crf', '-fs', `${MB}`]),
  );
  // A playlist that poses as a video opens no other file and no host.
  expect(argumentsFor('/a', '/b', { limit: MB, seconds: 10 })).toEqual(
    expect.arrayContaining(['-protocol_whitelist', 'file', '-f', 'mov']),
  );
});

test('what an earlier process left is removed, what another is at stays', async () => {
  const folder = await temporaryFolder();
  for (const name of ['old', 'young']) await mkdir(path.join(folder, name));
  const then = new Date(Date.now() - 2 * 3_600_000);
  await utimes(path.join(folder, 'old'), then, then);
  await openShrink({ ffmpeg: '/none', folder, log: recorder([]) });
  expect(await readdir(folder)).toEqual(['young']);
});

test('the program is the one that is named, else the first on PATH that can be run', async () => {
  const folder = await temporaryFolder();
  const [plain, real] = [path.join(folder, 'plain'), path.join(folder, 'real')];
  for (const place of [plain, real]) {
    await mkdir(place);
    await writeFile(path.join(place, 'ffmpeg'), '');
  }
  await mkdir(path.join(folder, 'dir', 'ffmpeg'), { recursive: true });
  await chmod(path.join(real, 'ffmpeg'), 0o755);
  const searched = ['', 'relative', path.join(folder, 'dir'), plain, real].join(path.delimiter);
  expect(await findFfmpeg(undefined, searched)).toBe(path.join(real, 'ffmpeg'));
  expect(await findFfmpeg(undefined, plain)).toBeUndefined();
  expect(await findFfmpeg(path.join(plain, 'ffmpeg'), searched)).toBeUndefined();
  expect(await findFfmpeg(path.join(real, 'ffmpeg'), '')).toBe(path.join(real, 'ffmpeg'));
});
