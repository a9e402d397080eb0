/** Many messages and many people: nobody waits behind one person's queue, and nothing grows without end. */
import { expect, test } from 'vitest';
import type { House } from '../../doubles/house.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { alice, bob } from '../../doubles/room.ts';
import { gate, hear, open, runs, story } from './support.ts';

/** So many runs of the agent that do not end before the gate is open. */
function hold(house: House, count: number): () => void {
  const held = gate();
  for (let n = 1; n <= count; n += 1)
    house.nemo.script({ heartbeat: true }, { until: held.opened }, say(`Film ${n} is done.`));
  return held.open;
}

test('with every place taken by one person, "help" and "stop" take effect at once', async () => {
  const house = await open({ maxRunningTurns: 4 });
  const letGo = hold(house, 24);
  for (let n = 1; n <= 24; n += 1) await house.room.write(`Film ${n}`, { thread: `a${n}` });
  await house.nemo.arrival('run_sse', 4);
  await house.room.write('help', { thread: 'b', by: bob });
  await hear(house, /Try saying/);
  await house.room.write('status', { thread: 'a9' });
  await house.room.write('stop', { thread: 'a1' });
  await house.room.until(
    (said) => said.thread.endsWith(':a1') && /stays charged/.test(said.message.text),
  );
  expect(story(house)).not.toContain('is done');
  letGo();
  await house.idle();
});

test('with every place taken by one person, the next one is another’s', async () => {
  const house = await open({ maxRunningTurns: 4 });
  const first = gate();
  const others = gate();
  house.nemo.script({ heartbeat: true }, { until: first.opened }, say('The first is done.'));
  for (let n = 2; n <= 30; n += 1)
    house.nemo.script({ heartbeat: true }, { until: others.opened }, say('Another is done.'));
  for (let n = 1; n <= 24; n += 1) await house.room.write(`Film ${n}`, { thread: `a${n}` });
  await house.nemo.arrival('run_sse', 4);
  await house.room.write('A film of mine', { thread: 'b', by: bob });
  expect(house.room.visible('b')).toEqual([]);
  const waiting = house.room.said.length;
  first.open();
  // Whatever is begun after the first is done, is Bob's.
  await house.room.until((said) => said.thread.endsWith(':b'));
  const begunThreads = house.room.said.slice(waiting).map((said) => said.thread);
  const fresh = begunThreads.filter((thread) => !/:a[1-4]$/.test(thread));
  expect(fresh[0]).toMatch(/:b$/);
  others.open();
  await house.idle();
  expect(runs(house)).toBe(25);
});

test('a burst of messages never has more turns at work than there are places', async () => {
  const house = await open({ maxRunningTurns: 2 });
  const letGo = hold(house, 5);
  await Promise.all([1, 2, 3, 4, 5].map((n) => house.room.write(`Film ${n}`, { thread: `a${n}` })));
  await house.nemo.arrival('run_sse', 2);
  expect(house.conversation.running()).toBe(2);
  // A slow machine brings the notices of these two, besides.
  expect(new Set(house.room.said.map((said) => said.thread)).size).toBe(2);
  letGo();
  await house.idle();
  expect(runs(house)).toBe(5);
});

test('one message too many in a thread is refused privately, and what was taken is done', async () => {
  const house = await open({ rules: { maxQueued: 3 } });
  const letGo = hold(house, 6);
  await house.room.write('Film 1', { key: 'one' });
  await house.nemo.arrival('run_sse');
  for (const n of [2, 3, 4]) await house.room.write(`Film ${n}`, { key: `taken ${n}` });
  await house.room.write('Film 5', { by: bob, calls: 'us', key: 'too many' });
  const told = await house.room.until((said) => said.privateTo === bob.id);
  expect(told.message.text).toBe(
    '3 messages are waiting in this thread already, so I have not taken yours. Please send it again when some of them are done.',
  );
  await house.room.write('把标题放大一点', { key: 'zu viel' });
  const chinese = await house.room.until((said) => said.privateTo === alice.id);
  expect(chinese.message.text).toMatch(/已经有 3 条消息在排队/);
  // The same messages delivered again: nobody is refused for them, nor is a refused one taken later.
  await house.room.write('Film 4', { key: 'taken 4' });
  await house.room.write('Film 5', { by: bob, calls: 'us', key: 'too many' });
  await house.room.write('status');
  await hear(house, /3 messages are waiting/);
  letGo();
  await house.idle();
  await house.room.write('Film 5', { by: bob, calls: 'us', key: 'too many' });
  await house.idle();
  expect(runs(house)).toBe(4);
  expect(house.room.said.filter((said) => said.privateTo)).toHaveLength(2);
});

test('a button or a command that the thread has no room for answers in the same words', async () => {
  const house = await open({ rules: { maxQueued: 1 } });
  const letGo = hold(house, 2);
  await house.room.write('Film 1');
  await house.nemo.arrival('run_sse');
  await house.room.write('Film 2');
  const full = /^One message is waiting in this thread already/;
  expect(await house.room.press('export')).toEqual([expect.stringMatching(full)]);
  expect(await house.room.press('prompt', { value: 'A film' })).toEqual([
    expect.stringMatching(full),
  ]);
  expect(await house.room.command('export', { thread: 't1' })).toEqual([
    expect.stringMatching(full),
  ]);
  letGo();
  await house.idle();
  expect(runs(house)).toBe(2);
});

test('of a flood of messages that are refused, their person reads a few times, not every time', async () => {
  const house = await open({ rules: { maxQueued: 2 } });
  const letGo = hold(house, 3);
  await house.room.write('Film 1');
  await house.nemo.arrival('run_sse');
  const posted = gate();
  house.room.privately = () => posted.opened;
  await Promise.all(Array.from({ length: 200 }, (_, n) => house.room.write(`And ${n}`)));
  posted.open();
  letGo();
  await house.idle();
  expect(runs(house)).toBe(3);
  expect(house.room.said.filter((said) => said.privateTo).length).toBeLessThanOrEqual(2);
});
