/** The bot goes on with what the version before left in each phase. */
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { toSessionId } from '../../../src/runtime/ids.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { open, runs, story } from './support.ts';

const OLD = fileURLToPath(new URL('../../ledger/fixtures/version-2.db', import.meta.url));

const SESSIONS = [
  'preparing',
  'sending',
  'streaming',
  'recovering',
  'answered',
  'exporting',
  'submitting',
  'delivered',
  'failed',
  'stopped',
];

test('a turn of every phase is taken up where it was, and ends', async () => {
  const path = await databaseFile();
  await copyFile(OLD, path);
  const nemo = await startNemoDouble();
  for (const name of SESSIONS) {
    const made = nemo.addSession();
    const sessionId = `session-${name}`;
    const draft = name === 'preparing' ? made.draft : sampleDraft;
    nemo.sessions.set(sessionId, { ...made, sessionId: toSessionId(sessionId), draft });
  }
  for (const name of ['exporting', 'submitting', 'watched']) {
    nemo.renders.set(`render_1_${name}`, { polls: 0 });
  }
  const house = await open({ path, nemo, scale: 0.01 });
  await house.idle();
  const told = (name: string) => story(house, `old-${name}`);
  expect(told('accepted')).toContain('Your video is ready');
  expect(told('preparing')).toContain('Your video is ready');
  for (const name of ['sending', 'streaming', 'recovering']) {
    expect(told(name), name).toMatch(/but the work got done:[\s\S]*Title: "Urban Dreams"/);
  }
  expect(told('streaming')).toContain('Your video is ready');
  expect(told('answered')).toContain('The answer that was on record.');
  for (const name of ['exporting', 'submitting']) {
    expect(told(name), name).toContain('Video ready!');
  }
  // Its render was ordered in another year: looks are counted, not years, and the backend still has it.
  expect(told('delivered')).toContain('✅ Video ready!');
  expect(told('delivered')).not.toContain('did not finish');
  expect(told('exporting')).not.toContain('Said already.');
  expect([told('failed'), told('stopped')]).toEqual(['', '']);
  // The two that had not been sent, and the message that waited.
  expect(runs(house)).toBe(3);
  expect(house.nemo.received('render')).toHaveLength(0);
  expect(house.logged.join('\n')).not.toContain('put down');
  await house.nemo.close();
});
