/** The house goes down while a video is exported: one order, one delivery. */
import { expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { first, rewrite, UNFINISHED } from './restarting.ts';
import { hear, open, runs, texts, times } from './support.ts';

test('exporting without an answer to the order: looked up, and ordered anew when it never arrived', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('render', { never: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render');
  const later = await next();
  await hear(later, /Video ready!/);
  await later.idle();
  expect(times(later, /Your video is ready/)).toBe(1);
  expect(times(later, /Video ready!/)).toBe(1);
  expect(runs(later)).toBe(1);
});

test('exporting, the order arrived but its answer did not: the same job', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('render', (request, world) => {
    world.renders.set(String((request.json as { id: string }).id), { polls: 0 });
    return { never: true };
  });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('render');
  const later = await next();
  await hear(later, /Video ready!/);
  await later.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 70: exporting with a render id: that job is looked at, and delivered in its thread', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
  await house.room.write('A film about tea.', { thread: 't7' });
  await house.nemo.arrival('render-state');
  const later = await next();
  house.nemo.renderPlan = [{ status: 'completed' }];
  const video = await hear(later, /Video ready!/);
  await later.idle();
  expect(video.thread).toContain('t7');
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 70: a watched render goes on being watched', async () => {
  const { house, next } = await first({ draft: sampleDraft, scale: 0.0005 });
  house.nemo.script(say('All set.'));
  house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
  await house.room.write('A film about tea.');
  await house.room.write('export');
  await hear(house, /taking longer than usual/);
  const later = await next();
  house.nemo.renderPlan = [{ status: 'completed' }];
  await hear(later, /Video ready!/);
  await later.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
  expect(times(later, /Video ready!/)).toBe(1);
});

test.each(['ready', 'delivered'])(
  'case 70: a watched render that was posted, but still marked "%s", is not posted again',
  async (phase) => {
    const path = await databaseFile();
    const house = await open({ path, draft: sampleDraft, scale: 0.0005 });
    house.nemo.script(say('All set.'));
    house.nemo.renderPlan = [{ status: 'processing', progress: 10 }];
    await house.room.write('A film about tea.');
    await house.room.write('export');
    await hear(house, /taking longer than usual/);
    house.nemo.renderPlan = [{ status: 'completed' }];
    await hear(house, /Video ready!/);
    await house.idle();
    await rewrite(
      house,
      path,
      `UPDATE turns SET phase = 'accepted', ${UNFINISHED.replace('ordered', 'immediate')}`,
      `UPDATE renders SET phase = '${phase}'`,
    );
    const later = await open({ path, nemo: house.nemo, room: house.room });
    await later.idle();
    expect(times(later, /Video ready!/)).toBe(1);
    expect(await later.ledger.renders(toThreadKey('web:w:c:t1'))).toMatchObject([
      { phase: 'delivered' },
    ]);
  },
);

test('ready: the finished file is fetched and delivered, once', async () => {
  const { house, next } = await first({ rules: { autoExport: 'first' } });
  house.nemo.once('file', { never: true });
  await house.room.write('A film about tea.');
  await house.nemo.arrival('file');
  const later = await next();
  const video = await hear(later, /Video ready!/);
  await later.idle();
  expect(video.file?.bytes).toBe(house.nemo.mp4.length);
  expect(times(later, /Video ready!/)).toBe(1);
  expect(house.nemo.received('render')).toHaveLength(1);
});

test.each(['ready', 'delivered'])(
  'delivered, but the crash came with the render still marked "%s": no second delivery',
  async (phase) => {
    const path = await databaseFile();
    const house = await open({ path, rules: { autoExport: 'first' } });
    await house.room.write('A film about tea.');
    await hear(house, /Video ready!/);
    await house.idle();
    await rewrite(
      house,
      path,
      `UPDATE turns SET phase = 'exporting', notes = json_set(notes, '$.export', json_object('is',
        'ordered', 'render', (SELECT id FROM renders), 'failed', 0, 'lost', 0)), ${UNFINISHED}`,
      `UPDATE renders SET phase = '${phase}'`,
    );
    const later = await open({
      path,
      nemo: house.nemo,
      room: house.room,
      rules: { autoExport: 'first' },
    });
    await later.idle();
    expect(times(later, /Video ready!/)).toBe(1);
    expect(house.nemo.received('render')).toHaveLength(1);
    expect(texts(later)).toContainEqual(expect.stringMatching(/^✅ Done/));
  },
);
