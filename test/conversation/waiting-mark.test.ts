/** The 🕓 of a message that waits, between processes: whoever begins its turn takes away what another one left. */
import { expect, test } from 'vitest';
import { createBestEffort } from '../../src/conversation/best-effort.ts';
import { readJob } from '../../src/conversation/job.ts';
import { createWaitingMarks } from '../../src/conversation/waiting-mark.ts';
import type { Turn } from '../../src/ledger/ledger.ts';
import { threadKey } from '../../src/platforms/chat.ts';
import { toMessageId } from '../../src/runtime/ids.ts';
import { recorder } from '../doubles/house.ts';
import { manualTimers } from '../doubles/manual-timers.ts';
import { open } from './scenarios/support.ts';

/** Two messages on record, of which the second waits, and what a process knows that has heard neither. */
async function waiting() {
  const house = await open({ start: false });
  const { room, ledger } = house;
  await room.write('A film about tea.');
  const messageId = toMessageId(await room.write('Add a title.'));
  await room.untilTrue(() => room.reactions.some(({ reaction }) => reaction === 'queued'));
  const ref = { platform: room.platform.name, workspace: 'w', channel: 'c', thread: 't1' };
  const key = threadKey(ref);
  const thread = room.platform.thread(ref);
  const [, turn] = await ledger.unfinished(key);
  if (!turn) throw new Error('nothing waits');
  const timers = manualTimers(0, turn.acceptedAt);
  const marks = createWaitingMarks({
    bestEffort: createBestEffort(recorder([]), timers),
    ledger,
    platforms: new Map([[room.platform.name, room.platform]]),
    timers,
  });
  const begin = async (it: Turn) => {
    marks.takeFrom(it, messageId, thread);
    await timers.rest();
  };
  const taken = () =>
    room.reactions.filter(({ reaction, on }) => reaction === 'queued' && !on).length;
  const { message } = readJob(turn.payload);
  return { ledger, key, thread, turn, message, timers, marks, begin, taken };
}

test('a turn that has waited takes its mark away: whoever ended the one before it may have died over that', async () => {
  const { turn, timers, begin, taken } = await waiting();
  timers.stall(60_000);
  await begin(turn);
  expect(taken()).toBe(1);
  // Parked and taken up again.
  await begin(turn);
  expect(taken()).toBe(1);
});

test('a turn that begins at once never had one', async () => {
  const { turn, timers, begin, taken } = await waiting();
  timers.stall(10);
  await begin(turn);
  expect(taken()).toBe(0);
});

test('what this process took away as the turn before it ended is not taken away twice', async () => {
  const { ledger, key, thread, turn, timers, marks, begin, taken } = await waiting();
  const claim = await ledger.claim('a worker', { lane: 'ordered', platforms: [turn.platform] });
  if (!claim) throw new Error('nothing to work on');
  await ledger.finish(claim, 'delivered');
  timers.stall(60_000);
  await marks.takeFromNext(key, thread);
  await begin(turn);
  expect(taken()).toBe(1);
});

test('one that was heard here, and did not wait, bears no mark, however late its turn begins', async () => {
  const { message, turn, timers, marks, begin, taken } = await waiting();
  marks.heard(message, { waits: false });
  timers.stall(60_000);
  await begin(turn);
  expect(taken()).toBe(0);
});

test('a message that waits a second time, for its repetition, has its mark taken away a second time', async () => {
  const { message, turn, timers, marks, begin, taken } = await waiting();
  timers.stall(60_000);
  await begin(turn);
  marks.heard(message, { waits: true });
  await timers.rest();
  await begin(turn);
  expect(taken()).toBe(2);
});
