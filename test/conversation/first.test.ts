import { expect, test } from 'vitest';
import { startHouse } from '../doubles/house.ts';
import { transcript } from '../doubles/room.ts';

test('a script becomes a video', async () => {
  const house = await startHouse({ rules: { autoExport: 'first' } });
  await house.room.write('A film about tea in the mountains.');
  await house.room.until((s) => /Video ready/.test(s.message.text));
  await house.idle();
  console.log(transcript(house.room));
  console.log(house.logged.join('\n'));
  expect(house.nemo.violations).toEqual([]);
  await house.close();
});
