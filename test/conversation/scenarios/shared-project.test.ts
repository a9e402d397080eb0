/** The project of a thread belongs to its ordered turns, of which one runs at a time: a watcher beside them writes none of it. */
import { expect, test } from 'vitest';
import { openProjects } from '../../../src/conversation/project.ts';
import { openRecord } from '../../../src/conversation/turn-record.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { withMusic } from './drafts.ts';
import { renders } from './exporting.ts';
import { edit, gate, hear, open } from './support.ts';

test('a video that its watcher delivers while the next message is worked on changes nothing of the project', async () => {
  const house = await open({ rules: { autoExport: 'first' }, scale: 0.0005 });
  house.nemo.renderPlan = [{ status: 'processing', progress: 50 }];
  house.nemo.script({ draft: sampleDraft }, say('All set.'));
  await house.room.write('A film about tea.');
  await hear(house, /taking longer than usual/);
  const project = async () => (await house.ledger.thread(toThreadKey('web:w:c:t1')))?.project;
  const heard = gate();
  house.nemo.script({ heartbeat: true }, { until: heard.opened }, ...edit(withMusic, 'Done.'));
  await house.room.write('Remove the title.');
  await house.nemo.arrival('run_sse', 2);
  const before = await project();
  house.nemo.renderPlan = [{ status: 'completed' }];
  await hear(house, /Video ready!/);
  const [render] = await house.ledger.renders(toThreadKey('web:w:c:t1'));
  while (render && (await house.ledger.render(render.id))?.phase !== 'delivered')
    await new Promise((resolve) => setImmediate(resolve));
  expect(await project()).toBe(before);
  heard.open();
  await house.idle();
  // It was the first one all the same: the second is not exported unasked.
  expect(renders(house)).toHaveLength(1);
});

test('a turn beside the ordered ones can’t write the project', async () => {
  const house = await open({ start: false });
  await house.room.write('A film about tea.');
  await house.room.write('status');
  const owner = 'w';
  const first = await house.ledger.claim(owner, { platforms: ['web'], lane: 'ordered' });
  const second = await house.ledger.claim(owner, { platforms: ['web'], lane: 'immediate' });
  const projects = openProjects(house.ledger);
  const value = { language: 'en', videos: 0, media: [] };
  expect([first?.turn.lane, second?.turn.lane]).toEqual(['ordered', 'immediate']);
  if (!first || !second) return;
  await openRecord(house.ledger, first, undefined).put({ project: value });
  const beside = openRecord(house.ledger, second, value);
  await expect(beside.put({ project: { ...value, language: 'zh' } })).rejects.toThrow(/ordered/);
  expect(beside.project).toEqual(value);
  expect(
    await projects.of({ platform: 'web', workspace: 'w', channel: 'c', thread: 't1' }),
  ).toEqual(value);
});
