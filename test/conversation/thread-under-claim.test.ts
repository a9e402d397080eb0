/** What a turn says in its thread while nobody can tell whether it is still this worker's. */
import { expect, test } from 'vitest';
import { threadUnderClaim } from '../../src/conversation/thread-under-claim.ts';
import { ClaimLost } from '../../src/ledger/ledger.ts';
import type { Delivery } from '../../src/platforms/chat.ts';
import { toTurnId } from '../../src/runtime/ids.ts';
import { createRoom } from '../doubles/room.ts';

const place = { platform: 'web', workspace: 'w', channel: 'c', thread: 't1' };
const key = 'turn:status';

function heard(confirm: () => Promise<boolean>) {
  const room = createRoom();
  const seen: (boolean | undefined)[] = [];
  const real = room.platform.thread(place);
  const told = {
    ...real,
    post: (message: Parameters<typeof real.post>[0], delivery: Delivery) => {
      seen.push(delivery.again);
      return real.post(message, delivery);
    },
  };
  return { room, seen, thread: threadUnderClaim(told, { confirm }) };
}

test('a post that a successor may have made is looked for first, and is there once', async () => {
  const { room, seen, thread } = heard(async () => false);
  const successor = room.platform.thread(place);
  const first = await successor.post({ text: 'On it.' }, { key });
  const second = await thread.post({ text: 'On it.' }, { key, again: false });
  expect(seen).toEqual([true]);
  expect(second).toEqual(first);
  expect(room.visible()).toHaveLength(1);
});

test('where the turn is ours nothing is looked for that nobody can have posted', async () => {
  const { seen, thread } = heard(async () => true);
  await thread.post({ text: 'On it.' }, { key, again: false });
  await thread.post({ text: 'On it.' }, { key, again: true });
  expect(seen).toEqual([false, true]);
});

test('where it is another worker’s, nothing is said', async () => {
  const { room, thread } = heard(() => Promise.reject(new ClaimLost(toTurnId('turn'))));
  await expect(thread.post({ text: 'On it.' }, { key })).rejects.toThrow(ClaimLost);
  expect(room.visible()).toEqual([]);
});
