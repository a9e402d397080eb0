import { expect, test } from 'vitest';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { House } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say, toolCall } from '../../doubles/nemo/steps.ts';
import { withMusic } from './drafts.ts';
import { hear, open, runs, story, times, toldAgent } from './support.ts';

const dropped = [toolCall('edit_multitrack', 'e'), { drop: true }] as const;

/** From the nth look on (the first is the baseline) the state is this. */
function changesAtLook(house: House, nth: number, draft: unknown): void {
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    if (looks === nth) for (const session of world.sessions.values()) session.draft = draft;
    return undefined;
  });
}

function losesSessionAfterBaseline(house: House): void {
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    if (looks === 2) world.sessions.clear();
    return undefined;
  });
}

test('case 20: nothing but heartbeats for ten minutes is a timeout: told, looked after, never sent again', async () => {
  const house = await open({ scale: 0.0005, draft: withMusic });
  const beats = Array.from({ length: 40 }, () => [
    { heartbeat: true } as const,
    { wait: 10 },
  ]).flat();
  house.nemo.script(...beats, { hang: true });
  await house.room.write('Add a title.');
  await hear(house, /worked on this for very long without finishing/);
  await house.idle();
  expect(house.room.everSeen().join()).toContain('looking at what got done');
  expect(runs(house)).toBe(1);
});

test('case 21: a stream that talks for fifteen minutes without an end is left for good', async () => {
  const house = await open({ scale: 0.0005, draft: withMusic });
  const talk = Array.from({ length: 80 }, () => [
    toolCall('edit_multitrack', 'e'),
    { wait: 10 },
  ]).flat();
  house.nemo.script(...talk, { hang: true });
  await house.room.write('Add a title.');
  await hear(house, /worked on this for very long without finishing/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('case 22: a stream lost in mid-work, changed at the second look: one run, and the change is told', async () => {
  const house = await open({ draft: withMusic });
  changesAtLook(house, 3, sampleDraft);
  house.nemo.script(...dropped);
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toMatch(
    /connection was lost for a while, but the work got done[\s\S]*Title added: "Urban Dreams"/,
  );
  expect(runs(house)).toBe(1);
});

test('case 23: unchanged at five looks: a failure with a way to retry; "retry" makes exactly one new run', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(...dropped);
  await house.room.write('Add a title.');
  const answer = await hear(house, /nothing has changed since/);
  await house.idle();
  expect(answer.message.buttons?.[0]?.does).toMatchObject({ action: 'retry' });
  // The baseline and five looks.
  expect(house.nemo.received('state')).toHaveLength(6);
  expect(runs(house)).toBe(1);
  house.nemo.script({ draft: sampleDraft }, say('The title is in.'));
  await house.room.write('retry');
  await hear(house, /The title is in/);
  await house.idle();
  expect(runs(house)).toBe(2);
  expect(toldAgent(house, 2)).toBe(toldAgent(house, 1));
});

test('case 24: looks that fail are not taken for "unchanged": told once, and it goes on by itself', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  let away = true;
  house.nemo.on('state', () => {
    looks += 1;
    return looks === 1 || !away ? undefined : { status: 503, text: '<html>busy</html>' };
  });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { draft: sampleDraft }, { drop: true });
  await house.room.write('Add a title.');
  await hear(house, /not answering[\s\S]*by myself when NemoVideo is back/);
  // Taken up again and again, and put down again.
  const told = looks;
  while (looks < told + 20) await new Promise((resolve) => setImmediate(resolve));
  expect(await house.ledger.unfinished(toThreadKey('web:w:c:t1'))).toMatchObject([
    { phase: 'recovering' },
  ]);
  away = false;
  await hear(house, /Title added: "Urban Dreams"/);
  await house.idle();
  expect(story(house)).not.toContain('nothing has changed');
  expect(times(house, /not answering/)).toBe(1);
  expect(times(house, /Title added/)).toBe(1);
  expect(runs(house)).toBe(1);
});

test('while the backend stays away after a lost stream, its person can still stop', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  house.nemo.on('state', () => {
    looks += 1;
    return looks === 1 ? undefined : { status: 503, text: '' };
  });
  house.nemo.script(...dropped);
  await house.room.write('Add a title.');
  await hear(house, /by myself when NemoVideo is back/);
  await house.room.write('stop');
  await hear(house, /^Stopped/);
  await house.idle();
  expect(runs(house)).toBe(1);
});

test('case 24: a state that comes back during recovery is used', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    for (const session of world.sessions.values()) if (looks > 1) session.draft = sampleDraft;
    return looks > 1 && looks < 8 ? { status: 503, text: '' } : undefined;
  });
  house.nemo.script(...dropped);
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('Title added: "Urban Dreams"');
});

test.each([502, 503, 504])(
  'case 25: a %i before the first byte may hide a run: looked after, not sent again',
  async (status) => {
    const house = await open({ draft: withMusic });
    changesAtLook(house, 3, sampleDraft);
    house.nemo.once('run_sse', { status, text: '<html>Bad Gateway</html>' });
    await house.room.write('Add a title.');
    await house.idle();
    expect(story(house)).toContain('Title added: "Urban Dreams"');
    expect(runs(house)).toBe(1);
  },
);

test('the session lost during recovery is told; the message is never sent to another one', async () => {
  const house = await open({ draft: withMusic });
  losesSessionAfterBaseline(house);
  house.nemo.script(...dropped);
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('no longer available');
  expect(runs(house)).toBe(1);
});

test('the session lost right after a complete answer: the answer stands, the message is not sent again', async () => {
  const house = await open({ draft: withMusic });
  losesSessionAfterBaseline(house);
  house.nemo.script(say('The title is in.'));
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('The title is in.');
  expect(runs(house)).toBe(1);
});

test('the agent’s words reach the person when the state cannot be read after them', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  house.nemo.on('state', () => {
    looks += 1;
    return looks === 1 ? undefined : { status: 503, text: '' };
  });
  house.nemo.script({ draft: sampleDraft }, say('The title is in.'));
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('The title is in.');
  expect(runs(house)).toBe(1);
});

test('case 98: a message during recovery waits, and is sent when recovery is over', async () => {
  const house = await open({ draft: withMusic });
  changesAtLook(house, 4, sampleDraft);
  house.nemo.script(...dropped);
  house.nemo.script(say('Louder now.'));
  await house.room.write('Add a title.');
  await house.room.untilTrue(() =>
    house.room.everSeen().join().includes('looking at what got done'),
  );
  const second = await house.room.write('And louder music.');
  expect(runs(house)).toBe(1);
  await house.idle();
  expect(house.room.reactions).toContainEqual({ messageId: second, reaction: 'queued', on: true });
  const all = story(house);
  expect(all.indexOf('Title added')).toBeGreaterThan(-1);
  expect(all.indexOf('Louder now.')).toBeGreaterThan(all.indexOf('Title added'));
});
