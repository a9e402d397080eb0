/** A watching turn and an export that want one render: one of them has it, and posts it. */
import { expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { ready, renders } from './exporting.ts';
import { gate, hear, times } from './support.ts';

const processing = { json: { success: true, data: { status: 'processing', progress: 50 } } };

/** A watcher whose look is on its way, until it is let go. */
async function watcherLooking() {
  const house = await ready({ scale: 0.0005 });
  const look = gate();
  let isOver = false;
  void look.opened.then(() => {
    isOver = true;
  });
  let held = 0;
  let isLate = false;
  const completed = (filesUrl: string) => ({
    json: { success: true, data: { status: 'completed', outputUrl: `${filesUrl}/late.mp4` } },
  });
  house.nemo.on('render-state', async (_request, world) => {
    if (!isLate) return processing;
    held += 1;
    if (held > 1) return isOver ? completed(world.filesUrl) : processing;
    await look.opened;
    return completed(world.filesUrl);
  });
  await house.room.write('export');
  await hear(house, /taking longer than usual/);
  isLate = true;
  while (held === 0) await new Promise((resolve) => setImmediate(resolve));
  return { house, look };
}

const videos = (house: House) => house.room.visible().filter((said) => said.file);

test('the export takes it while the watcher looks: the look that comes back delivers nothing', async () => {
  const { house, look } = await watcherLooking();
  await house.room.write('export');
  const owner = async () => (await house.ledger.renders(toThreadKey('web:w:c:t1')))[0]?.turn;
  const watcher = await owner();
  while ((await owner()) === watcher) await new Promise((resolve) => setImmediate(resolve));
  look.open();
  await hear(house, /Video ready!/);
  await house.idle();
  expect(renders(house)).toHaveLength(1);
  expect(videos(house)).toHaveLength(1);
  expect(times(house, /Video ready!/)).toBe(1);
});
