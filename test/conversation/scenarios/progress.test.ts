/** The status message between two events: it goes on telling the time. */
import { expect, test } from 'vitest';
import { say } from '../../doubles/nemo/steps.ts';
import { gate, open } from './support.ts';

test('the elapsed time is brought up to date although nothing happens', async () => {
  const house = await open();
  const done = gate();
  house.nemo.script({ until: done.opened }, say('Here it is.'));
  await house.room.write('A film about tea.');
  const told = () =>
    new Set(house.room.everSeen().filter((text) => /^Working · \d+ (?:s|min)/.test(text))).size;
  await house.room.untilTrue(() => told() >= 3);
  done.open();
  await house.idle();
  expect(told()).toBeGreaterThanOrEqual(3);
});
