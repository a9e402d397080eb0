/** What waits in memory for the record: its order, its bounds, and what becomes of the rest. */
import { expect, test } from 'vitest';
import { createIntake, type IntakeBounds } from '../../../src/platforms/discord/intake.ts';
import { type Message, messageShape } from '../../../src/platforms/discord/payloads.ts';
import { type Clock, scaledClock } from '../../../src/runtime/clock.ts';
import { StoreUnavailable } from '../../../src/runtime/store-outage.ts';
import { recorder } from '../../doubles/house.ts';

const message = (id: number, channel = '1'): Message =>
  messageShape.parse({
    id: String(id),
    channel_id: channel,
    author: { id: '9', username: 'alice' },
    content: 'A film about tea.',
    attachments: [],
  });
/** Its pauses end with their signal alone. */
const endless: Clock = {
  ...scaledClock(1),
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

const SIZE = JSON.stringify(message(1)).length;

function setUp(most: Partial<IntakeBounds> = {}, clock: Clock = scaledClock(0.001)) {
  const logged: string[] = [];
  const taken: string[] = [];
  const looks: string[] = [];
  const tries: string[] = [];
  const store = { isAway: false };
  const intake = createIntake({
    async receive({ id }) {
      tries.push(id);
      await Promise.resolve();
      if (store.isAway) throw new StoreUnavailable('away');
      taken.push(id);
    },
    async lookFrom({ id }) {
      looks.push(id);
      if (store.isAway) throw new StoreUnavailable('away');
    },
    beginsThread: ({ channel_id: channel }) => channel === '0',
    clock,
    log: recorder(logged),
    most: { messages: 100, size: 1e6, looks: 10, ...most },
  });
  const settled = () => expect.poll(intake.waitingSince).toBeUndefined();
  return { intake, taken, looks, tries, store, logged, settled };
}

test('beyond the number that is kept the channel is read from there on, once', async () => {
  const { intake, taken, looks, store, settled } = setUp({ messages: 3 });
  store.isAway = true;
  for (let id = 1; id <= 8; id += 1) intake.take(message(id));
  store.isAway = false;
  await settled();
  expect(taken).toEqual(['1', '2', '3']);
  expect(looks).toEqual(['4']);
  intake.take(message(9));
  await settled();
  expect(taken.at(-1)).toBe('9');
});

test('beyond the bytes that are kept, too; another channel has room again when these are on record', async () => {
  const { intake, taken, looks, store, settled } = setUp({ size: 2 * SIZE });
  store.isAway = true;
  for (let id = 1; id <= 3; id += 1) intake.take(message(id));
  intake.take(message(4, '2'));
  store.isAway = false;
  await settled();
  expect(new Set(looks)).toEqual(new Set(['3', '4']));
  expect(taken).toEqual(['1', '2']);
});

test('where even the channels are too many, the mark of what was heard stays for the next start', async () => {
  const { intake, store, taken, looks, logged } = setUp({ messages: 1, looks: 1 });
  store.isAway = true;
  const before = Date.now();
  for (let id = 1; id <= 3; id += 1) intake.take(message(id, String(id)));
  store.isAway = false;
  await expect.poll(() => [taken, looks]).toEqual([['1'], ['2']]);
  await intake.end();
  expect(intake.waitingSince()).toBeGreaterThanOrEqual(before);
  expect(logged.join()).toMatch(/looked for at the next start/);
});

test('what waits in one channel holds up no other, nor what begins a thread of its own', async () => {
  const { intake, taken, store, settled } = setUp();
  store.isAway = true;
  intake.take(message(1));
  await Promise.resolve();
  store.isAway = false;
  intake.take(message(2, '2'));
  intake.take(message(3, '0'));
  intake.take(message(4, '0'));
  await settled();
  expect(taken).toEqual(['2', '3', '4', '1']);
});

test('a look holds back what comes from its channel meanwhile', async () => {
  const { intake, taken, settled } = setUp();
  const { promise, resolve } = Promise.withResolvers<void>();
  const looked = intake.hold('1', async () => {
    await promise;
    taken.push('look');
  });
  intake.take(message(1));
  intake.take(message(2, '2'));
  await expect.poll(() => taken).toEqual(['2']);
  resolve();
  await looked;
  await settled();
  expect(taken).toEqual(['2', 'look', '1']);
});

test('the end waits for no pause, tries each channel once more, and leaves the mark where it could not', async () => {
  const { intake, tries, taken, store } = setUp({}, endless);
  store.isAway = true;
  const before = Date.now();
  for (const id of [1, 2]) intake.take(message(id));
  await expect.poll(() => tries).toEqual(['1']);
  await intake.end();
  const since = intake.waitingSince();
  expect(since).toBeGreaterThanOrEqual(before);
  expect(tries).toEqual(['1', '1']);
  store.isAway = false;
  intake.take(message(3));
  expect(taken).toEqual([]);
});

test('a message that is itself the fault is given up, and keeps those behind it from nothing', async () => {
  const { intake, taken, logged, settled } = setUp();
  const broken = intake.hold('1', () => Promise.reject(new TypeError('broken')));
  intake.take(message(1));
  await broken;
  await settled();
  expect(taken).toEqual(['1']);
  expect(logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
});
