/** "Today" is a day of the calendar: what was asked for before midnight counts no more after it. */
import { expect, test } from 'vitest';
import { alice } from '../../doubles/room.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { rewrite } from './restarting.ts';
import { open, runs } from './support.ts';

const midnight = () => new Date().setHours(0, 0, 0, 0);

/** One request was made at that moment, and the quota is one; gives the house after another. */
async function oneMoreAfter(at: number) {
  const path = await databaseFile();
  const house = await open({ path, rules: { dailyTurns: 1 } });
  await house.room.write('A film about tea.');
  await house.idle();
  await rewrite(house, path, `UPDATE turns SET accepted_at = ${at}`);
  const later = await open({ path, nemo: house.nemo, room: house.room, rules: { dailyTurns: 1 } });
  await later.room.write('A film about rain.', { thread: 't2' });
  await later.idle();
  return later;
}

test('the second before midnight was yesterday', async () => {
  const house = await oneMoreAfter(midnight() - 1);
  expect(runs(house)).toBe(2);
  expect(house.room.privateTo(alice)).toEqual([]);
});

test('midnight is today', async () => {
  const house = await oneMoreAfter(midnight());
  expect(runs(house)).toBe(1);
  expect(house.room.privateTo(alice)).toHaveLength(1);
});
