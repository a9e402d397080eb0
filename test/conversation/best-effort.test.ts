import { expect, test } from 'vitest';
import { createBestEffort } from '../../src/conversation/best-effort.ts';
import { ChatError } from '../../src/platforms/chat.ts';
import { toThreadKey } from '../../src/runtime/ids.ts';
import { manualTimers } from '../doubles/manual-timers.ts';

const logged: string[] = [];
const note = (level: string) => (message: string) => void logged.push(`${level} ${message}`);
const log = {
  debug: note('debug'),
  info: note('info'),
  warn: note('warn'),
  error: note('error'),
  always: note('info'),
};
const busy = (retryAfterMs: number) =>
  new ChatError('unreachable', 'the platform is busy', { retryAfterMs });

/** A call whose end is in the test's hand, and which counts how often it was made. */
function call(...outcomes: (Error | 'open')[]) {
  const made = { count: 0, end: () => {} };
  const make = () => {
    const outcome = outcomes[made.count];
    made.count += 1;
    if (outcome instanceof Error) return Promise.reject(outcome);
    if (outcome === undefined) return Promise.resolve();
    return new Promise<void>((resolve) => {
      made.end = resolve;
    });
  };
  return Object.assign(made, { make });
}

test('one call is under way per thread; of those that wait about a subject the newest is made', async () => {
  const effort = createBestEffort(log);
  const [first, old, newest, elsewhere] = [call('open'), call(), call(), call()];
  effort.run(toThreadKey('a'), 'seen', first.make);
  effort.run(toThreadKey('a'), 'queued', old.make);
  effort.run(toThreadKey('a'), 'queued', newest.make);
  effort.run(toThreadKey('b'), 'queued', elsewhere.make);
  expect([first.count, old.count, newest.count, elsewhere.count]).toEqual([1, 0, 0, 1]);
  first.end();
  await effort.close(1_000);
  expect([first.count, old.count, newest.count]).toEqual([1, 0, 1]);
});

test('a call has two tries', async () => {
  const effort = createBestEffort(log);
  const twice = call(busy(1), busy(1), busy(1));
  effort.run(toThreadKey('a'), 'seen', twice.make);
  await effort.close(60_000);
  expect(twice.count).toBe(2);
});

test.each([
  ['refused for good', new ChatError('gone', 'no such place')],
  ['to be taken only after minutes', busy(600_000)],
])('a call %s has one', async (_why, error) => {
  const effort = createBestEffort(log);
  const once = call(error);
  effort.run(toThreadKey('a'), 'seen', once.make);
  await effort.close(60_000);
  expect(once.count).toBe(1);
});

test('the second try waits as long as the platform asks for', async () => {
  const timers = manualTimers();
  const effort = createBestEffort(log, timers);
  const twice = call(busy(4_000));
  effort.run(toThreadKey('a'), 'seen', twice.make);
  await timers.rest();
  await timers.advance(3_999);
  expect(twice.count).toBe(1);
  await timers.advance(1);
  expect(twice.count).toBe(2);
  await effort.close(1_000);
});

test('a second try gives way to a newer call about the same subject', async () => {
  const effort = createBestEffort(log);
  const [older, newer] = [call(busy(1)), call()];
  effort.run(toThreadKey('a'), 'queued', older.make);
  effort.run(toThreadKey('a'), 'queued', newer.make);
  await effort.close(60_000);
  expect([older.count, newer.count]).toEqual([1, 1]);
});

test('few are under way at once, and the oldest of too many are dropped', async () => {
  const effort = createBestEffort(log);
  const all = Array.from({ length: 1_200 }, () => call('open'));
  for (const [n, each] of all.entries()) effort.run(toThreadKey(`thread ${n}`), 'seen', each.make);
  const made = () => all.filter(({ count }) => count > 0);
  expect(made()).toHaveLength(16);
  for (let before = 0; made().length > before; ) {
    before = made().length;
    for (const each of made()) each.end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(made()).toHaveLength(1_016);
  expect(all.slice(16, 200).filter(({ count }) => count > 0)).toEqual([]);
});

test('a shutdown does not wait for what hangs, and makes no further call', async () => {
  const effort = createBestEffort(log);
  const [hanging, waiting, late] = [call('open'), call(), call()];
  effort.run(toThreadKey('a'), 'seen', hanging.make);
  effort.run(toThreadKey('a'), 'queued', waiting.make);
  await effort.close(1);
  effort.run(toThreadKey('b'), 'seen', late.make);
  hanging.end();
  await new Promise((resolve) => setImmediate(resolve));
  expect([waiting.count, late.count]).toEqual([0, 0]);
});

test('a fault of ours is an error in the log, a refusal is not', async () => {
  const effort = createBestEffort(log);
  effort.run(toThreadKey('a'), 'seen', call(busy(600_000)).make);
  await effort.close(1_000);
  expect(logged.filter((line) => line.startsWith('error'))).toEqual([]);
  const other = createBestEffort(log);
  other.run(toThreadKey('a'), 'seen', call(new TypeError('x is not a function')).make);
  await other.close(1_000);
  expect(logged.at(-1)).toBe('error a call that nobody waits for failed');
});
