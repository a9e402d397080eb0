import { expect, test } from 'vitest';
import type { Sample } from '../../../src/conversation/cost/averages.ts';
import { openCosts } from '../../../src/conversation/cost/estimate.ts';
import { openSqliteState } from '../../../src/state/sqlite/open-state.ts';

const sample = (over: Partial<Sample> = {}): Sample => ({
  kind: 'video',
  videos: 1,
  credits: 100,
  minutes: 3,
  seconds: 10,
  ...over,
});

const open = () => openCosts(openSqliteState({ path: ':memory:' }));
const video = { kind: 'video', seconds: undefined, videos: 1 } as const;

test('nothing learnt, nothing said; and of one account nothing of another', async () => {
  const costs = open();
  await costs.learn('a', sample());
  expect(await costs.estimate('b')(video)).toBeUndefined();
  expect(await costs.estimate('a')({ ...video, kind: 'edit' })).toBeUndefined();
  expect(await costs.estimate('a')(video)).toEqual({ credits: 100, minutes: 3 });
});

test('by length where that is known, and for each of several', async () => {
  const costs = open();
  await costs.learn('a', sample());
  expect(await costs.estimate('a')({ ...video, seconds: 30, videos: 2 })).toEqual({
    credits: 600,
    minutes: 6,
  });
});

test('a batch counts by its part, and says nothing of a length', async () => {
  const costs = open();
  await costs.learn('a', sample({ videos: 3, credits: 270, minutes: 9, seconds: undefined }));
  expect(await costs.estimate('a')({ ...video, seconds: 60 })).toEqual({ credits: 90, minutes: 3 });
});

test('one that is far off moves the average little; many move it', async () => {
  const costs = open();
  for (let n = 0; n < 5; n += 1) await costs.learn('a', sample());
  await costs.learn('a', sample({ credits: 100_000 }));
  expect((await costs.estimate('a')(video))?.credits).toBe(140);
  for (let n = 0; n < 30; n += 1) await costs.learn('a', sample({ credits: 50 }));
  expect((await costs.estimate('a')(video))?.credits).toBe(50);
});

test('what several processes learn at once is all learnt', async () => {
  const costs = open();
  await Promise.all([50, 150].map((credits) => costs.learn('a', sample({ credits }))));
  expect((await costs.estimate('a')(video))?.credits).toBe(100);
});
